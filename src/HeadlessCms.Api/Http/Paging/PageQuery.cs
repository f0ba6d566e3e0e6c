using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace HeadlessCms.Api.Http.Paging;

/// <summary>The parameters of every list.</summary>
public abstract class PageQuery
{
    /// <summary>The default of <see cref="Limit"/>.</summary>
    public const int DefaultLimit = 20;

    /// <summary>The maximum number of items on a page, from 1 to 100.</summary>
    [Range(1, 100), DefaultValue(DefaultLimit)]
    public int? Limit { get; init; }

    /// <summary>The <c>nextCursor</c> of the previous page, with the same filter and sort.</summary>
    public string? Cursor { get; init; }

    /// <summary><c>true</c> adds <c>total</c>, the number of items in the whole list.</summary>
    [DefaultValue(false)]
    public bool? Count { get; init; }

    internal int Size => Limit ?? DefaultLimit;
}
