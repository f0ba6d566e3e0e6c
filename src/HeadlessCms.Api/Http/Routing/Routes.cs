using System.Reflection;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Core.Access;

namespace HeadlessCms.Api.Http.Routing;

/// <summary>The words that the route tables are written in.</summary>
internal static class Routes
{
    /// <summary>
    /// Builds the endpoints of the whole app, once. A group builds its own anew for whoever asks, and authorization and routing both do: a fifth of
    /// a start.
    /// </summary>
    public static void SettleRoutes(this IEndpointRouteBuilder app)
    {
        var settled = new DefaultEndpointDataSource(app.DataSources.SelectMany(source => source.Endpoints).ToList());
        app.DataSources.Clear();
        app.DataSources.Add(settled);
    }

    /// <summary>GET, and HEAD with it.</summary>
    public static RouteHandlerBuilder MapRead(this IEndpointRouteBuilder routes, string pattern, Delegate handler, string name) =>
        routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], handler).WithName(name);

    public static RouteHandlerBuilder For(this RouteHandlerBuilder route, Role role) => route.RequireAuthorization(Policies.Of(role));

    public static RouteHandlerBuilder NeedsIfMatch(this RouteHandlerBuilder route) => route.WithMetadata(new RequiresIfMatch());

    /// <summary>What holds for every route below: input is checked before a handler runs.</summary>
    public static RouteGroupBuilder WithInputRules(this RouteGroupBuilder group)
    {
        group.AddEndpointFilterFactory(Validation.Filter);
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<MethodInfo>().FirstOrDefault() is { } handler)
                endpoint.Metadata.Add(
                    QueryRules.Of(handler, endpoint.Metadata.OfType<GroupQuery>(), endpoint.Metadata.OfType<RequiredQuery>())
                );
            endpoint.Metadata.Add(RouteOrder.Next());
        });
        return group;
    }
}
