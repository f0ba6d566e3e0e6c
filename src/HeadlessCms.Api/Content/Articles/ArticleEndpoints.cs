using HeadlessCms.Api.Content.Search;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Html;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Previews;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HeadlessCms.Api.Content.Articles;

/// <summary><c>/content/v1/articles</c>: live articles.</summary>
internal static class ArticleEndpoints
{
    private const string Root = "/articles";

    /// <summary>The path of an article.</summary>
    public static string PathOf(string slug) => Address.Ascii($"{ListPath}/{slug}");

    /// <summary>The path of the list.</summary>
    public const string ListPath = $"{ContentApi.Path}{Root}";

    public static void MapArticles(this RouteGroupBuilder content)
    {
        var articles = content.MapGroup(Root).WithTags("Articles");
        articles.MapRead("/", List, "listLiveArticles").NamesFeeds(_ => "/feeds/articles").AlsoAsPage();
        articles.MapRead("/{article}", Read, "readLiveArticle").AlsoAsPage();
        articles.MapRead("/{article}/related", RelatedArticles.List, "listRelatedLiveArticles");
    }

    /// <summary>Lists live articles, newest first.</summary>
    /// <remarks>
    /// Filters are combined with AND. Repeat a concept parameter for AND; separate its values with commas for OR. A place includes the
    /// places within it and a topic its narrower topics, unless <c>descendants=false</c>. <c>q</c> searches the text; with
    /// <c>sort=relevance</c>, the articles that fit the words best come first.
    ///
    /// With <c>ids</c>, all articles are on one page in the requested order; articles that are not live or do not match the other filters
    /// are left out. <c>sort</c> and <c>limit</c> apply as in any other list.
    ///
    /// With a preview token and without <c>fields</c>, a client that prefers <c>text/html</c>, such as a browser, gets a page that links
    /// to a preview of each article.
    /// </remarks>
    private static Task<ArticlePageResult> List(
        [AsParameters] ArticleSearchPageQuery query,
        [AsParameters] ArticleListQuery filter,
        LiveDbContext live,
        Site site,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        if (query.Sort == Relevance.Sort)
            return Relevance.PageAsync(live, query, filter, site, context, cancellation);
        context.CacheContext().Lists(filter);
        return ArticlePages.ReadAsync(ArticleFilter.Apply(live, filter), query, filter, live, site, context, cancellation);
    }

    /// <summary>Reads a live article with its body.</summary>
    /// <remarks>
    /// Returns 308 with the current path for a former slug, and 410 with the reason for a withdrawn article. <c>language</c> returns the
    /// same story in the first of its languages in which it is live, with the path of that article in <c>Content-Location</c>. With a
    /// preview token and without <c>fields</c>, a client that prefers <c>text/html</c>, such as a browser, gets a page.
    /// </remarks>
    private static async Task<Results<FieldSelectionResult<ArticleResponse>, MovedResult, WithdrawnProblem, NotFoundProblem>> Read(
        string article,
        [AsParameters] ArticleQuery query,
        LiveDbContext live,
        WholeArticles articles,
        Site site,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var picked = FieldSelection.Of(query.Fields);
        if (await WorkingCopyPreview.FindAsync(context, article, ArticleResponse.PreviewOf(site.Url).Only(picked)) is { } draft)
            return Answer(
                draft.Content with
                {
                    PublishedAt = draft.FirstLive ?? draft.Content.UpdatedAt,
                    Corrections = draft.Corrections,
                },
                picked,
                isWorkingCopy: true,
                context
            );

        var languages = LanguageChain.Of(query.Language);
        if (picked is null && languages is null && await articles.KeptAsync(live, article, context, cancellation) is { } kept)
            return new FieldSelectionResult<ArticleResponse>(kept);
        if (await articles.FindAsync(live, article, languages, picked, context, cancellation) is { } found)
        {
            if (found.Slug != article && found.Id.ToString("D") != article)
                context.Response.Headers.ContentLocation = PathOf(found, context.Request);
            context.CacheContext().AddSingleArticle(found);
            return Answer(found, picked, isWorkingCopy: false, context);
        }

        return await AbsentArticle.AnswerAsync<FieldSelectionResult<ArticleResponse>>(
            live,
            live.Articles,
            live.Tombstones,
            article,
            slug => new MovedResult($"{ListPath}/{slug}{context.Request.QueryString}"),
            cancellation
        );
    }

    private static string PathOf(ArticleResponse article, HttpRequest request) =>
        Address.Ascii($"/content/v1/articles/{article.Slug}")
        + QueryString.Create(request.Query.Where(parameter => parameter.Key != "language"));

    private static FieldSelectionResult<ArticleResponse> Answer(
        ArticleResponse article,
        FieldSelection? picked,
        bool isWorkingCopy,
        HttpContext context
    ) =>
        new(article = article.ReadBy(context), picked)
        {
            Page =
                picked is null && context.Features.Get<Preview>() is { } preview
                    ? () =>
                        ArticlePreviewPage.Of(
                            article,
                            preview,
                            isWorkingCopy ? null : ArticleListPreviewPage.LinkTo(ListPath, context.Request)
                        )
                    : null,
        };
}
