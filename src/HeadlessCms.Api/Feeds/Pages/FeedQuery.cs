using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;

namespace HeadlessCms.Api.Feeds.Pages;

/// <summary>What every feed can be asked for.</summary>
public sealed class FeedQuery
{
    /// <summary>How many stories at most, 1 to 100.</summary>
    [Range(1, 100), DefaultValue(PageQuery.DefaultLimit)]
    public int? Limit { get; init; }

    /// <summary>Goes on where a page ended, with the same filter: the <c>Link</c> header and the formats that know pages name the next one.</summary>
    public string? Cursor { get; init; }

    /// <summary>Reads the feed's archive from where it is told: the links named <c>prev-archive</c> and <c>next-archive</c> lead there. It goes with neither <c>limit</c> nor <c>cursor</c>.</summary>
    public string? Archive { get; init; }

    /// <summary>The whole text, or the summary alone.</summary>
    [OneOf("full", "summary"), DefaultValue("full")]
    public string? Text { get; init; }

    internal int Size => Limit ?? PageQuery.DefaultLimit;

    internal bool IsFirstPage => Cursor is null && Archive is null;

    internal bool IsFull => Text != "summary";
}
