using System.Linq.Expressions;
using HeadlessCms.Api.Content;
using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Feeds.Formats;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Feeds.Stories;

/// <summary><c>/feeds/articles/{article}.{ninjs,jsonld}</c>: one story, for another system or for a page of the site.</summary>
internal static class StoryEndpoints
{
    public static void Map(RouteGroupBuilder feeds)
    {
        var articles = feeds.MapGroup("/articles").WithTags("Articles");
        articles
            .MapRead("/{article}.ninjs", ReadNinjs, "feedArticleAsNinjs")
            .WithMetadata(StandardFormat.Ninjs)
            .WithSummary("One story as ninjs 3.1.")
            .WithDescription("A slug that the article had before is answered with 308; what was withdrawn, with 410 and the reason.");
        articles
            .MapRead("/{article}.jsonld", ReadJsonLd, "feedArticleAsJsonLd")
            .WithMetadata(StandardFormat.JsonLd)
            .WithSummary("One story as structured data for search engines.")
            .WithDescription(
                "Put it as it is into a `script` element of type `application/ld+json`: it holds nothing that could end the element."
            );
    }

    private static Task<Results<StoryResult, MovedResult, WithdrawnProblem, NotFoundProblem>> ReadNinjs(
        string article,
        LiveDbContext live,
        Site site,
        HttpContext context,
        CancellationToken cancellation
    ) => FindAsync(article, live, site, context, story => new StoryResult(StandardFormat.Ninjs, JsonText.Alone, json =>
            {
                NinjsItem.Write(json, story);
                NinjsItem.WriteStandard(json);
            }), cancellation);

    private static Task<Results<StoryResult, MovedResult, WithdrawnProblem, NotFoundProblem>> ReadJsonLd(
        string article,
        LiveDbContext live,
        Site site,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        FindAsync(
            article,
            live,
            site,
            context,
            story => new StoryResult(StandardFormat.JsonLd, JsonText.Embedded, json => NewsArticleJson.Write(json, story, site)),
            cancellation
        );

    private static async Task<Results<StoryResult, MovedResult, WithdrawnProblem, NotFoundProblem>> FindAsync(
        string article,
        LiveDbContext live,
        Site site,
        HttpContext context,
        Func<FeedStory, StoryResult> answer,
        CancellationToken cancellation
    )
    {
        Expression<Func<LiveArticle, bool>> named = Guid.TryParseExact(article, "D", out var id)
            ? row => row.Id == id
            : row => row.Slug == article;
        if (
            await context.Scoped(live.Articles.Where(named), live).Select(FeedStory.WholeOf(site.Url)).SingleOrDefaultAsync(cancellation) is
            { } story
        )
        {
            context.CacheContext().TellsAlone(story);
            return answer(story);
        }

        return await AbsentArticle.AnswerAsync<StoryResult>(live, article, slug => FeedPage.Moved(context, slug), cancellation);
    }
}
