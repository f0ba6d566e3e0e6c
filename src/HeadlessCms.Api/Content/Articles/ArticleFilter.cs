using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Applies the filters of a query to live articles. A concept that readers may not see matches nothing.</summary>
internal static class ArticleFilter
{
    /// <summary>
    /// The live articles that match <paramref name="query"/> and name <paramref name="concept"/>, if given, or a descendant of it; or
    /// that it wrote.
    /// </summary>
    public static IQueryable<LiveArticle> Apply(
        LiveDbContext live,
        ArticleListQuery query,
        Guid? concept = null,
        AppearanceKind kind = AppearanceKind.Subject
    )
    {
        var rows = ApplyToAllWords(live, query, concept, kind);
        if (query.Q is not { } words)
            return rows;
        var matches = live.Matches(words, query.OneLanguage);
        return rows.Where(row => matches.Any(match => match.PublicationId == row.PublicationId));
    }

    /// <summary>The live texts that match the words and the other filters of the query.</summary>
    public static IQueryable<LiveMatch> Matches(LiveDbContext live, ArticleListQuery query) =>
        Among(live, query, live.Matches(query.Q!, query.OneLanguage));

    /// <summary>The newest <paramref name="count"/> of them, or of those after <paramref name="after"/>; in no order.</summary>
    public static IQueryable<LiveMatch> NewestMatches(
        LiveDbContext live,
        ArticleListQuery query,
        (DateTimeOffset PublishedAt, Guid Id)? after,
        int count
    )
    {
        if (query.HasOnlySearchWords)
            return live.NewestMatches(query.Q!, query.OneLanguage, after?.PublishedAt, after?.Id, count);
        var matches = Matches(live, query);
        if (after is var (at, id))
            matches = matches.Where(match => match.PublishedAt < at || match.PublishedAt == at && match.ArticleId.CompareTo(id) < 0);
        return matches.OrderByDescending(match => match.PublishedAt).ThenByDescending(match => match.ArticleId).Take(count);
    }

    /// <summary>
    /// The first rows of <paramref name="ordered"/>, chosen by key before whole rows are read: text matches are not stored in order, and
    /// reading them all would cost far more than a page.
    /// </summary>
    public static IQueryable<LiveArticle> First(LiveDbContext live, IQueryable<LiveArticle> ordered, int count)
    {
        var first = ordered.Take(count).Select(row => row.PublicationId);
        return live.Articles.Where(row => first.Contains(row.PublicationId));
    }

    private static IQueryable<LiveArticle> WereAt(LiveDbContext live, IQueryable<LiveArticle> rows, string url)
    {
        var (host, path) = FormerUrl.Parts(url) ?? (null, ""); // no article was at an empty path
        var known = live.FormerUrls.Where(former => former.Path == path && (host == null || former.Host == host));
        return rows.Where(row => known.Select(former => former.ArticleId).Contains(row.Id));
    }

    private static IQueryable<LiveMatch> Among(LiveDbContext live, ArticleListQuery query, IQueryable<LiveMatch> matches)
    {
        if (query.HasOnlySearchWords)
            return matches;
        var rows = ApplyToAllWords(live, query, null);
        return matches.Where(match => rows.Any(row => row.PublicationId == match.PublicationId));
    }

    private static IQueryable<LiveArticle> ApplyToAllWords(
        LiveDbContext live,
        ArticleListQuery query,
        Guid? concept,
        AppearanceKind kind = AppearanceKind.Subject
    )
    {
        var rows = Naming(live, query, concept, kind);
        if (RequestedArticles.Of(query) is { } articles)
            rows = articles.Among(rows, live);
        if (LanguageChain.Of(query.Language) is { } languages)
            rows = rows.In(languages, live);
        if (query.Genre is { } genre)
            rows = rows.Where(row => row.Genre == genre);
        if (query.Source is { } source)
            rows = rows.Where(row => row.DatelineSource == source);
        if (query.FormerUrl is { } url)
            rows = WereAt(live, rows, url);
        if (query.PublishedAfter is { } after)
            rows = rows.Where(row => row.PublishedAt > after);
        if (query.PublishedBefore is { } before)
            rows = rows.Where(row => row.PublishedAt < before);
        return rows;
    }

