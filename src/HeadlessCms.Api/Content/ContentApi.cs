using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Content.Changes;
using HeadlessCms.Api.Content.Concepts;
using HeadlessCms.Api.Content.Search;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Limits;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Previews;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HeadlessCms.Api.Content;

/// <summary>The Content API for frontends: <c>/content/v1</c>. It can read only what is live.</summary>
internal static class ContentApi
{
    /// <summary>The path of the API.</summary>
    public const string Path = "/content/v1";

    public static void AddContent(this WebApplicationBuilder builder, CmsOptions options)
    {
        builder
            .Services.AddSingleton<WholeArticles>()
            .AddSingleton<KeptArticles>()
            .AddSingleton<ListedArticles>()
            .AddSingleton<SearchQueries>()
            .AddSingleton<WordForms>();
        builder.Services.AddSingleton<ChangeBroadcast>();
        if (options.BackgroundWork)
            builder.Services.AddHostedService(services => services.GetRequiredService<ChangeBroadcast>());
    }

    /// <summary>Runs the most frequent query once, so that the first request does not wait for EF Core to compile it.</summary>
    public static async Task WarmUpContentAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var (live, site) = (scope.ServiceProvider.GetRequiredService<LiveDbContext>(), app.Services.GetRequiredService<Site>());
        try
        {
            await live
                .Articles.Sorted(null)
                .TakePlanned(PageQuery.DefaultLimit + 1)
                .Select(ArticleFields.Items(site.Url, null))
                .ToListAsync(app.Lifetime.ApplicationStopping);
        }
        catch (Exception away)
            when (away is NpgsqlException { IsTransient: true } or { InnerException: NpgsqlException { IsTransient: true } })
        {
            // Editors work although readers cannot be served; a request of a reader says 503.
        }
    }

    public static void MapContent(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Path)
            .WithGroupName("content")
            .WithInputRules()
            .RequireAuthorization(Policies.Reading)
            .RequireRateLimiting(ConcurrencyLimits.Readers)
            .RetriesReads();
        var content = api.MapGroup("").CacheResponses().ShowsPreviews();
        content.MapArticles();
        content.MapSearch();
        foreach (var names in ConceptKindNames.All)
            typeof(ConceptEndpoints<,>)
                .MakeGenericType(LiveConcept.Types[names.Kind], OfKindAttribute.TypeOf(typeof(ConceptResponse), names))
                .GetMethod(nameof(ConceptEndpoints<,>.Map))!
                .CreateDelegate<Action<RouteGroupBuilder, ConceptKindNames>>()(content, names);
        api.MapChanges();
    }
}
