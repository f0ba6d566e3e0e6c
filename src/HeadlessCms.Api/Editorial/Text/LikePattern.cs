using System.Text.RegularExpressions;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>A pattern for <c>ILIKE</c>.</summary>
internal static partial class LikePattern
{
    /// <summary>The escape character.</summary>
    public const string Escape = "\\";

    /// <summary>A collation that folds the case of all scripts, whatever the database's default does.</summary>
    public const string AllScripts = "und-x-icu";

    /// <summary>Matches texts that contain <paramref name="text"/> literally.</summary>
    public static string Containing(string text) => $"%{Escaped().Replace(text, @"\$0")}%";

    [GeneratedRegex(@"[\\%_]")]
    private static partial Regex Escaped();
}
