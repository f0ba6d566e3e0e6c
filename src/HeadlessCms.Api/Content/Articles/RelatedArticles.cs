using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary><c>/content/v1/articles/{article}/related</c>: what else has to do with what an article names.</summary>
internal static class RelatedArticles
{
    /// <summary>Lists the live articles that share the most telling concepts with an article.</summary>
    /// <remarks>
    /// The fewer stories name a person, a place or a topic, the more it tells that two of them do; where that is the same, the newest comes
    /// first. Of each of the twenty rarest concepts of the article the newest hundred stories are looked at. There is one page.
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
        var named = Guid.TryParseExact(article, "D", out var id)
            ? live.Articles.Where(row => row.Id == id)
            : live.Articles.Where(row => row.Slug == article);
        var expand = ArticleItem.Of(site.Url);
        var found = await named
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
        var of = found.Count > 0 ? found[0].Id : await named.Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancellation);
        if (of is null)
        {
            return await AbsentArticle.AnswerAsync<Ok<Page<ArticleItem>>>(
                live,
                article,
                slug => new MovedResult($"/content/v1/articles/{slug}/related{context.Request.QueryString}"),
                cancellation
            );
        }

        var fresh = context.CacheContext().AddTags(CacheTags.Articles, CacheTags.Article(of.Value));
        foreach (var one in found)
            fresh.AddArticle(one.Item);
        return TypedResults.Ok(new Page<ArticleItem>([.. found.OrderBy(one => one.Rank).Select(one => one.Item)], null));
    }
}

/// <summary>What the list of related articles can be asked for.</summary>
public sealed class RelatedQuery
{
    /// <summary>How many there are where nobody asks.</summary>
    public const int DefaultLimit = 10;

    /// <summary>How many at most, 1 to 50.</summary>
    [Range(1, 50), DefaultValue(DefaultLimit)]
    public int? Limit { get; init; }
}
