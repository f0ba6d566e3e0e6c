using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Content.Changes;
using HeadlessCms.Api.Content.Concepts;
using HeadlessCms.Api.Content.Search;
using HeadlessCms.Api.Platform;
using HeadlessCms.Api.Platform.Access;
using HeadlessCms.Api.Platform.Caching;
using HeadlessCms.Api.Platform.Concepts;
using HeadlessCms.Api.Platform.Paging;
using HeadlessCms.Api.Platform.Previews;
using HeadlessCms.Api.Platform.Traffic;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content;

/// <summary>The door of the frontends: <c>/content/v1</c>. It reads what is live, and can read nothing else.</summary>
internal static class ContentDoor
{
    public static void AddContent(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<WholeArticles>().AddSingleton<SearchQueries>().AddSingleton<WordForms>();

    /// <summary>Reads what readers ask for first, so that the first of them does not wait while EF Core learns how.</summary>
    public static async Task WarmUpContentAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var (live, site) = (scope.ServiceProvider.GetRequiredService<LiveDbContext>(), app.Services.GetRequiredService<Site>());
        await live
            .Articles.Sorted(null)
            .TakePlanned(PageQuery.DefaultLimit + 1)
            .Select(ArticleFields.Items(site.Url, null))
            .ToListAsync(app.Lifetime.ApplicationStopping);
    }

    public static void MapContent(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("/content/v1")
            .WithGroupName("content")
            .WithInputRules()
            .RequireAuthorization(Policies.Reading)
            .RequireRateLimiting(Crowds.Readers);
        var content = door.MapGroup("").KeptByCaches().ShowsPreviews();
        content.MapArticles();
        content.MapSearch();
        ConceptEndpoints<LivePerson, PersonResponse>.Map(content, KindWords.People);
        ConceptEndpoints<LivePlace, PlaceResponse>.Map(content, KindWords.Places);
        ConceptEndpoints<LiveTopic, TopicResponse>.Map(content, KindWords.Topics);
        door.MapChanges();
    }
}
