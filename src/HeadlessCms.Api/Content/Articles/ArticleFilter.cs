using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Which live articles a query asks for. A concept that readers may not see is as one that is not there.</summary>
internal static class ArticleFilter
{
    /// <param name="live">What is live.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="named">A concept that the articles must name besides, or what lies below it.</param>
    public static IQueryable<LiveArticle> Apply(LiveDbContext live, ArticleListQuery query, Guid? named = null)
    {
        var rows = ApplyToAllWords(live, query, named);
        if (query.Q is not { } words)
            return rows;
        var matches = live.Matches(words, query.Language);
        return rows.Where(row => matches.Any(match => match.PublicationId == row.PublicationId));
    }

    /// <summary>The live texts that the query's words find, in what the rest of it asks for.</summary>
    public static IQueryable<LiveMatch> Matches(LiveDbContext live, ArticleListQuery query) =>
        Among(live, query, live.Matches(query.Q!, query.Language));

    /// <summary>
    /// The same by their age, the youngest first: what is searched is looked through from the newest on, and most pages need no more than
    /// it.
    /// </summary>
    /// <param name="live">What is live.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="until">Where the page begins; null is at the newest story.</param>
    public static IEnumerable<IQueryable<LiveMatch>> MatchesByAge(LiveDbContext live, ArticleListQuery query, DateTimeOffset? until)
    {
        var (words, language) = (query.Q!, query.Language);
        return
        [
            Among(live, query, live.NewestMatches(words, language, until)),
            Among(live, query, live.NewerMatches(words, language, until)),
            Among(live, query, live.OlderMatches(words, language, until)),
        ];
    }

    /// <summary>
    /// The first of <paramref name="ordered"/>, chosen before any is read whole: what words find lies in no order, and to read all of it
    /// would be to read far more than a page shows.
    /// </summary>
    public static IQueryable<LiveArticle> First(LiveDbContext live, IQueryable<LiveArticle> ordered, int count)
    {
        var first = ordered.Take(count).Select(row => row.PublicationId);
        return live.Articles.Where(row => first.Contains(row.PublicationId));
    }

    private static IQueryable<LiveMatch> Among(LiveDbContext live, ArticleListQuery query, IQueryable<LiveMatch> matches)
    {
        if (query.AsksForWordsAlone)
            return matches;
        var rows = ApplyToAllWords(live, query, null);
        return matches.Where(match => rows.Any(row => row.PublicationId == match.PublicationId));
    }

    private static IQueryable<LiveArticle> ApplyToAllWords(LiveDbContext live, ArticleListQuery query, Guid? named)
    {
        var rows = Naming(live, query, named);
        if (RequestedArticles.Of(query) is { } articles)
            rows = articles.Among(rows, live);
        if (query.Language is { } language)
            rows = rows.Where(row => row.Language == language);
        if (query.Genre is { } genre)
            rows = rows.Where(row => row.Genre == genre);
        if (query.Source is { } source)
            rows = rows.Where(row => row.DatelineSource == source);
        if (query.PublishedAfter is { } after)
            rows = rows.Where(row => row.PublishedAt > after);
        if (query.PublishedBefore is { } before)
            rows = rows.Where(row => row.PublishedAt < before);
        return rows;
    }

    /// <summary>The live articles that name a concept or what lies below it, in the order in which it appears in them.</summary>
    public static IQueryable<LiveArticle> Naming(LiveDbContext live, Guid concept) =>
        live.NamedArticles.Where(row =>
            EF.Property<Guid>(row, nameof(LiveAppearance.ConceptId)) == concept
            && EF.Property<AppearanceKind>(row, nameof(LiveAppearance.Kind)) == AppearanceKind.Named
        );

    // One concept leads: the articles are read from where it appears, newest first. The others are looked up for each article.
    private static IQueryable<LiveArticle> Naming(LiveDbContext live, ArticleListQuery query, Guid? named)
    {
        var asked = query.Concepts.ToList();
        if (named is { } known)
            return LookedUp(live, Naming(live, known), asked);
        if ((asked.Find(concepts => concepts.Names.Length == 1) ?? asked.FirstOrDefault()) is not { } leading)
            return live.Articles;
        return LookedUp(live, Leading(live, leading), asked.Where(concepts => concepts != leading));
    }

    // Any() would be a join, for which PostgreSQL gathers all articles of a concept to read one page; a value is looked up for each row.
    private static IQueryable<LiveArticle> LookedUp(
        LiveDbContext live,
        IQueryable<LiveArticle> rows,
        IEnumerable<RequestedConcepts> asked
    ) =>
        asked
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

    // Of several that may lead together each article is to come once: whether to begin at them or at the newest article is PostgreSQL's to know.
    private static IQueryable<LiveArticle> Leading(LiveDbContext live, RequestedConcepts asked)
    {
        var appearance = asked.Appearance;
        if (asked.Names.Length != 1)
        {
            var appearances = Appearances(live, asked);
            return live.Articles.Where(row =>
                appearances.Any(appears =>
                    appears.PublishedAt == row.PublishedAt && appears.ArticleId == row.Id && appears.PublicationId == row.PublicationId
                )
            );
        }

        var one = One(live, asked.Kind.Kind, asked.Names[0]);
        return live
            .NamedArticles.Where(row =>
                EF.Property<Guid>(row, nameof(LiveAppearance.ConceptId)) == one.OrderBy(id => id).FirstOrDefault()
                && EF.Property<AppearanceKind>(row, nameof(LiveAppearance.Kind)) == appearance
            )
            .Where(asked.Rule.Counts<LiveArticle>());
    }

    private static IQueryable<LiveAppearance> Appearances(LiveDbContext live, RequestedConcepts asked)
    {
        var appearances = live.Appearances.Where(appears => appears.Kind == asked.Appearance).Where(asked.Rule.Counts<LiveAppearance>());
        if (asked.Names.Length == 1)
        {
            var one = One(live, asked.Kind.Kind, asked.Names[0]);
            return appearances.Where(appears => appears.ConceptId == one.OrderBy(id => id).FirstOrDefault());
        }

        var any = Any(live, asked.Kind.Kind, asked.Names);
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
