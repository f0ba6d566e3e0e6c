using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Core.Storage;

/// <summary>How articles and concepts are found and loaded to be changed.</summary>
public static class ArticleLoader
{
    /// <summary>The id of the article that an id or a slug names; none or one.</summary>
    public static IQueryable<Guid> ArticleIds(this NewsroomDbContext db, string idOrSlug)
    {
        ArgumentNullException.ThrowIfNull(db);
        return Guid.TryParseExact(idOrSlug, "D", out var id)
            ? db.Articles.Where(article => article.Id == id).Select(article => article.Id)
            : db.ArticleSlugs.Where(slug => slug.Slug == idOrSlug).Select(slug => slug.ArticleId);
    }

    /// <summary>The id of the concept that an id or a slug names; none or one.</summary>
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

    /// <summary>An article with its publications and the withdrawal that holds, locked until the transaction ends: commands on it take their turns.</summary>
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
    /// Articles to which the clock did what the change log does not tell of yet, the earliest first, with their publications, and that instant.
    /// They stay locked until the transaction ends; those that somebody holds are left to him.
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
                    select article_id, live_from as at from publications where not start_logged and live_until is distinct from live_from and live_from <= statement_timestamp()
                    union all
                    select article_id, live_until from publications where not end_logged and live_until > live_from and live_until <= statement_timestamp()) as boundaries
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

    /// <summary>Loads one revision of an article with all that it names.</summary>
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

    /// <summary>
    /// Holds what is to be sent to a webhook, by its name or id, until the transaction ends. Who notes an attempt holds the delivery and then asks
    /// for its webhook: who changes both takes them in the same order, or the two wait for each other.
    /// </summary>
    public static Task HoldPendingDeliveriesAsync(this NewsroomDbContext db, string webhook, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.ExecuteSqlAsync(
            $"select from webhook_deliveries where webhook_id in (select id from webhooks where name = {webhook} or id::text = {webhook}) and state = 'pending' order by id for update",
            cancellation
        );
    }

    /// <summary>Lets revisions name what the concepts that they name were merged into.</summary>
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

    /// <summary>What of <paramref name="content"/>'s concepts was merged since, and into what.</summary>
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
