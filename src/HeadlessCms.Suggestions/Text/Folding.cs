using System.Globalization;
using System.Text;

namespace HeadlessCms.Suggestions;

/// <summary>How words are compared: without case and without the marks that Latin, Greek and Cyrillic letters carry.</summary>
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
        return ascii ? lower.ToString() : WithoutMarks(lower.ToString());
    }

    private static string WithoutMarks(string lower)
    {
        var folded = new StringBuilder(lower.Length);
        foreach (var letter in Decomposed(lower))
            switch (letter)
            {
                case 'ß':
                    folded.Append("ss");
                    break;
                case 'æ':
                    folded.Append("ae");
                    break;
                case 'ø':
                    folded.Append('o');
                    break;
                case 'đ':
                    folded.Append('d');
                    break;
                case 'ł':
                    folded.Append('l');
                    break;
                case 'ı':
                    folded.Append('i');
                    break;
                case 'ё':
                    folded.Append('е');
                    break;
                default:
                    if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark || !IsAccent(letter))
                        folded.Append(letter);
                    break;
            }
        return folded.ToString();
    }

    // A lone surrogate cannot be decomposed; such a word is compared as it is.
    private static string Decomposed(string word)
    {
        try
        {
            return word.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            return word;
        }
    }

    // The marks of other scripts, as Arabic's or Devanagari's, are letters of their own.
    private static bool IsAccent(char mark) => mark is >= '\u0300' and <= '\u036f';
}
