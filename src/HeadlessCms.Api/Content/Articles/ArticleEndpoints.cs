using HeadlessCms.Api.Content.Search;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Previews;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HeadlessCms.Api.Content.Articles;

/// <summary><c>/content/v1/articles</c>: what is live.</summary>
internal static class ArticleEndpoints
{
    public static void MapArticles(this RouteGroupBuilder content)
    {
        var articles = content.MapGroup("/articles").WithTags("Articles");
        articles.MapRead("/", List, "listLiveArticles").NamesFeeds(_ => "/feeds/articles");
        articles.MapRead("/{article}", Read, "readLiveArticle");
        articles.MapRead("/{article}/related", RelatedArticles.List, "listRelatedLiveArticles");
    }

    /// <summary>Lists the live articles, newest first.</summary>
    /// <remarks>
    /// Filters go together by AND. A concept parameter that is repeated means AND, a comma in it OR. A place takes in the places within it,
    /// a topic its narrower topics, unless <c>descendants=false</c>. <c>q</c> finds words; with <c>sort=relevance</c> what is about them
    /// comes first.
    ///
    /// With <c>ids</c> the articles come in the order in which they are asked for, all on one page; those that are not live, or that
    /// another filter leaves out, are missing. <c>sort</c> and <c>limit</c> make a list of them like any other.
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

    /// <summary>Reads a live article, whole.</summary>
    /// <remarks>
    /// A slug that the article had before is answered with 308 and the one that it has now; what was withdrawn, with 410 and the reason.
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
            return new FieldSelectionResult<ArticleResponse>(
                draft.Content with
                {
                    PublishedAt = draft.FirstLive ?? draft.Content.UpdatedAt,
                    Corrections = draft.Corrections,
                },
                picked
            );

        if (await articles.FindAsync(live, article, picked, cancellation) is { } found)
        {
            context.CacheContext().TellsAlone(found);
            return new FieldSelectionResult<ArticleResponse>(found, picked);
        }

        return await AbsentArticle.AnswerAsync<FieldSelectionResult<ArticleResponse>>(
            live,
            article,
            slug => new MovedResult($"/content/v1/articles/{slug}{context.Request.QueryString}"),
            cancellation
        );
    }
}
