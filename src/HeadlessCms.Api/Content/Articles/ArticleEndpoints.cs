using System.ComponentModel;
using HeadlessCms.Api.Platform;
using HeadlessCms.Api.Platform.Caching;
using HeadlessCms.Api.Platform.Input;
using HeadlessCms.Api.Platform.Paging;
using HeadlessCms.Api.Platform.Previews;
using HeadlessCms.Api.Platform.Problems;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary><c>/content/v1/articles</c>: what is live.</summary>
internal static class ArticleEndpoints
{
    public static void MapArticles(this RouteGroupBuilder content)
    {
        var articles = content.MapGroup("/articles").WithTags("Articles");
        articles.MapRead("/", List, "listLiveArticles").NamesFeeds(_ => "/feeds/articles");
        articles.MapRead("/{article}", Read, "readLiveArticle");
    }

    /// <summary>Lists the live articles, newest first.</summary>
    /// <remarks>
    /// Filters go together by AND. A concept parameter that is repeated means AND, a comma in it OR. A place takes in the places within it,
    /// a topic its narrower topics, unless <c>descendants=false</c>.
    /// </remarks>
    private static Task<PageResult<ArticleItem>> List(
        [AsParameters] ArticlePageQuery query, [AsParameters] ArticleListQuery filter, LiveDbContext live, Site site, HttpContext context, CancellationToken cancellation) =>
        PageAsync(ArticleFilter.Apply(live, filter), query, site, context, context.Freshness().Lists(filter), cancellation);

    /// <summary>Reads a live article, whole.</summary>
    /// <remarks>A slug that the article had before is answered with 308 and the one that it has now; what was withdrawn, with 410 and the reason.</remarks>
    private static async Task<Results<Ok<ArticleResponse>, MovedResult, WithdrawnProblem, NotFoundProblem>> Read(
        string article, LiveDbContext live, Site site, HttpContext context, CancellationToken cancellation)
    {
        if (await WorkingCopyPreview.FindAsync(context, article, ArticleResponse.PreviewOf(site.Url)) is { } draft)
            return TypedResults.Ok(draft.Content with { PublishedAt = draft.FirstLive ?? draft.Content.UpdatedAt, Corrections = draft.Corrections });

        var rows = Guid.TryParseExact(article, "D", out var id)
            ? live.Articles.Where(row => row.Id == id)
            : live.Articles.Where(row => row.Slug == article);
        if (await rows.Select(ArticleResponse.WholeOf(site.Url)).SingleOrDefaultAsync(cancellation) is { } found)
        {
            context.Freshness().TellsAlone(found);
            return TypedResults.Ok(found);
        }

        var slug = await live.ArticleSlugs.Where(old => old.Slug == article)
            .Join(live.Articles, old => old.ArticleId, row => row.Id, (_, row) => row.Slug).SingleOrDefaultAsync(cancellation);
        if (slug is not null) return new MovedResult($"/content/v1/articles/{slug}{context.Request.QueryString}");
        var reason = await live.Withdrawals.Where(withdrawal => withdrawal.ArticleId == id || withdrawal.Slug == article)
            .Select(withdrawal => withdrawal.Reason).FirstOrDefaultAsync(cancellation);
        return reason is null ? new NotFoundProblem() : new WithdrawnProblem(reason);
    }

    /// <summary>A page of live articles in the order that is asked for.</summary>
    internal static async Task<PageResult<ArticleItem>> PageAsync(
        IQueryable<LiveArticle> rows, ArticlePageQuery query, Site site, HttpContext context, Freshness fresh, CancellationToken cancellation)
    {
        var after = Cursor.Read(query.Cursor, context.Request);
        int? total = query.Count == true ? await rows.CountAsync(cancellation) : null;
        var ascending = query.Sort == "publishedAt";
        if (after is { } last)
        {
            var (at, id) = (last.Instant, last.Id);
            rows = ascending
                ? rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.PublishedAt, row.Id), ValueTuple.Create(at, id)))
                : rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.PublishedAt, row.Id), ValueTuple.Create(at, id)));
        }

        rows = ascending
            ? rows.OrderBy(row => row.PublishedAt).ThenBy(row => row.Id)
            : rows.OrderByDescending(row => row.PublishedAt).ThenByDescending(row => row.Id);
        var items = await rows.Take(query.Size + 1).Select(ArticleItem.Of(site.Url)).ToListAsync(cancellation);
        foreach (var item in items) fresh.Tells(item);
        return Pages.Of(items, query, item => new Cursor(Cursor.KeyOf(item.PublishedAt), item.Id), context, total);
    }
}

/// <summary>What every list of live articles can be asked for.</summary>
public class ArticlePageQuery : PageQuery
{
    /// <summary>Newest first, or oldest.</summary>
    [OneOf("-publishedAt", "publishedAt"), DefaultValue("-publishedAt")]
    public string? Sort { get; init; }
}

/// <summary>Which live articles are asked for: in lists and in feeds.</summary>
public sealed class ArticleListQuery
{
    /// <summary>Names these people, by id or slug: repeat it for AND, comma for OR.</summary>
    public string[]? Person { get; init; }

    /// <summary>Names these places, or places within them: repeat it for AND, comma for OR.</summary>
    public string[]? Place { get; init; }

    /// <summary>Names these topics, or narrower ones: repeat it for AND, comma for OR.</summary>
    public string[]? Topic { get; init; }

    /// <summary>Written by these people: repeat it for AND, comma for OR.</summary>
    public string[]? Author { get; init; }

    /// <summary>Only mentions of this relation count.</summary>
    [OneOf<Relation>]
    public string? Relation { get; init; }

    /// <summary><c>false</c> leaves out the places within a place and the narrower topics of a topic.</summary>
    [DefaultValue(true)]
    public bool? Descendants { get; init; }

    /// <summary>In this language: a BCP 47 tag.</summary>
    public string? Language { get; init; }

    /// <summary>Of this form: <c>news</c>, <c>analysis</c> …</summary>
    public string? Genre { get; init; }

    /// <summary>Supplied by this source, as the dateline has it.</summary>
    public string? Source { get; init; }

    /// <summary>First published after this instant.</summary>
    public DateTimeOffset? PublishedAfter { get; init; }

    /// <summary>First published before this instant.</summary>
    public DateTimeOffset? PublishedBefore { get; init; }
}
