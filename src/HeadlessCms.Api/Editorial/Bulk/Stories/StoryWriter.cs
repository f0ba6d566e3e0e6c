using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Bulk.Formats;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Bulk.Stories;

/// <summary>
/// Saves stories of another system: an article with the story's id there gets a new revision; otherwise it is created. Its concepts are
/// found or created, its dates, its notes and its URLs are kept.
/// </summary>
internal sealed class StoryWriter(
    string savedBy,
    NewsroomDbContext db,
    ArticleComposer composer,
    ArticleRequestValidator validator,
    ConceptReferences references,
    OriginalReferences originals,
    SlugClaims slugs,
    Site site,
    StoryImportOptions options
) : IBulkWriter<ReadStory>
{
    private readonly ConceptMatcher _concepts = new(db, slugs, site, options, savedBy);
    private readonly Dictionary<Guid, Article> _byId = [];
    private readonly Dictionary<string, Article> _byExternalId = [];
    private readonly Dictionary<ReadStory, ArticleRequest> _requests = [];
    private readonly HashSet<(string Path, string Host)> _urls = [];
    private DateTimeOffset _now;

    public static bool SavesEarly => true;

    public static IEnumerable<string> KeysOf(ReadStory story)
    {
        if (story.Story.Id is { } id)
            yield return $"{id}";
        if (story.Story.ExternalId is { } externalId)
            yield return externalId;
    }

    public static IEnumerable<string> NeedsOf(ReadStory story) => story.Story.TranslationOf is { } original ? [$"{original}"] : [];

    public async Task PrepareAsync(IReadOnlyList<ReadStory> lines, Task turn, CancellationToken cancellation)
    {
        await _concepts.LoadAsync(lines.SelectMany(line => StoryRequest.ConceptsOf(line.Story)), turn, cancellation);
        foreach (var line in lines)
        {
            line.Begin();
            var request = StoryRequest.Of(line.Story, _concepts, line.Notes);
            _requests[line] = options.IsOriginalOnlyInFile(line.Story) ? request with { IsTranslationOf = null } : request;
        }

        await references.LoadAsync(_requests.Values.SelectMany(ArticleRequestValidator.ConceptsOf), cancellation);
        await originals.LoadAsync(_requests.Values.Select(request => request.IsTranslationOf), cancellation);
        await FindAsync(
            [.. lines.Select(line => line.Story.Id).OfType<Guid>()],
            [.. lines.Select(line => line.Story.ExternalId).OfType<string>()],
            cancellation
        );
        await slugs.PrepareArticlesAsync(lines.Where(line => Found(line.Story) is null).Select(SlugOf), cancellation);
        string[] paths = [.. lines.SelectMany(line => line.Story.FormerUrls).Select(url => FormerUrl.Parts(url)?.Path ?? "").Distinct()];
        foreach (var url in await db.FormerUrls.Where(url => paths.Contains(url.Path)).AsNoTracking().ToListAsync(cancellation))
            _urls.Add((url.Path, url.Host));
        _now = await db.ClockAsync(cancellation);
    }

    public async Task<ProblemResult?> CheckAsync(ReadStory line, IServiceProvider services, CancellationToken cancellation) =>
        await Validation.ProblemOfAsync(validator, _requests[line], services, cancellation);

    public async Task<BulkResult> WriteAsync(int number, ReadStory line, CancellationToken cancellation)
    {
        var (story, request, article) = (line.Story, _requests[line], Found(line.Story));
        var status = BulkStatus.Unchanged;
        var id = article?.Id ?? story.Id ?? Guid.CreateVersion7();
        if (article is not null && request.IsTranslationOf == $"{id}")
            request = request with { IsTranslationOf = null };
        var composed = await composer.ComposeAsync(request, id, article?.WorkingCopy.Content, cancellation, SlugOf(line));
        if (article is null)
        {
            article = new Article(id, composed.Content, null, savedBy, _now);
            db.Articles.Add(article);
            status = BulkStatus.Created;
            if (story.Slug is { } slug && slug != article.Slug)
                line.Notes.Add($"The slug {slug} became {article.Slug}.");
        }
        else if (article.Save(composed.Content, null, savedBy, _now))
        {
            status = BulkStatus.Updated;
        }

        KeepUrls(line, article);
        Publish(line, article);
        return new(number, status)
        {
            Id = article.Id,
            Slug = article.Slug,
            Revision = article.RevisionNumber,
            Warnings = composed.Warnings.Count > 0 ? composed.Warnings : null,
        };
    }

    private Article? Found(ImportedStory story) =>
        story.Id is { } id && _byId.TryGetValue(id, out var same) ? same
        : story.ExternalId is { } externalId && _byExternalId.TryGetValue(externalId, out var known) ? known
        : null;

    private string SlugOf(ReadStory line) =>
        HeadlessCms.Core.Slug.IsValid(line.Story.Slug, site.Slugs)
            ? line.Story.Slug!
            : ArticleComposer.Made(line.Story.Slug ?? line.Story.Headline, line.Story.Language, site);

    private void KeepUrls(ReadStory line, Article article)
    {
        foreach (var url in line.Story.FormerUrls)
            if (FormerUrl.Of(url, article.Id) is not { } former)
                line.Notes.Add($"The URL is not kept, because it is none of a page: {url}");
            else if (_urls.Add((former.Path, former.Host)))
                db.FormerUrls.Add(former);
    }

    private void Publish(ReadStory line, Article article)
    {
        var story = line.Story;
        if (!story.IsPublished)
            return;
        if (!options.Publish)
        {
            if (article.RevisionNumber == 1)
                line.Notes.Add("The source has it published; here it is a draft, because publish was not asked for.");
            return;
        }

        if (article.Publications.Any(publication => publication.Revision == article.RevisionNumber && publication.HasTimeAfter(_now)))
            return;
        if (story.ExpiresAt <= _now)
            line.Notes.Add($"It ended at {story.ExpiresAt:u} and stays a draft.");
        else if (article.Publications.Any(publication => !publication.IsCancelled))
            article.Publish(article.WorkingCopy, story.PublishedAt > _now ? story.PublishedAt : null, story.ExpiresAt, null, savedBy, _now);
        else if (story.PublishedAt is { } first && first <= _now)
            article.PublishAsBefore(article.WorkingCopy, Past(story, first), story.ExpiresAt, savedBy, _now);
        else
            article.Publish(article.WorkingCopy, story.PublishedAt, story.ExpiresAt, null, savedBy, _now);
    }

    private List<PastPublication> Past(ImportedStory story, DateTimeOffset first) =>
        [
            .. story
                .Corrections.Append(new(first))
                .Append(new(story.UpdatedAt ?? first))
                .Where(one => one.At >= first && one.At <= _now)
                .GroupBy(one => one.At)
                .Select(same => same.FirstOrDefault(one => one.Correction is not null) ?? same.First()),
        ];

    private async Task FindAsync(Guid[] ids, string[] externalIds, CancellationToken cancellation)
    {
        ids = await db
            .Articles.Where(article => ids.Contains(article.Id) || externalIds.Contains(article.ExternalId))
            .Select(article => article.Id)
            .ToArrayAsync(cancellation);
        foreach (var article in await db.ArticlesToSaveAsync(ids, options.Publish, cancellation))
        {
            _byId[article.Id] = article;
            if (article.ExternalId is { } externalId)
                _byExternalId[externalId] = article;
        }
    }
}
