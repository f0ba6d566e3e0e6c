using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Core.Storage;

/// <summary>How articles and concepts are found and loaded to be changed.</summary>
public static class Loading
{
    /// <summary>The id of the article that an id or a slug names; none or one.</summary>
    public static IQueryable<Guid> ArticleIds(this NewsroomDbContext db, string named)
    {
        ArgumentNullException.ThrowIfNull(db);
        return Guid.TryParseExact(named, "D", out var id)
            ? db.Articles.Where(article => article.Id == id).Select(article => article.Id)
            : db.ArticleSlugs.Where(slug => slug.Slug == named).Select(slug => slug.ArticleId);
    }

    /// <summary>The id of the concept that an id or a slug names; none or one.</summary>
    public static IQueryable<Guid> ConceptIds(this NewsroomDbContext db, ConceptKind kind, string named)
    {
        ArgumentNullException.ThrowIfNull(db);
        return Guid.TryParseExact(named, "D", out var id)
            ? db.Concepts.Where(concept => concept.Kind == kind && concept.Id == id).Select(concept => concept.Id)
            : db.ConceptSlugs.Where(slug => slug.Kind == kind && slug.Slug == named).Select(slug => slug.ConceptId);
    }

    /// <summary>An article with its working copy, to be saved.</summary>
    public static async Task<Article?> ArticleToSaveAsync(this NewsroomDbContext db, string named, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var ids = db.ArticleIds(named);
        var article = await db.Articles.SingleOrDefaultAsync(article => ids.Contains(article.Id), cancellation);
        if (article is not null) await db.LoadRevisionAsync(article, article.RevisionNumber, cancellation);
        return article;
    }

    /// <summary>An article with its publications, locked until the transaction ends: commands on it take their turns.</summary>
    public static async Task<Article?> ArticleToCommandAsync(this NewsroomDbContext db, string named, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var id = await db.ArticleIds(named).SingleOrDefaultAsync(cancellation);
        if (id == Guid.Empty) return null;
        var article = await db.LockedArticle(id).SingleOrDefaultAsync(cancellation);
        if (article is not null) await db.Entry(article).Collection(row => row.Publications).LoadAsync(cancellation);
        return article;
    }

    /// <summary>Loads one revision of an article with all that it names.</summary>
    public static async Task<Revision?> LoadRevisionAsync(this NewsroomDbContext db, Article article, int number, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(article);
        return await db.Entry(article).Collection(row => row.Revisions).Query()
            .Where(revision => revision.Number == number)
            .Include(revision => revision.Mentions)
            .Include(revision => revision.Authorships)
            .AsSplitQuery()
            .SingleOrDefaultAsync(cancellation);
    }
}
