using System.Linq.Expressions;
using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Feeds.Formats;
using HeadlessCms.Api.Feeds.Pages;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Feeds.Stories;

/// <summary><c>/feeds/articles/{article}.{ninjs,jsonld}</c>: one article, for other systems and for pages of the site.</summary>
internal static class StoryEndpoints
{
    public static void Map(RouteGroupBuilder feeds)
    {
        var articles = feeds.MapGroup("/articles").WithTags("Articles");
        articles
            .MapRead("/{article}.ninjs", ReadNinjs, "feedArticleAsNinjs")
            .WithMetadata(StandardFormat.Ninjs)
            .WithSummary("Returns an article as ninjs 3.1.")
            .WithDescription("Returns 308 for a former slug, and 410 with the reason for a withdrawn article.");
        articles
            .MapRead("/{article}.jsonld", ReadJsonLd, "feedArticleAsJsonLd")
            .WithMetadata(StandardFormat.JsonLd)
            .WithSummary("Returns an article as JSON-LD for search engines (schema.org NewsArticle).")
            .WithDescription(
                "It can be put unchanged into a `script` element of type `application/ld+json`: nothing in it can end the element."
            );
    }

    private static Task<Results<StoryResult, MovedResult, WithdrawnProblem, NotFoundProblem>> ReadNinjs(
        string article,
        LiveDbContext live,
        Site site,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        FindAsync(
            article,
            context.Syndicated(live.Articles, live),
            live,
            site,
            context,
            story => Task.FromResult(new StoryResult(StandardFormat.Ninjs, JsonText.Standalone, json =>
                    {
                        NinjsItem.Write(json, story);
                        NinjsItem.WriteStandard(json);
                    })),
            cancellation
        );

    private static Task<Results<StoryResult, MovedResult, WithdrawnProblem, NotFoundProblem>> ReadJsonLd(
        string article,
        LiveDbContext live,
        Site site,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        FindAsync(
            article,
            context.OnPages(live),
            live,
            site,
            context,
            async story =>
            {
                var sameAs = await SameAsAsync(live, story, cancellation);
                return new StoryResult(StandardFormat.JsonLd, JsonText.Embedded, json => NewsArticleJson.Write(json, story, site, sameAs));
            },
            cancellation
        );

    private static async Task<Results<StoryResult, MovedResult, WithdrawnProblem, NotFoundProblem>> FindAsync(
        string article,
        IQueryable<LiveArticle> articles,
        LiveDbContext live,
        Site site,
        HttpContext context,
        Func<FeedStory, Task<StoryResult>> answer,
        CancellationToken cancellation
    )
    {
        Expression<Func<LiveArticle, bool>> isRequested = Guid.TryParseExact(article, "D", out var id)
            ? row => row.Id == id
            : row => row.Slug == article;
        if (await articles.Where(isRequested).Select(FeedStory.WholeOf(site.Url)).SingleOrDefaultAsync(cancellation) is { } story)
        {
            context.CacheContext().AddSingleArticle(story).IsDated = true;
            return await answer(context.Scoped(story.ReadBy(context)));
        }

        return await AbsentArticle.AnswerAsync<StoryResult>(
            live,
            articles,
            context.Scoped(live.Tombstones, live),
            article,
            slug => FeedPage.Moved(context, slug),
            cancellation
        );
    }

    private static async Task<ILookup<Guid, string>> SameAsAsync(LiveDbContext live, FeedStory story, CancellationToken cancellation)
    {
        Guid[] ids = [.. story.Authors.Select(author => author.Id), .. story.Mentions.Items.Select(mention => mention.Item.Id)];
        if (ids.Length == 0)
            return Array.Empty<string>().ToLookup(_ => Guid.Empty);
        var concepts = await live
            .Concepts.Where(concept => ids.Contains(concept.Id))
            .Select(concept => new { concept.Id, concept.SameAs })
            .ToListAsync(cancellation);
        return concepts
            .SelectMany(concept => concept.SameAs, (concept, url) => (concept.Id, Url: url))
            .ToLookup(pair => pair.Id, pair => pair.Url);
    }
}
