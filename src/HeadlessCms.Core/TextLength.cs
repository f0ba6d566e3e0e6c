namespace HeadlessCms.Core;

/// <summary>
/// The length of a text in characters: Unicode code points, as JSON Schema, OpenAPI and PostgreSQL count them. A C# string counts UTF-16
/// code units instead, of which an emoji has two.
/// </summary>
public static class TextLength
{
    /// <summary>The number of code points of <paramref name="text"/>; 0 for null. Half of a surrogate pair counts as one.</summary>
    public static int Of(string? text)
    {
        if (text is null)
            return 0;
        var length = text.Length;
        for (var at = 1; at < text.Length; at++)
            if (char.IsSurrogatePair(text[at - 1], text[at]))
                length--;
        return length;
    }
}
