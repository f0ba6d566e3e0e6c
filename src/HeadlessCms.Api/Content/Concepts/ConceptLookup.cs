using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Concepts;

/// <summary>
/// Finds a visible concept by its id, by a current or former slug, or by the id or slug of a concept that was merged into it.
/// </summary>
internal static class ConceptLookup
{
    public static IQueryable<TConcept> Named<TConcept>(this LiveDbContext live, ConceptPath path)
        where TConcept : LiveConcept =>
        Guid.TryParseExact(path.Named, "D", out var id)
            ? live
                .Concepts.OfType<TConcept>()
                .Where(concept => concept.Id == id || live.ConceptMerges.Any(merge => merge.Id == id && merge.MergedIntoId == concept.Id))
            : live
                .Concepts.OfType<TConcept>()
                .Where(concept =>
                    live.ConceptSlugs.Any(slug => slug.Kind == path.Kind && slug.Slug == path.Named && slug.ConceptId == concept.Id)
                );

    /// <summary>Whether the path uses the current slug or id.</summary>
    public static bool IsCurrent(this ConceptPath path, string slug, Guid id) =>
        path.Named == slug || Guid.TryParseExact(path.Named, "D", out var parsed) && parsed == id;
}
