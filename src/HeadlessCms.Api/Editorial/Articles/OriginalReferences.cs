using FluentValidation;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>The articles that requests name as their originals, looked up once a request, and how a translation fits its story.</summary>
internal sealed class OriginalReferences(NewsroomDbContext db)
{
    private readonly Dictionary<string, Found?> _found = [];

    public async Task LoadAsync(IEnumerable<string?> named, CancellationToken cancellation)
    {
        string[] names = [.. named.OfType<string>().Where(name => !_found.ContainsKey(name)).Distinct()];
        if (names.Length == 0)
            return;
        var ids = names.Select(name => Guid.TryParseExact(name, "D", out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).ToArray();
        var rows = await db
            .ArticleSlugs.Where(slug => names.Contains(slug.Slug) || ids.Contains(slug.ArticleId))
            .Join(
                db.Articles,
                slug => slug.ArticleId,
                article => article.Id,
                (slug, article) =>
                    new
                    {
                        slug.Slug,
                        article.Id,
                        article.RevisionNumber,
                    }
            )
            .ToListAsync(cancellation);
        foreach (var name in names)
        {
            var row = Guid.TryParseExact(name, "D", out var id) ? rows.Find(row => row.Id == id) : rows.Find(row => row.Slug == name);
            _found[name] = row is null ? null : new(row.Id, row.RevisionNumber);
        }
    }

    /// <summary>Refuses an original that is not there, and a revision that it does not have.</summary>
    public static async Task CheckAsync(ArticleRequest article, ValidationContext<ArticleRequest> context, CancellationToken cancellation)
    {
        if (article.IsTranslationOf is not { } name)
        {
            if (article.TranslatesRevision is not null)
                context.Refuse(nameof(ArticleRequest.IsTranslationOf), "required", "translatesRevision requires isTranslationOf.");
            return;
        }

        var originals = context.Service<OriginalReferences>();
        await originals.LoadAsync([name], cancellation);
        if (originals._found[name] is not { } found)
            context.Refuse(
                nameof(ArticleRequest.IsTranslationOf),
                "unknown",
                $"There is no article '{(name.Length > Slug.MaxLength ? name[..Slug.MaxLength] + "…" : name)}'."
            );
        else if (article.TranslatesRevision is < 1 || article.TranslatesRevision > found.RevisionNumber)
            context.Refuse(
                nameof(ArticleRequest.TranslatesRevision),
                "outOfRange",
                $"The original has the revisions 1 to {found.RevisionNumber}."
            );
    }

    /// <summary>The revision that a valid request translates.</summary>
    public Original? Of(ArticleRequest request, ArticleContent? saved)
    {
        if (request.IsTranslationOf is not { } name)
            return null;
        var found = _found[name] ?? throw new InvalidOperationException($"The article '{name}' was not validated.");
        var kept = saved?.Original?.ArticleId == found.Id ? saved.Original.Revision : found.RevisionNumber;
        return new(found.Id, request.TranslatesRevision ?? kept);
    }

    /// <summary>
    /// Refuses an original that is a translation itself, a translation of what has translations, and a language that another article of the
    /// story has. A trigger holds all writers to the same; this says which article is in the way.
    /// </summary>
    /// <exception cref="RuleException"><c>hasTranslations</c>, <c>translationOfTranslation</c>, <c>languageTaken</c></exception>
    public async Task RefuseMisfitAsync(Guid articleId, ArticleContent content, CancellationToken cancellation)
    {
        var original = content.Original?.ArticleId ?? articleId;
        var story = await db
            .WorkingCopies.Where(row => row.Id == original || row.OriginalId == original || row.OriginalId == articleId)
            .Where(row => row.Id != articleId && row.Status != ArticleStatus.Trashed)
            .Select(row => new
            {
                row.Id,
                row.OriginalId,
                row.Headline,
                row.Language,
                row.Status,
            })
            .ToListAsync(cancellation);
        if (content.Original is not null && story.Find(row => row.OriginalId == articleId) is { } translation)
            throw new RuleException(
                "hasTranslations",
                $"The article '{translation.Headline}' is a translation of this one, so this one cannot be a translation itself."
            );
        if (story.Find(row => row.Id == original) is { OriginalId: not null } named)
            throw new RuleException(
                "translationOfTranslation",
                $"The article '{named.Headline}' is a translation itself: name the article {named.OriginalId} that it is a translation of."
            );
        if (story.Find(row => row.Language == content.Language) is { } taken)
            throw new LanguageTakenException(content.Language, new(taken.Id, null, taken.Headline, EnumNames.Of(taken.Status)));
    }

    private sealed record Found(Guid Id, int RevisionNumber);
}
