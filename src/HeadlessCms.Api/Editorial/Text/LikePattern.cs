namespace HeadlessCms.Api.Editorial.Text;

/// <summary>A pattern for <c>ILIKE</c>.</summary>
internal static class LikePattern
{
    /// <summary>What takes the meaning of a sign of patterns away.</summary>
    public const string Escape = "\\";

    /// <summary>The collation that knows capital letters of all scripts, whatever the database's own does.</summary>
    public const string AllScripts = "und-x-icu";

    /// <summary>What has <paramref name="text"/> in it, taken to the letter.</summary>
    public static string Containing(string text) =>
        $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
