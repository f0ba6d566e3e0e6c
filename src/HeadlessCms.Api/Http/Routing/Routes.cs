using System.Reflection;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Core.Access;
using Microsoft.AspNetCore.Http.Metadata;

namespace HeadlessCms.Api.Http.Routing;

internal static class Routes
{
    /// <summary>
    /// Builds the endpoints of the app once. A group rebuilds its endpoints each time they are read, and both authorization and routing
    /// read them, which takes a fifth of the startup time.
    /// </summary>
    public static void SettleRoutes(this IEndpointRouteBuilder app)
    {
        var dataSource = new DefaultEndpointDataSource(app.DataSources.SelectMany(source => source.Endpoints).ToList());
        app.DataSources.Clear();
        app.DataSources.Add(dataSource);
    }

    /// <summary>Maps GET and HEAD.</summary>
    public static RouteHandlerBuilder MapRead(this IEndpointRouteBuilder routes, string pattern, Delegate handler, string name) =>
        routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], handler).WithName(name);

    public static RouteHandlerBuilder For(this RouteHandlerBuilder route, Role role) => route.RequireAuthorization(Policies.Of(role));

    public static RouteHandlerBuilder NeedsIfMatch(this RouteHandlerBuilder route) => route.WithMetadata(new RequiresIfMatch());

    /// <summary>Every route of the group that takes a JSON body takes it as a form too.</summary>
    public static RouteGroupBuilder WithForms(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            if (AcceptsForm.Of(endpoint.Metadata.OfType<IAcceptsMetadata>().LastOrDefault()) is { } form)
                endpoint.Metadata.Add(form);
        });
        return group;
    }

    /// <summary>Validates the input of every route in the group before its handler runs.</summary>
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
