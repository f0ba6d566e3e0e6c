namespace HeadlessCms.Api.Editorial;

/// <summary>Patterns for <c>ILIKE</c>.</summary>
internal static class Patterns
{
    /// <summary>What has <paramref name="text"/> in it, taken to the letter.</summary>
    public static string Containing(string text) =>
        $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
