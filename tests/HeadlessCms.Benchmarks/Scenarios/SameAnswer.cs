using System.Globalization;
using System.Text.Json;

namespace HeadlessCms.Benchmarks.Scenarios;

/// <summary>
/// Checks that both servers return the same JSON, with instants compared as instants. Cursors and marked words may differ.
/// </summary>
internal static class SameAnswer
{
    /// <summary>The first difference between two responses; null if there is none.</summary>
    public static async Task<string?> DifferenceAsync(HttpClient app, HttpClient yardsticks, IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var (ours, theirs) = (await app.GetStringAsync(path), await yardsticks.GetStringAsync(path));
            using var first = JsonDocument.Parse(ours);
            using var second = JsonDocument.Parse(theirs);
            if (Difference(first.RootElement, second.RootElement, "") is { } where)
                return $"{path} differs at {where}";
        }

        return null;
    }

    private static string? Difference(JsonElement ours, JsonElement theirs, string at)
    {
        if (at.EndsWith("/highlights", StringComparison.Ordinal) || at.EndsWith("/highlight", StringComparison.Ordinal))
            return null;
        if (ours.ValueKind != theirs.ValueKind)
            return at;
        switch (ours.ValueKind)
        {
            case JsonValueKind.Object:
                var (mine, other) = (ours.EnumerateObject().ToList(), theirs.EnumerateObject().ToList());
                if (mine.Count != other.Count)
                    return at;
                return mine.Select(member =>
                        theirs.TryGetProperty(member.Name, out var same)
                            ? Difference(member.Value, same, $"{at}/{member.Name}")
                            : $"{at}/{member.Name}"
                    )
                    .FirstOrDefault(where => where is not null);
            case JsonValueKind.Array:
                if (ours.GetArrayLength() != theirs.GetArrayLength())
                    return at;
                return ours.EnumerateArray()
                    .Zip(theirs.EnumerateArray())
                    .Select((pair, index) => Difference(pair.First, pair.Second, $"{at}/{index}"))
                    .FirstOrDefault(where => where is not null);
            case JsonValueKind.Number:
                return ours.GetDouble().Equals(theirs.GetDouble()) ? null : at;
            case JsonValueKind.String when !at.EndsWith("Cursor", StringComparison.Ordinal):
                return ours.GetString() == theirs.GetString() || Instant(ours) is { } one && one == Instant(theirs) ? null : at;
            default:
                return null;
        }
    }

    private static DateTimeOffset? Instant(JsonElement text) =>
        DateTimeOffset.TryParse(text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : null;
}
