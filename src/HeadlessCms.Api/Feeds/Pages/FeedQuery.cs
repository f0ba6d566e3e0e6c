using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Http.Input;

namespace HeadlessCms.Api.Feeds.Pages;

/// <summary>Query parameters of a feed.</summary>
public sealed class FeedQuery
{
    /// <summary>The default of <see cref="Limit"/>.</summary>
    public const int DefaultLimit = 30;

    /// <summary>The maximum number of articles, 1 to 100.</summary>
    [Range(1, 100), DefaultValue(DefaultLimit)]
    public int? Limit { get; init; }

    /// <summary>
    /// Continues after a page with the same filter. Use the link to the next page in the <c>Link</c> header or in the feed.
    /// </summary>
    public string? Cursor { get; init; }

    /// <summary>
    /// Reads the archive from a <c>prev-archive</c> or <c>next-archive</c> link; not with <c>limit</c>, <c>cursor</c> or <c>sort</c>.
    /// </summary>
    public string? Archive { get; init; }

    /// <summary>
    /// The sort order: by first publication, or by latest publication, so that updated and corrected articles come first again.
    /// </summary>
    [OneOf("FeedSort", ArticleOrder.Newest, ArticleOrder.NewestUpdate), DefaultValue(ArticleOrder.Newest)]
    public string? Sort { get; init; }

    /// <summary>Whether articles have their full body or only the summary.</summary>
    [OneOf("FeedText", "full", "summary"), DefaultValue("full")]
    public string? Text { get; init; }

    internal int Size => Limit ?? DefaultLimit;

    internal bool IsFirstPage => Cursor is null && Archive is null;

    internal bool IsByUpdate => Sort == ArticleOrder.NewestUpdate;

    internal bool IsFull => Text != "summary";
}
