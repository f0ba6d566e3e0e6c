using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace HeadlessCms.Api.Http.Paging;

/// <summary>The parameters that every list has.</summary>
public abstract class PageQuery
{
    /// <summary>How many items a page has where nobody asks.</summary>
    public const int DefaultLimit = 20;

    /// <summary>How many items at most, 1 to 100.</summary>
    [Range(1, 100), DefaultValue(DefaultLimit)]
    public int? Limit { get; init; }

    /// <summary>Continues a list: its <c>nextCursor</c>, with the same filter and sort.</summary>
    public string? Cursor { get; init; }

    /// <summary><c>true</c> adds <c>total</c>.</summary>
    [DefaultValue(false)]
    public bool? Count { get; init; }

    internal int Size => Limit ?? DefaultLimit;
}
