using System.Text.RegularExpressions;

namespace HeadlessCms.Core.Articles;

/// <summary>What counts as a word in the length of a text.</summary>
public static partial class BodyWords
{
    /// <summary>The number of words in a text.</summary>
    public static int Count(string text) => Word().Count(text);

    /// <summary>The words of a text, each with its position.</summary>
    public static IEnumerable<Match> In(string text) => Word().Matches(text);

    // Chinese characters and kana count one each; other scripts part words by what is no letter or digit.
    [GeneratedRegex(
        @"[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}]"
            + @"|[\p{L}\p{M}\p{N}-[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}]]+(?:['’.-][\p{L}\p{M}\p{N}]+)*"
    )]
    private static partial Regex Word();
}
