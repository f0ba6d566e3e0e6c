using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary><c>/content/v1/articles/{article}/related</c>: articles that share concepts with an article.</summary>
internal static class RelatedArticles
{
    /// <summary>Lists live articles that share the rarest concepts with an article.</summary>
    /// <remarks>
    /// The fewer articles name a concept, the more it counts when two of them do; ties are sorted newest first. The newest
    /// 100 articles of each of the 20 rarest concepts of the article are considered. There is one page.
    /// </remarks>
    public static async Task<Results<Ok<Page<ArticleItem>>, MovedResult, WithdrawnProblem, NotFoundProblem>> List(
        string article,
        [AsParameters] RelatedQuery query,
        LiveDbContext live,
        Site site,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var limit = query.Limit ?? RelatedQuery.DefaultLimit;
        var source = Guid.TryParseExact(article, "D", out var id)
            ? live.Articles.Where(row => row.Id == id)
            : live.Articles.Where(row => row.Slug == article);
        var expand = ArticleItem.Of(site.Url);
        var found = await source
            .SelectMany(
                row => live.RelatedArticles(row.Id, limit),
                (row, related) =>
                    new
                    {
                        row.Id,
                        related.Rank,
                        related.PublicationId,
                    }
            )
            .SelectMany(
                related => live.Articles.Where(row => row.PublicationId == related.PublicationId).Select(expand),
                (related, item) =>
                    new
                    {
                        related.Id,
                        related.Rank,
                        Item = item,
                    }
            )
            .ToListAsync(cancellation);
        var sourceId = found.Count > 0 ? found[0].Id : await source.Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancellation);
        if (sourceId is null)
        {
            return await AbsentArticle.AnswerAsync<Ok<Page<ArticleItem>>>(
                live,
                live.Articles,
                live.Tombstones,
                article,
                slug => new MovedResult($"/content/v1/articles/{slug}/related{context.Request.QueryString}"),
                cancellation
            );
        }

        var cache = context.CacheContext().AddTags(CacheTags.Articles, CacheTags.Article(sourceId.Value));
        foreach (var one in found)
            cache.AddArticle(one.Item);
        return TypedResults.Ok(new Page<ArticleItem>(found.OrderBy(one => one.Rank).Select(one => one.Item).ReadBy(context), null));
    }
}

/// <summary>Query parameters of the list of related articles.</summary>
public sealed class RelatedQuery
{
    /// <summary>The default limit.</summary>
    public const int DefaultLimit = 10;

    /// <summary>The maximum number of articles, 1 to 50.</summary>
    [Range(1, 50), DefaultValue(DefaultLimit)]
    public int? Limit { get; init; }
}
