using HeadlessCms.Api.Platform.Input;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Which live articles a query asks for. A concept that readers may not see is as one that is not there.</summary>
internal static class ArticleFilter
{
    public static IQueryable<LiveArticle> Apply(LiveDbContext live, ArticleListQuery query)
    {
        IQueryable<LiveArticle> rows = live.Articles;
        Relation? relation = query.Relation is { } named ? EnumNames.Parse<Relation>(named) : null;
        foreach (var (kind, parameter) in new[] { (ConceptKind.Person, query.Person), (ConceptKind.Place, query.Place), (ConceptKind.Topic, query.Topic) })
            foreach (var alternatives in parameter ?? [])
                rows = Naming(rows, live, Concepts(live, kind, alternatives, query.Descendants != false), relation);
        foreach (var alternatives in query.Author ?? [])
        {
            var ids = Concepts(live, ConceptKind.Person, alternatives, descendants: false);
            rows = rows.Where(row => live.Authorships.Any(by => by.ArticleId == row.Id && ids.Contains(by.PersonId)));
        }

        if (query.Language is { } language) rows = rows.Where(row => row.Language == language);
        if (query.Genre is { } genre) rows = rows.Where(row => row.Genre == genre);
        if (query.Source is { } source) rows = rows.Where(row => row.DatelineSource == source);
        if (query.PublishedAfter is { } after) rows = rows.Where(row => row.PublishedAt > after);
        if (query.PublishedBefore is { } before) rows = rows.Where(row => row.PublishedAt < before);
        return rows;
    }

    public static IQueryable<LiveArticle> Naming(IQueryable<LiveArticle> rows, LiveDbContext live, IQueryable<Guid> concepts, Relation? relation) =>
        relation is { } only
            ? rows.Where(row => live.Mentions.Any(mention => mention.ArticleId == row.Id && mention.Relation == only && concepts.Contains(mention.ConceptId)))
            : rows.Where(row => live.Mentions.Any(mention => mention.ArticleId == row.Id && concepts.Contains(mention.ConceptId)));

    private static IQueryable<Guid> Concepts(LiveDbContext live, ConceptKind kind, string alternatives, bool descendants)
    {
        var names = alternatives.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var ids = names.Select(name => Guid.TryParseExact(name, "D", out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).ToArray();
        var roots = live.ConceptSlugs.Where(slug => slug.Kind == kind && (names.Contains(slug.Slug) || ids.Contains(slug.ConceptId))).Select(slug => slug.ConceptId)
            .Concat(live.ConceptMerges.Where(merge => ids.Contains(merge.Id)).Select(merge => merge.MergedIntoId));
        return descendants ? live.ConceptTree.Where(link => roots.Contains(link.AncestorId)).Select(link => link.ConceptId) : roots;
    }
}
