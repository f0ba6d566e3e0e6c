using System.Text.Json.Serialization;

namespace HeadlessCms.Api.Http.Paging;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
/// <param name="Items">The items of this page.</param>
/// <param name="NextCursor">Names the next page; null on the last one.</param>
public record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>With <c>count=true</c>: how many items the whole list has.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Total { get; init; }

    internal Page<TOther> To<TOther>(Func<T, TOther> item) => With([.. Items.Select(item)]);

    internal Page<TOther> With<TOther>(IReadOnlyList<TOther> items) => new(items, NextCursor) { Total = Total };
}
