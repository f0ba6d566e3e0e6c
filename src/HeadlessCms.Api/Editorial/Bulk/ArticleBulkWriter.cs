using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>
/// Saves lines of articles: an article with the line's <c>externalId</c> or slug gets a new revision; otherwise it is created.
/// </summary>
internal sealed class ArticleBulkWriter(
    string savedBy,
    NewsroomDbContext db,
    ArticleComposer composer,
    ConceptReferences references,
    OriginalReferences originals,
    SlugClaims slugs,
    Site site,
    BulkOptions options
) : IBulkWriter<ArticleLineRequest>
{
    private readonly Dictionary<string, Article> _bySlug = [];
    private readonly Dictionary<string, Article> _byExternalId = [];
    private readonly List<Guid> _saved = [];
    private DateTimeOffset _now;

    public static bool SavesEarly => true;

    public static IEnumerable<string> KeysOf(ArticleLineRequest line)
    {
        if (line.ExternalId is { } externalId)
            yield return $"externalId {externalId}";
        if (line.Slug is { } slug)
            yield return $"slug {slug}";
    }

    public static IEnumerable<string> NeedsOf(ArticleLineRequest line) => line.IsTranslationOf is { } original ? [$"slug {original}"] : [];

    public async Task PrepareAsync(IReadOnlyList<ArticleLineRequest> lines, Task turn, CancellationToken cancellation)
    {
        await references.LoadAsync(lines.SelectMany(ArticleRequestValidator.ConceptsOf), cancellation);
        await originals.LoadAsync(lines.Select(line => line.IsTranslationOf), cancellation);
        await slugs.PrepareArticlesAsync(
            lines
                .Select(line => line.Slug ?? ArticleComposer.Made(line.Headline ?? "", line.Language, site))
                .Where(slug => slug.Length > 0),
            cancellation
        );
        await FindAsync(
            [.. lines.Select(line => line.Slug).OfType<string>()],
            [.. lines.Select(line => line.ExternalId).OfType<string>()],
            cancellation
        );
        _now = await db.ClockAsync(cancellation);
    }

    public async Task<BulkResult> WriteAsync(int number, ArticleLineRequest line, CancellationToken cancellation)
    {
        var article =
            line.ExternalId is { } externalId && _byExternalId.TryGetValue(externalId, out var known) ? known
            : line.Slug is { } slug && _bySlug.TryGetValue(slug, out var named) ? named
            : null;
        var status = BulkStatus.Unchanged;
        var id = article?.Id ?? Guid.CreateVersion7();
        var composed = await composer.ComposeAsync(line, id, article?.WorkingCopy.Content, cancellation);
        if (article is null)
        {
            article = new Article(id, composed.Content, line.Note, savedBy, _now);
            db.Articles.Add(article);
            status = BulkStatus.Created;
        }
        else if (article.Save(composed.Content, line.Note, savedBy, _now))
        {
            status = BulkStatus.Updated;
        }

        _saved.Add(article.Id);
        if (options.Publish)
            Publish(article, line.PublishedAt);
        return new(number, status)
        {
            Id = article.Id,
            Slug = article.Slug,
            Revision = article.RevisionNumber,
            Warnings = composed.Warnings.Count > 0 ? composed.Warnings : null,
        };
    }

    // As with other saves, also where the line changed nothing.
    public Task FinishAsync(CancellationToken cancellation) =>
        options.Caller is { } caller ? db.DeleteAutosavesAsync(_saved, caller, cancellation) : Task.CompletedTask;

    private void Publish(Article article, DateTimeOffset? at)
    {
        if (article.Publications.Any(publication => publication.Revision == article.RevisionNumber && publication.HasTimeAfter(_now)))
            return;
        var wasLive = article.Publications.Any(publication => !publication.IsCancelled && publication.LiveFrom <= _now);
        article.Publish(article.WorkingCopy, at > _now || !wasLive ? at : null, null, null, savedBy, _now);
    }

    private async Task FindAsync(string[] named, string[] externalIds, CancellationToken cancellation)
    {
        var leading = await db.ArticleSlugs.AsNoTracking().Where(slug => named.Contains(slug.Slug)).ToListAsync(cancellation);
        Guid[] ids = [.. leading.Select(slug => slug.ArticleId)];
        ids = await db
            .Articles.Where(article => ids.Contains(article.Id) || externalIds.Contains(article.ExternalId))
            .Select(article => article.Id)
            .ToArrayAsync(cancellation);
        if (ids.Length == 0)
            return;
        var found = await db.ArticlesToSaveAsync(ids, options.Publish, cancellation);
        var byId = found.ToDictionary(article => article.Id);
        foreach (var slug in leading)
            if (byId.TryGetValue(slug.ArticleId, out var article))
                _bySlug[slug.Slug] = article; // it may just have been purged
        foreach (var article in found)
            if (article.ExternalId is { } externalId)
                _byExternalId[externalId] = article;
    }
}

/// <summary>How lines are saved.</summary>
/// <param name="Publish">Whether what is saved is published.</param>
/// <param name="Caller">The id of the caller, whose autosaves of what is saved are deleted; null for the command line.</param>
internal sealed record BulkOptions(bool Publish, string? Caller = null);
