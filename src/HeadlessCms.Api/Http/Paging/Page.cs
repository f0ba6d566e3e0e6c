using System.Text.Json.Serialization;

namespace HeadlessCms.Api.Http.Paging;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Items">The items of this page.</param>
/// <param name="NextCursor">The cursor of the next page; null on the last page.</param>
public record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>With <c>count=true</c>: the number of items in the whole list.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Total { get; init; }

    internal Page<TOther> To<TOther>(Func<T, TOther> item) => With([.. Items.Select(item)]);

    internal Page<TOther> With<TOther>(IReadOnlyList<TOther> items) => new(items, NextCursor) { Total = Total };
}
