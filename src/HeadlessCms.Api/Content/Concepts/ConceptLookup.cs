using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Concepts;

/// <summary>
/// Finds a visible concept by its id, by a current or former slug, or by the id or slug of a concept that was merged into it.
/// </summary>
internal static class ConceptLookup
{
    public static IQueryable<LiveConcept> Named(this LiveDbContext live, ConceptPath path)
    {
        var concepts = live.Concepts.Where(concept => concept.Kind == path.Kind);
        return Guid.TryParseExact(path.IdOrSlug, "D", out var id)
            ? concepts.Where(concept =>
                concept.Id == id || live.ConceptMerges.Any(merge => merge.Id == id && merge.MergedIntoId == concept.Id)
            )
            : concepts.Where(concept =>
                live.ConceptSlugs.Any(slug => slug.Kind == path.Kind && slug.Slug == path.IdOrSlug && slug.ConceptId == concept.Id)
            );
    }

    /// <summary>Whether the path uses the current slug or id.</summary>
    public static bool IsCurrent(this ConceptPath path, string slug, Guid id) =>
        path.IdOrSlug == slug || Guid.TryParseExact(path.IdOrSlug, "D", out var named) && named == id;
}
