using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Core.Storage;

/// <summary>
/// Gives articles and concepts their slugs. One that was asked for is given or refused; one that was made from a headline or a name gets
/// <c>-2</c>, <c>-3</c> … where it is taken. An old slug still leads to its thing until somebody else asks for it.
/// </summary>
/// <param name="db">The newsroom; a transaction must be open.</param>
public sealed class SlugClaims(NewsroomDbContext db)
{
    /// <summary>Claims a slug for an article.</summary>
    /// <exception cref="RuleException"><c>slugTaken</c></exception>
    public async Task<string> ForArticleAsync(Guid articleId, string? asked, string made, CancellationToken cancellation)
    {
        var wanted = asked ?? made;
        await LockAsync("articles", wanted, cancellation);
        if (asked is null)
        {
            var stem = Slug.Stem(wanted) + "-";
            var near = await db.ArticleSlugs.Where(slug => slug.Slug == wanted || slug.Slug.StartsWith(stem)).ToListAsync(cancellation);
            wanted = Slug.FirstFree(wanted, near.Where(slug => slug.ArticleId != articleId).Select(slug => slug.Slug).ToHashSet());
        }

        var claim = await db.ArticleSlugs.FindAsync([wanted], cancellation);
        if (claim is null)
        {
            db.ArticleSlugs.Add(new ArticleSlug(wanted, articleId));
        }
        else if (claim.ArticleId != articleId)
        {
            var inUse = await db.Articles.AnyAsync(article => article.Slug == wanted, cancellation)
                || await db.Publications.AnyAsync(publication => publication.Slug == wanted
                    && (publication.LiveUntil == null || publication.LiveUntil > publication.LiveFrom && publication.LiveUntil > DatabaseClock.Now()), cancellation);
            claim.ArticleId = inUse ? throw Taken(wanted) : articleId;
        }

        return wanted;
    }

    /// <summary>Claims a slug for a concept.</summary>
    /// <exception cref="RuleException"><c>slugTaken</c></exception>
    public async Task<string> ForConceptAsync(Concept concept, string? asked, string made, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(concept);
        var (kind, id) = (concept.Kind, concept.Id);
        var wanted = asked ?? made;
        await LockAsync(kind.ToString(), wanted, cancellation);
        if (asked is null)
        {
            var stem = Slug.Stem(wanted) + "-";
            var near = await db.ConceptSlugs.Where(slug => slug.Kind == kind && (slug.Slug == wanted || slug.Slug.StartsWith(stem))).ToListAsync(cancellation);
            wanted = Slug.FirstFree(wanted, near.Where(slug => slug.ConceptId != id).Select(slug => slug.Slug).ToHashSet());
        }

        var claim = await db.ConceptSlugs.FindAsync([kind, wanted], cancellation);
        if (claim is null)
        {
            db.ConceptSlugs.Add(new ConceptSlug(kind, wanted, id));
        }
        else if (claim.ConceptId != id)
        {
            var inUse = await db.Concepts.AnyAsync(other => other.Kind == kind && other.Slug == wanted && other.MergedIntoId == null, cancellation);
            claim.ConceptId = inUse ? throw Taken(wanted) : id;
        }

        return wanted;
    }

    private static RuleException Taken(string slug) => new("slugTaken", $"The slug '{slug}' is taken.");

    // Those who want slugs of one stem take their turns, so that two that are made of one headline don't collide.
    private Task<int> LockAsync(string space, string wanted, CancellationToken cancellation)
    {
        var stem = $"{space}/{wanted}";
        return db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({stem}, 0))", cancellation);
    }
}
