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

/// <summary><c>/feeds/people/{person}.{rss,atom,json,ninjs}</c>, the same for places and topics: the stories that name a concept.</summary>
internal static class ConceptFeedEndpoints
{
    public static void Map(RouteGroupBuilder feeds, ConceptKindNames names)
    {
        var concepts = feeds.MapGroup($"/{names.Plural}").WithTags(names.PluralTitle).WithMetadata(names);
        foreach (var type in FeedFormat.All)
        {
            concepts
                .MapRead($"/{{{names.Singular}}}.{type.Extension}", Read, $"feed{names.SingularTitle}As{type.Title}")
                .WithMetadata(type)
                .WithSummary($"Returns the newest articles that name {names.Indefinite}, as {type.Name}.")
                .WithDescription(
                    "A place includes the places within it, a topic its narrower topics. A former slug returns 308. "
                        + $"{FeedPage.AboutPages(type)}"
                );
        }
    }

    private static async Task<Results<FeedResult, MovedResult, NotFoundProblem>> Read(
        ConceptPath path,
        [AsParameters] FeedQuery page,
        [AsParameters] ArticleListQuery filter,
        LiveDbContext live,
        Site site,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var shows = FeedPage.ShowsTombstones(page, context);
        var withdrawn = context.Scoped(live.RecentTombstones, live);
        var concept = await context
            .Scoped(live.Named(path), live)
            .Select(row => new
            {
                row.Id,
                row.Slug,
                row.Name,
                row.Description,
                Tombstones = withdrawn
                    .Where(tombstone =>
                        shows
                        && live.TombstoneConcepts.Any(mention => mention.ArticleId == tombstone.ArticleId && mention.ConceptId == row.Id)
                    )
                    .OrderByDescending(tombstone => tombstone.WithdrawnAt)
                    .ToList(),
            })
            .SingleOrDefaultAsync(cancellation);
        if (concept is null)
            return new NotFoundProblem();
        if (!path.IsCurrent(concept.Slug, concept.Id))
            return FeedPage.Moved(context, concept.Slug);

        context.CacheContext().ListsNaming(ConceptKindNames.Of(path.Kind), concept.Id);
        var names = context.GetEndpoint()!.Metadata.GetRequiredMetadata<ConceptKindNames>();
        var head = FeedHead.Of(
            context.Request,
            site,
            concept.Id.ToString(),
            $"{site.Name}: {concept.Name}",
            concept.Description,
            Address.Ascii($"/{names.Plural}/{concept.Slug}")
        );
        return await FeedPage.OfAsync(
            context.Scoped(ArticleFilter.Apply(live, filter, concept.Id), live),
            page,
            head with
            {
                Tombstones = concept.Tombstones,
            },
            context,
            cancellation,
            filter.Q is null ? null : live
        );
    }
}
