using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>Makes an article's content of a valid request, with the body as safe HTML and the slug claimed.</summary>
internal sealed class ArticleComposer(
    ConceptReferences references,
    OriginalReferences originals,
    BodyRenderer bodies,
    SlugClaims slugs,
    Site site
)
{
    /// <summary>Makes the content of an article; a slug that is not asked for is made of <paramref name="name"/> or the headline.</summary>
    public async Task<ComposedArticle> ComposeAsync(
        ArticleRequest request,
        Guid articleId,
        ArticleContent? saved,
        CancellationToken cancellation,
        string? name = null
    )
    {
        var (body, warnings) = Body(request.Body, saved?.Body, cancellation); // may be refused, so before the slug is claimed
        var asked = request.Slug ?? saved?.Slug;
        var slug =
            asked is not null && asked == saved?.Slug
                ? asked
                : await slugs.ForArticleAsync(articleId, asked, name ?? await MadeAsync(request, cancellation), cancellation);
        var content = request.ToContent(slug, body, site.Language, references) with { Original = originals.Of(request, saved) };
        var isSettled = saved is null
            ? content.Original is null
            : (saved.Original?.ArticleId, saved.Language) == (content.Original?.ArticleId, content.Language);
        if (!isSettled)
            await originals.RefuseMisfitAsync(articleId, content, cancellation);
        return new(content, warnings);
    }

    /// <summary>What is missing in the HTML of a body that was saved before.</summary>
    public IReadOnlyList<SaveWarning> WarningsOf(Body? body, CancellationToken cancellation)
    {
        try
        {
            return body is null ? [] : bodies.Render(body.Format, body.Source, cancellation).Warnings;
        }
        catch (ProblemException)
        {
            return []; // saved under other limits
        }
    }

    /// <summary>The slug that is made of a headline.</summary>
    public static string Made(string headline, string? language, Site site) =>
        SlugMaker.Make(headline, LanguageTag.Canonical(language ?? site.Language), site.Slugs, "article");

    private async Task<string> MadeAsync(ArticleRequest request, CancellationToken cancellation)
    {
        var headline = request.Headline;
        if (site.Slugs == SlugScript.Unicode && SlugMaker.MayNeedComposing(headline))
            headline = await slugs.ComposeAsync(headline, cancellation);
        return Made(headline, request.Language, site);
    }

    // The same source keeps the HTML that was made of it, so that saving what is there is no change.
    private (Body? Body, IReadOnlyList<SaveWarning> Warnings) Body(BodyRequest? request, Body? saved, CancellationToken cancellation)
    {
        if (request is null)
            return (null, []);
        if (saved is not null && (saved.Format, saved.Source) == (request.Format, request.Content))
            return (saved, []);
        var rendered = bodies.Render(request.Format, request.Content, cancellation);
        return (rendered.Body, rendered.Warnings);
    }
}

/// <summary>The content of an article, and what its body lost when it was rendered for this save.</summary>
internal sealed record ComposedArticle(ArticleContent Content, IReadOnlyList<SaveWarning> Warnings);
