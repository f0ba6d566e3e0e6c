using System.Text;
using AnyAscii;

namespace HeadlessCms.Suggestions;

/// <summary>How words are compared: without case and without the marks of Latin letters.</summary>
internal static class Folding
{
    public static string Fold(ReadOnlySpan<char> word)
    {
        Span<char> lower = word.Length <= 64 ? stackalloc char[word.Length] : new char[word.Length];
        var ascii = true;
        for (var index = 0; index < word.Length; index++)
        {
            lower[index] = char.ToLowerInvariant(word[index]);
            ascii &= lower[index] < 128;
        }
        return ascii ? lower.ToString() : WithoutMarks(lower);
    }

    // Letters of other scripts stay what they are: a transliteration would make one word of two.
    private static string WithoutMarks(ReadOnlySpan<char> lower)
    {
        var folded = new StringBuilder(lower.Length);
        foreach (var letter in lower)
            if (IsLatin(letter))
                folded.Append(letter.ToString().Transliterate().ToLowerInvariant());
            else if (letter == 'ё')
                folded.Append('е'); // Russian mostly leaves the dots out
            else if (!IsAccent(letter))
                folded.Append(letter);
        return folded.ToString();
    }

    // Latin-1 Supplement, Latin Extended-A and -B; Latin Extended Additional
    private static bool IsLatin(char letter) => letter is >= '\u00c0' and <= '\u024f' or >= '\u1e00' and <= '\u1eff';

    // The marks of other scripts, as Arabic's or Devanagari's, are letters of their own.
    private static bool IsAccent(char mark) => mark is >= '\u0300' and <= '\u036f';
}
