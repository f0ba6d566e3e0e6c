using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;

namespace HeadlessCms.Api.Feeds.Pages;

/// <summary>Query parameters of a feed.</summary>
public sealed class FeedQuery
{
    /// <summary>The maximum number of articles, 1 to 100.</summary>
    [Range(1, 100), DefaultValue(PageQuery.DefaultLimit)]
    public int? Limit { get; init; }

    /// <summary>
    /// Continues after a page with the same filter. Use the link to the next page in the <c>Link</c> header or in the feed.
    /// </summary>
    public string? Cursor { get; init; }

    /// <summary>Reads the archive from a <c>prev-archive</c> or <c>next-archive</c> link; not with <c>limit</c> or <c>cursor</c>.</summary>
    public string? Archive { get; init; }

    /// <summary>Whether articles have their full body or only the summary.</summary>
    [OneOf("full", "summary"), DefaultValue("full")]
    public string? Text { get; init; }

    internal int Size => Limit ?? PageQuery.DefaultLimit;

    internal bool IsFirstPage => Cursor is null && Archive is null;

    internal bool IsFull => Text != "summary";
}
