using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Content.Concepts;
using HeadlessCms.Api.Feeds.Pages;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Feeds;

/// <summary>
/// <c>/feeds/people/{person}.{rss,atom,json,ninjs}</c>, the same for places and topics: the stories that name a concept; and
/// <c>/feeds/authors/{person}.…</c>: the stories that a person wrote.
/// </summary>
internal static class ConceptFeedEndpoints
{
    /// <summary>The folder of the feeds of what people wrote.</summary>
    public const string Authors = "authors";

    public static void Map(RouteGroupBuilder feeds, ConceptKindNames names)
    {
        var concepts = feeds.MapGroup($"/{names.Plural}").WithTags(names.PluralTitle).WithMetadata(names);
        foreach (var type in FeedFormat.All)
        {
            concepts
                .MapRead($"/{{{names.Singular}}}.{type.Extension}", ReadSubject, $"feed{names.SingularTitle}As{type.Title}")
                .WithMetadata(type)
                .WithSummary($"Returns the newest articles that name {names.Indefinite}, as {type.Name}.")
                .WithDescription(
                    "A place includes the places within it, a topic its narrower topics. A former slug returns 308. "
                        + $"{FeedPage.AboutPages(type)}"
                );
        }
    }

    public static void MapAuthors(RouteGroupBuilder feeds)
    {
        var names = ConceptKindNames.People;
        var authors = feeds.MapGroup($"/{Authors}").WithTags(names.PluralTitle).WithMetadata(names);
        foreach (var type in FeedFormat.All)
        {
            authors
                .MapRead($"/{{{names.Singular}}}.{type.Extension}", ReadAuthor, $"feedAuthorAs{type.Title}")
                .WithMetadata(type)
                .WithSummary($"Returns the newest articles that a person wrote, as {type.Name}.")
                .WithDescription($"A former slug returns 308. {FeedPage.AboutPages(type)}");
        }
    }

    private static Task<Results<FeedResult, MovedResult, NotFoundProblem>> ReadSubject(
        ConceptPath path,
        [AsParameters] FeedQuery page,
        [AsParameters] ArticleListQuery filter,
        LiveDbContext live,
        Site site,
        HttpContext context
    ) => ReadAsync(AppearanceKind.Subject, path, page, filter, live, site, context);

    private static Task<Results<FeedResult, MovedResult, NotFoundProblem>> ReadAuthor(
        ConceptPath path,
        [AsParameters] FeedQuery page,
        [AsParameters] ArticleListQuery filter,
        LiveDbContext live,
        Site site,
        HttpContext context
    ) => ReadAsync(AppearanceKind.Author, path, page, filter, live, site, context);

    private static async Task<Results<FeedResult, MovedResult, NotFoundProblem>> ReadAsync(
        AppearanceKind kind,
        ConceptPath path,
        FeedQuery page,
        ArticleListQuery filter,
        LiveDbContext live,
        Site site,
        HttpContext context
    )
    {
        var concept = await context
            .Scoped(live.Named(path), live)
            .Select(row => new
            {
                row.Id,
                row.Slug,
                row.Name,
                row.Description,
                row.Image,
            })
            .SingleOrDefaultAsync(context.RequestAborted);
        if (concept is null)
            return new NotFoundProblem();
        if (!path.IsCurrent(concept.Slug, concept.Id))
            return FeedPage.Moved(context, concept.Slug);

        context.CacheContext().ListsNaming(ConceptKindNames.Of(path.Kind), concept.Id);
        var names = context.GetEndpoint()!.Metadata.GetRequiredMetadata<ConceptKindNames>();
        var head = FeedHead.Of(
            context.Request,
            site,
            kind == AppearanceKind.Author ? $"{Authors}/{concept.Id}" : concept.Id.ToString(),
            $"{site.Name}: {concept.Name}",
            concept.Description,
            Address.Ascii($"/{names.Plural}/{concept.Slug}"),
            concept.Image
        );
        return await FeedPage.OfAsync(
            live,
            context.Syndicated(ArticleFilter.Apply(live, filter, concept.Id, kind), live),
            context.Scoped(live.Tombstones, live).Naming(live, concept.Id, kind),
            page,
            head,
            context,
            filter.Q is not null
        );
    }
}
