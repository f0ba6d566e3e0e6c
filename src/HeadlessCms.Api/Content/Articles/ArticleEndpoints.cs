using System.ComponentModel;
using HeadlessCms.Api.Content.Search;
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
    /// a topic its narrower topics, unless <c>descendants=false</c>. <c>q</c> finds words; with <c>sort=relevance</c> what is about them comes
    /// first.
    ///
    /// With <c>ids</c> the articles come in the order in which they are asked for, all on one page; those that are not live, or that another filter
    /// leaves out, are missing. <c>sort</c> and <c>limit</c> make a list of them like any other.
    /// </remarks>
    private static Task<ArticlePageResult> List(
        [AsParameters] ArticleSearchPageQuery query, [AsParameters] ArticleListQuery filter, LiveDbContext live, Site site, HttpContext context, CancellationToken cancellation)
    {
        if (query.Sort == Relevance.Sort) return Relevance.PageAsync(live, query, filter, site, context, cancellation);
        context.Freshness().Lists(filter);
        return ArticlePages.ReadAsync(ArticleFilter.Apply(live, filter), query, filter, live, site, context, cancellation);
    }

    /// <summary>Reads a live article, whole.</summary>
    /// <remarks>A slug that the article had before is answered with 308 and the one that it has now; what was withdrawn, with 410 and the reason.</remarks>
    private static async Task<Results<PickedResult<ArticleResponse>, MovedResult, WithdrawnProblem, NotFoundProblem>> Read(
        string article, [AsParameters] ArticleQuery query, LiveDbContext live, WholeArticles articles, Site site, HttpContext context, CancellationToken cancellation)
    {
        var picked = PickedFields.Of(query.Fields);
        if (await WorkingCopyPreview.FindAsync(context, article, ArticleResponse.PreviewOf(site.Url).Only(picked)) is { } draft)
            return new PickedResult<ArticleResponse>(draft.Content with { PublishedAt = draft.FirstLive ?? draft.Content.UpdatedAt, Corrections = draft.Corrections }, picked);

        if (await articles.FindAsync(live, article, picked, cancellation) is { } found)
        {
            context.Freshness().TellsAlone(found);
            return new PickedResult<ArticleResponse>(found, picked);
        }

        var slug = await live.ArticleSlugs.Where(old => old.Slug == article)
            .Join(live.Articles, old => old.ArticleId, row => row.Id, (_, row) => row.Slug).SingleOrDefaultAsync(cancellation);
        if (slug is not null) return new MovedResult($"/content/v1/articles/{slug}{context.Request.QueryString}");
        var id = Guid.TryParseExact(article, "D", out var named) ? named : Guid.Empty;
        var reason = await live.Withdrawals.Where(withdrawal => withdrawal.ArticleId == id || withdrawal.Slug == article)
            .Select(withdrawal => withdrawal.Reason).FirstOrDefaultAsync(cancellation);
        return reason is null ? new NotFoundProblem() : new WithdrawnProblem(reason);
    }
}

/// <summary>What a live article can be asked for.</summary>
public sealed class ArticleQuery
{
    /// <summary>Picks members, and members of members: <c>headline,people.name</c>. The others are missing; without it all are there.</summary>
    [FieldsOf<ArticleItem>("ArticleField")]
    public string[]? Fields { get; init; }
}

/// <summary>What every list of live articles can be asked for.</summary>
public class ArticlePageQuery : PageQuery
{
    /// <summary>By when it was first published, newest or oldest first, or by when what readers see was published, newest first.</summary>
    [OneOf(ArticleOrder.Newest, ArticleOrder.Oldest, ArticleOrder.NewestUpdate), DefaultValue(ArticleOrder.Newest)]
    public virtual string? Sort { get; init; }

    /// <summary>Picks members of the articles, and members of members: <c>headline,people.name</c>. The others are missing; without it all but <c>bodyHtml</c> are there.</summary>
    [FieldsOf<ArticleItem>("ArticleField")]
    public string[]? Fields { get; init; }

    /// <summary>Counts the articles of the whole list by what they name: <c>topics,people</c>. The counts are the same on every page of it.</summary>
    [ListOf<ArticleFacet>]
    public string[]? Facets { get; init; }
}

/// <summary>What the list of all live articles can be asked for.</summary>
public sealed class ArticleSearchPageQuery : ArticlePageQuery
{
    /// <summary>
    /// By when it was first published, newest or oldest first, or by when what readers see was published, newest first; with <c>q</c>, what is
    /// about its words first.
    /// </summary>
    [OneOf(ArticleOrder.Newest, ArticleOrder.Oldest, ArticleOrder.NewestUpdate, Relevance.Sort), DefaultValue(ArticleOrder.Newest)]
    public override string? Sort { get; init; }
}

/// <summary>Which live articles are asked for: in lists and in feeds.</summary>
public sealed class ArticleListQuery
{
    /// <summary>These articles alone, by id or slug, at most 100: commas between them.</summary>
    [List(AskedArticles.Most)]
    public string[]? Ids { get; init; }

    /// <summary>
    /// Has these words, in whatever form the language of the article gives them: all of them. <c>"quotes"</c> keep words together, <c>or</c>
    /// lets one do, <c>-</c> before a word leaves out what has it.
    /// </summary>
    [SearchWords]
    public string? Q { get; init; }

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

    /// <summary>Whether it names words and nothing else.</summary>
    internal bool AsksForWordsAlone => this is
    {
        Q: not null, Ids: null or [], Person: null or [], Place: null or [], Topic: null or [], Author: null or [], Language: null, Genre: null, Source: null,
        PublishedAfter: null, PublishedBefore: null,
    };
}
