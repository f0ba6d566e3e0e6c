using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Counts the articles of a list by facet; one statement counts all requested facets.</summary>
internal static class FacetCounts
{
    private const int Most = 20;
    private const int MaxLanguages = 200;

    /// <summary>Null if no facet is requested; <paramref name="filter"/> decides which mentions count.</summary>
    public static async Task<ArticleFacets?> OfAsync(
        IQueryable<LiveArticle> rows,
        string[]? sent,
        ArticleListQuery filter,
        LiveDbContext live,
        CacheContext cache,
        CancellationToken cancellation
    )
    {
        string[] requested = [.. ListAttribute.ValuesOf(sent ?? []).Distinct()];
        if (requested.Length == 0)
            return null;
        cache.AddTags(CacheTags.Concepts);
        var rule = AppearanceRule.Of(filter);
        var counts = await requested
            .Select(facet =>
                facet == FacetsAttribute.Language
                    ? Written(rows)
                    : Named(rows, facet, ConceptKindNames.All.Single(kind => kind.Plural == facet).Kind, rule, live)
            )
            .Aggregate((all, more) => all.Concat(more))
            .OrderByDescending(counted => counted.Count)
            .ThenBy(counted => EF.Functions.Collate(counted.Name, NameOrder.Collation))
            .ThenBy(counted => counted.Id)
            .ToListAsync(cancellation);
        return new ArticleFacets
        {
            Concepts = new(kind =>
                Of(kind.Plural)?.Select(counted => new ConceptCount(counted.Id, counted.Slug, counted.Name, counted.Count))
            ),
            Language = Of(FacetsAttribute.Language) is { } languages ? InRanges(languages) : null,
        };

        IEnumerable<Counted>? Of(string facet) => requested.Contains(facet) ? counts.Where(counted => counted.Facet == facet) : null;
    }

    // As the filter counts: en takes in en-GB.
    private static List<LanguageCount> InRanges(IEnumerable<Counted> languages) =>
        [
            .. languages
                .SelectMany(counted => LanguageTag.RangesOf(counted.Name).Select(range => (range, counted.Count)))
                .Where(counted => LanguageTag.IsValid(counted.range))
                .GroupBy(counted => counted.range)
                .Select(ranges => new LanguageCount(ranges.Key, ranges.Sum(counted => counted.Count)))
                .OrderByDescending(counted => counted.Count)
                .ThenBy(counted => counted.Value, StringComparer.Ordinal)
                .Take(Most),
        ];

    private static IQueryable<Counted> Named(
        IQueryable<LiveArticle> rows,
        string facet,
        ConceptKind kind,
        AppearanceRule rule,
        LiveDbContext live
    ) =>
        rows.Join(
                live.Appearances.Where(appears => appears.Kind == AppearanceKind.Subject).Where(rule.Counts<LiveAppearance>()),
                row => row.PublicationId,
                appears => appears.PublicationId,
                (_, appears) => appears.ConceptId
            )
            .Join(
                live.Concepts.Where(concept => concept.Kind == kind),
                id => id,
                concept => concept.Id,
                (_, concept) =>
                    new
                    {
                        concept.Id,
                        concept.Slug,
                        concept.Name,
                    }
            )
            .GroupBy(concept => concept)
            .Select(articles => new Counted
            {
                Facet = facet,
                Id = articles.Key.Id,
                Slug = articles.Key.Slug,
                Name = articles.Key.Name,
                Count = articles.Count(),
            })
            .OrderByDescending(counted => counted.Count)
            .ThenBy(counted => EF.Functions.Collate(counted.Name, NameOrder.Collation))
            .ThenBy(counted => counted.Id)
            .Take(Most);

    private static IQueryable<Counted> Written(IQueryable<LiveArticle> rows)
    {
        var (none, language) = (Guid.Empty, FacetsAttribute.Language); // parameters, because PostgreSQL needs typed values in a union
        return rows.GroupBy(row => row.Language)
            .Select(articles => new Counted
            {
                Facet = language,
                Id = none,
                Slug = articles.Key,
                Name = articles.Key,
                Count = articles.Count(),
            })
            .OrderByDescending(counted => counted.Count)
            .ThenBy(counted => EF.Functions.Collate(counted.Name, NameOrder.Collation))
            .Take(MaxLanguages);
    }

    private sealed class Counted
    {
        public string Facet { get; init; } = "";

        public Guid Id { get; init; }

        public string Slug { get; init; } = "";

        public string Name { get; init; } = "";

        public int Count { get; init; }
    }
}
