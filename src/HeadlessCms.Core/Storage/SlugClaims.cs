using System.Text.Json;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Core.Storage;

/// <summary>
/// Assigns slugs to articles and concepts. A requested slug is assigned or refused; one that is derived from a headline or a name gets
/// <c>-2</c>, <c>-3</c> … where it is taken. A former slug redirects until it is requested for something else; one that leads readers to a
/// live story is taken.
/// </summary>
/// <param name="db">The newsroom; a transaction must be open.</param>
public sealed class SlugClaims(NewsroomDbContext db)
{
    private readonly Dictionary<string, ArticleSlug?> _articleSlugs = [];
    private readonly Dictionary<(ConceptKind Kind, string Slug), ConceptSlug?> _conceptSlugs = [];

    /// <summary>A text composed (NFKC), as slugs in any script need it: .NET cannot compose where it runs without ICU.</summary>
    public async Task<string> ComposeAsync(string text, CancellationToken cancellation) =>
        await db.Database.SqlQuery<string>($"select normalize({text}, NFKC) as \"Value\"").SingleAsync(cancellation);

    /// <summary>Loads, in one statement, the slugs that many articles will claim.</summary>
    public async Task PrepareArticlesAsync(IEnumerable<string> wanted, CancellationToken cancellation)
    {
        string[] slugs = [.. wanted.Distinct()];
        var claims = await db.ArticleSlugs.FromSql($"select * from lock_article_slugs({slugs})").ToListAsync(cancellation);
        foreach (var slug in slugs)
            _articleSlugs[slug] = claims.Find(claim => claim.Slug == slug);
    }

    /// <summary>Loads, in one statement, the slugs that many concepts of a kind will claim.</summary>
    public async Task PrepareConceptsAsync(ConceptKind kind, IEnumerable<string> wanted, CancellationToken cancellation)
    {
        string[] slugs = [.. wanted.Distinct()];
        var claims = await db
            .ConceptSlugs.FromSql($"select * from lock_concept_slugs({ConceptKindNames.Of(kind).Singular}, {slugs})")
            .ToListAsync(cancellation);
        foreach (var slug in slugs)
            _conceptSlugs[(kind, slug)] = claims.Find(claim => claim.Slug == slug);
    }

    /// <summary>Claims a slug for an article.</summary>
    /// <exception cref="RuleException"><c>slugTaken</c></exception>
    public async Task<string> ForArticleAsync(Guid articleId, string? asked, string made, CancellationToken cancellation)
    {
        var wanted = asked ?? made;
        if (!_articleSlugs.ContainsKey(wanted))
            await PrepareArticlesAsync([wanted], cancellation);
        var claim = _articleSlugs[wanted];
        if (asked is null && claim is not null && claim.ArticleId != articleId)
        {
            var stem = Slug.Stem(wanted) + "-";
            var near = await db.ArticleSlugs.Where(slug => slug.Slug == wanted || slug.Slug.StartsWith(stem)).ToListAsync(cancellation);
            wanted = Slug.FirstFree(
                wanted,
                near.Concat(_articleSlugs.Values.OfType<ArticleSlug>())
                    .Where(slug => slug.ArticleId != articleId)
                    .Select(slug => slug.Slug)
                    .ToHashSet()
            );
            claim = await db.ArticleSlugs.FindAsync([wanted], cancellation);
        }

        if (claim is null)
        {
            _articleSlugs[wanted] = db.ArticleSlugs.Add(new ArticleSlug(wanted, articleId)).Entity;
        }
        else if (claim.ArticleId != articleId)
        {
            var inUse =
                await RedirectsAsync(claim, cancellation)
                || await db.Articles.AnyAsync(article => article.Slug == wanted, cancellation)
                || await db.Publications.AnyAsync(
                    publication =>
                        publication.Slug == wanted
                        && (
                            publication.LiveUntil == null
                            || publication.LiveUntil > publication.LiveFrom && publication.LiveUntil > DatabaseClock.Now()
                        ),
                    cancellation
                );
            claim.ArticleId = inUse ? throw await TakenAsync(wanted, cancellation) : articleId;
        }

        return wanted;
    }

    /// <summary>Whether the slug leads readers to a live story that was live under it before.</summary>
    private Task<bool> RedirectsAsync(ArticleSlug claim, CancellationToken cancellation) =>
        db.Publications.AnyAsync(
            live =>
                live.ArticleId == claim.ArticleId
                && live.LiveFrom <= DatabaseClock.Now()
                && (live.LiveUntil == null || live.LiveUntil > DatabaseClock.Now())
                && db.Publications.Any(before =>
                    before.ArticleId == claim.ArticleId
                    && before.Slug == claim.Slug
                    && before.LiveFrom <= DatabaseClock.Now()
                    && before.LiveUntil != before.LiveFrom
                ),
            cancellation
        );

    /// <summary>Claims a slug for a concept.</summary>
    /// <exception cref="RuleException"><c>slugTaken</c></exception>
    public async Task<string> ForConceptAsync(Concept concept, string? asked, string made, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(concept);
        var (kind, id) = (concept.Kind, concept.Id);
        var wanted = asked ?? made;
        if (!_conceptSlugs.ContainsKey((kind, wanted)))
            await PrepareConceptsAsync(kind, [wanted], cancellation);
        var claim = _conceptSlugs[(kind, wanted)];
        if (asked is null && claim is not null && claim.ConceptId != id)
        {
            var stem = Slug.Stem(wanted) + "-";
            var near = await db
                .ConceptSlugs.Where(slug => slug.Kind == kind && (slug.Slug == wanted || slug.Slug.StartsWith(stem)))
                .ToListAsync(cancellation);
            wanted = Slug.FirstFree(
                wanted,
                near.Concat(_conceptSlugs.Values.OfType<ConceptSlug>().Where(slug => slug.Kind == kind))
                    .Where(slug => slug.ConceptId != id)
                    .Select(slug => slug.Slug)
                    .ToHashSet()
            );
            claim = await db.ConceptSlugs.FindAsync([kind, wanted], cancellation);
        }

        if (claim is null)
        {
            _conceptSlugs[(kind, wanted)] = db.ConceptSlugs.Add(new ConceptSlug(kind, wanted, id)).Entity;
        }
        else if (claim.ConceptId != id)
        {
            var inUse = await db.Concepts.AnyAsync(
                other => other.Kind == kind && other.Slug == wanted && other.MergedIntoId == null,
                cancellation
            );
            if (inUse)
            {
                var holder = await db
                    .Concepts.Where(other => other.Id == claim.ConceptId)
                    .Select(other => new SlugHolder(other.Id, other.Kind, other.Name, null))
                    .FirstOrDefaultAsync(cancellation);
                throw new SlugTakenException(wanted, holder);
            }

            claim.ConceptId = id;
        }

        return wanted;
    }

    /// <summary>The refusal of a slug, with the article that has it.</summary>
    public async Task<SlugTakenException> TakenAsync(string slug, CancellationToken cancellation)
    {
        var holder = await db
            .WorkingCopies.Where(article => db.ArticleSlugs.Any(claim => claim.Slug == slug && claim.ArticleId == article.Id))
            .Select(article => new
            {
                article.Id,
                article.Headline,
                article.Status,
            })
            .FirstOrDefaultAsync(cancellation);
        return new(
            slug,
            holder is null ? null : new(holder.Id, null, holder.Headline, JsonNamingPolicy.CamelCase.ConvertName($"{holder.Status}"))
        );
    }
}
