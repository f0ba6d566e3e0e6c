using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>Makes an article's content of a valid request, with the body as safe HTML and the slug claimed.</summary>
internal sealed class ArticleComposer(ConceptReferences references, BodyRenderer bodies, SlugClaims slugs, Site site)
{
    public async Task<ArticleContent> ComposeAsync(
        ArticleRequest request,
        Guid articleId,
        ArticleContent? saved,
        CancellationToken cancellation
    )
    {
        var body = Body(request.Body, saved?.Body, cancellation); // may be refused, so before the slug is claimed
        var asked = request.Slug ?? saved?.Slug;
        var slug =
            asked is not null && asked == saved?.Slug
                ? asked
                : await slugs.ForArticleAsync(articleId, asked, await MadeAsync(request, cancellation), cancellation);
        return request.ToContent(slug, body, site.Language, references);
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
    private Body? Body(BodyRequest? request, Body? saved, CancellationToken cancellation) =>
        request is null ? null
        : saved is not null && (saved.Format, saved.Source) == (request.Format, request.Content) ? saved
        : bodies.Render(request.Format, request.Content, cancellation);
}