    /// <summary>
    /// The live articles that name a concept or a descendant of it, or that a person wrote, read from its appearances.
    /// </summary>
    public static IQueryable<LiveArticle> Naming(LiveDbContext live, Guid concept, AppearanceKind kind = AppearanceKind.Subject) =>
        live.NamedArticles.Where(row =>
            EF.Property<Guid>(row, nameof(LiveAppearance.ConceptId)) == concept
            && EF.Property<AppearanceKind>(row, nameof(LiveAppearance.Kind)) == kind
        );

    // One leading concept supplies the articles, newest first; the other concepts are checked for each article.
    private static IQueryable<LiveArticle> Naming(LiveDbContext live, ArticleListQuery query, Guid? concept, AppearanceKind kind)
    {
        var requested = query.Concepts.ToList();
        if (concept is { } id)
            return LookedUp(live, Naming(live, id, kind), requested);
        if ((requested.Find(concepts => concepts.Names.Length == 1) ?? requested.FirstOrDefault()) is not { } leading)
            return live.Articles;
        return LookedUp(live, Leading(live, leading), requested.Where(concepts => concepts != leading));
    }

    // Any() becomes a join, for which PostgreSQL collects all articles of a concept to read one page; a scalar subquery runs per row.
    private static IQueryable<LiveArticle> LookedUp(
        LiveDbContext live,
        IQueryable<LiveArticle> rows,
        IEnumerable<RequestedConcepts> requested
    ) =>
        requested
            .Select(concepts => Appearances(live, concepts))
            .Aggregate(rows, (found, appearances) =>
                found.Where(row =>
                    appearances
                        .Where(appears =>
                            appears.PublishedAt == row.PublishedAt
                            && appears.ArticleId == row.Id
                            && appears.PublicationId == row.PublicationId
                        )
                        .Select(appears => (Guid?)appears.ArticleId)
                        .FirstOrDefault() != null
                )
            );

    // OR over concepts would duplicate rows, so use EXISTS: PostgreSQL chooses whether to start from the concepts or the newest article.
    private static IQueryable<LiveArticle> Leading(LiveDbContext live, RequestedConcepts requested)
    {
        var appearance = requested.Appearance;
        if (requested.Names.Length != 1)
        {
            var appearances = Appearances(live, requested);
            return live.Articles.Where(row =>
                appearances.Any(appears =>
                    appears.PublishedAt == row.PublishedAt && appears.ArticleId == row.Id && appears.PublicationId == row.PublicationId
                )
            );
        }

        var one = One(live, requested.Kind.Kind, requested.Names[0]);
        return live
            .NamedArticles.Where(row =>
                EF.Property<Guid>(row, nameof(LiveAppearance.ConceptId)) == one.OrderBy(id => id).FirstOrDefault()
                && EF.Property<AppearanceKind>(row, nameof(LiveAppearance.Kind)) == appearance
            )
            .Where(requested.Rule.Counts<LiveArticle>());
    }

    private static IQueryable<LiveAppearance> Appearances(LiveDbContext live, RequestedConcepts requested)
    {
        var appearances = live
            .Appearances.Where(appears => appears.Kind == requested.Appearance)
            .Where(requested.Rule.Counts<LiveAppearance>());
        if (requested.Names.Length == 1)
        {
            var one = One(live, requested.Kind.Kind, requested.Names[0]);
            return appearances.Where(appears => appears.ConceptId == one.OrderBy(id => id).FirstOrDefault());
        }

        var any = Any(live, requested.Kind.Kind, requested.Names);
        return appearances.Where(appears => any.Contains(appears.ConceptId));
    }

    private static IQueryable<Guid> One(LiveDbContext live, ConceptKind kind, string name) =>
        Guid.TryParseExact(name, "D", out var id)
            ? live
                .Concepts.Where(concept => concept.Kind == kind && concept.Id == id)
                .Select(concept => concept.Id)
                .Concat(live.ConceptMerges.Where(merge => merge.Id == id).Select(merge => merge.MergedIntoId))
            : live.ConceptSlugs.Where(slug => slug.Kind == kind && slug.Slug == name).Select(slug => slug.ConceptId);

    private static IQueryable<Guid> Any(LiveDbContext live, ConceptKind kind, string[] names)
    {
        var ids = names.Select(name => Guid.TryParseExact(name, "D", out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).ToArray();
        return live
            .ConceptSlugs.Where(slug => slug.Kind == kind && (names.Contains(slug.Slug) || ids.Contains(slug.ConceptId)))
            .Select(slug => slug.ConceptId)
            .Concat(live.ConceptMerges.Where(merge => ids.Contains(merge.Id)).Select(merge => merge.MergedIntoId));
    }
}
