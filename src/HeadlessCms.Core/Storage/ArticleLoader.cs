using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Core.Storage;

/// <summary>Finds and loads articles and concepts for commands.</summary>
public static class ArticleLoader
{
    /// <summary>The id of an article by its id or slug; none or one.</summary>
    public static IQueryable<Guid> ArticleIds(this NewsroomDbContext db, string idOrSlug)
    {
        ArgumentNullException.ThrowIfNull(db);
        return Guid.TryParseExact(idOrSlug, "D", out var id)
            ? db.Articles.Where(article => article.Id == id).Select(article => article.Id)
            : db.ArticleSlugs.Where(slug => slug.Slug == idOrSlug).Select(slug => slug.ArticleId);
    }

    /// <summary>The id of a concept by its id or slug; none or one.</summary>
    public static IQueryable<Guid> ConceptIds(this NewsroomDbContext db, ConceptKind kind, string idOrSlug)
    {
        ArgumentNullException.ThrowIfNull(db);
        return Guid.TryParseExact(idOrSlug, "D", out var id)
            ? db.Concepts.Where(concept => concept.Kind == kind && concept.Id == id).Select(concept => concept.MergedIntoId ?? concept.Id)
            : db.ConceptSlugs.Where(slug => slug.Kind == kind && slug.Slug == idOrSlug).Select(slug => slug.ConceptId);
    }

    /// <summary>An article with its working copy, to be saved.</summary>
    public static async Task<Article?> ArticleToSaveAsync(this NewsroomDbContext db, string idOrSlug, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var ids = db.ArticleIds(idOrSlug);
        var article = await db.Articles.SingleOrDefaultAsync(article => ids.Contains(article.Id), cancellation);
        if (article is not null)
            await db.LoadRevisionAsync(article, article.RevisionNumber, cancellation);
        return article;
    }

    /// <summary>Articles with their working copies, locked until the transaction ends.</summary>
    /// <param name="db">The newsroom.</param>
    /// <param name="ids">The articles.</param>
    /// <param name="withPublications">Whether publications and current withdrawals are loaded too.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<Article>> ArticlesToSaveAsync(
        this NewsroomDbContext db,
        Guid[] ids,
        bool withPublications,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        if (ids.Length == 0)
            return [];
        var found = await db.LockedArticles(ids).ToListAsync(cancellation);
        await db.Set<Revision>()
            .Where(revision =>
                ids.Contains(revision.ArticleId)
                && db.Articles.Any(article => article.Id == revision.ArticleId && article.RevisionNumber == revision.Number)
            )
            .Include(revision => revision.Mentions)
            .Include(revision => revision.Authorships)
            .AsSplitQuery()
            .LoadAsync(cancellation);
        if (!withPublications)
            return found;
        await db.Publications.Where(publication => ids.Contains(publication.ArticleId)).LoadAsync(cancellation);
        await db.Withdrawals.Where(withdrawal => ids.Contains(withdrawal.ArticleId) && withdrawal.LiftedAt == null).LoadAsync(cancellation);
        return found;
    }

    /// <summary>
    /// An article with its publications and current withdrawal, locked until the transaction ends, so that commands run one after the
    /// other.
    /// </summary>
    public static async Task<Article?> ArticleToCommandAsync(this NewsroomDbContext db, string idOrSlug, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var id = await db.ArticleIds(idOrSlug).SingleOrDefaultAsync(cancellation);
        if (id == Guid.Empty)
            return null;
        var article = await db.LockedArticle(id).SingleOrDefaultAsync(cancellation);
        if (article is null)
            return null;
        await db.Entry(article).Collection(row => row.Publications).LoadAsync(cancellation);
        await db.Entry(article)
            .Collection(row => row.Withdrawals)
            .Query()
            .Where(withdrawal => withdrawal.LiftedAt == null)
            .LoadAsync(cancellation);
        return article;
    }

    /// <summary>
    /// Articles with a boundary that is not in the change log yet, earliest first, with their publications; and the current instant.
    /// They are locked until the transaction ends; articles that are locked already are skipped.
    /// </summary>
    public static async Task<(IReadOnlyList<Article> Articles, DateTimeOffset Now)> ArticlesWithBoundariesAsync(
        this NewsroomDbContext db,
        int limit,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        var articles = await db
            .Articles.FromSql(
                $"""
                select a.* from articles a
                join (
                  select article_id, min(at) as at from (
                    select article_id, live_from as at from publications where not start_logged and live_until is distinct
                      from live_from and live_from <= statement_timestamp()
                    union all
                    select article_id, live_until from publications where not end_logged and live_until > live_from
                      and live_until <= statement_timestamp()) as boundaries
                  group by article_id) as due on due.article_id = a.id
                order by due.at, a.id limit {limit}
                for update of a skip locked
                """
            )
            .ToListAsync(cancellation);
        var ids = articles.ConvertAll(article => article.Id);
        await db.Publications.Where(publication => ids.Contains(publication.ArticleId)).LoadAsync(cancellation);
        return (articles, await db.ClockAsync(cancellation));
    }

    /// <summary>Loads a revision of an article with its mentions and authors.</summary>
    public static async Task<Revision?> LoadRevisionAsync(
        this NewsroomDbContext db,
        Article article,
        int number,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(article);
        return await db.Entry(article)
            .Collection(row => row.Revisions)
            .Query()
            .Where(revision => revision.Number == number)
            .Include(revision => revision.Mentions)
            .Include(revision => revision.Authorships)
            .AsSplitQuery()
            .SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Whether readers see a concept: it is public, or an article that names it went live.</summary>
    public static Task<bool> IsVisibleAsync(this NewsroomDbContext db, Guid concept, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Concepts.AnyAsync(
            row =>
                row.Id == concept
                && (
                    row.PublicFrom != null
                    || db.ConceptUses.Any(use =>
                        use.ConceptId == concept
                        && db.Publications.Any(publication =>
                            publication.ArticleId == use.ArticleId
                            && publication.Revision == use.Revision
                            && publication.LiveFrom <= DatabaseClock.Now()
                            && (publication.LiveUntil == null || publication.LiveUntil > publication.LiveFrom)
                        )
                    )
                ),
            cancellation
        );
    }

    /// <summary>Replaces merged concepts in revisions by those they were merged into.</summary>
    public static Task FollowMergesAsync(
        this NewsroomDbContext db,
        IReadOnlyCollection<(Guid Article, int Revision)> revisions,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        Guid[] articles = [.. revisions.Select(revision => revision.Article)];
        int[] numbers = [.. revisions.Select(revision => revision.Revision)];
        return db.Database.ExecuteSqlAsync($"select follow_merges({articles}, {numbers})", cancellation);
    }

    /// <summary>The concepts of <paramref name="content"/> that were merged since, with their targets.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Guid>> MergesOfAsync(
        this NewsroomDbContext db,
        ArticleContent content,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(content);
        Guid[] named =
        [
            .. content.AuthorIds,
            .. content.Mentions.Select(mention => mention.ConceptId),
            content.DatelinePlaceId ?? Guid.Empty,
        ];
        return await db
            .Concepts.Where(concept => named.Contains(concept.Id) && concept.MergedIntoId != null)
            .ToDictionaryAsync(concept => concept.Id, concept => concept.MergedIntoId!.Value, cancellation);
    }
}
