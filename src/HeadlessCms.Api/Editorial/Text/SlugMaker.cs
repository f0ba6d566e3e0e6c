using System.Text;
using System.Text.RegularExpressions;
using AnyAscii;
using HeadlessCms.Core;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>Derives a slug from a headline or a name in any script.</summary>
internal static partial class SlugMaker
{
    // Letters that carry a vowel, or stand for one, but that the transliteration leaves out.
    private static readonly Dictionary<char, string> Vowels = new()
    {
        ['ا'] = "a",
        ['أ'] = "a",
        ['ٱ'] = "a",
        ['إ'] = "i",
        ['ع'] = "a",
        ['א'] = "a",
        ['ע'] = "a",
        ['ܐ'] = "a",
        ['ܥ'] = "a",
        ['እ'] = "e",
        ['ዕ'] = "e",
        ['အ'] = "a",
        ['អ'] = "a",
        ['འ'] = "a",
        ['ཨ'] = "a",
        ['ອ'] = "o",
    };

    /// <param name="text">The headline or name; for slugs in any script composed (NFKC).</param>
    /// <param name="language">BCP 47 tag of its language.</param>
    /// <param name="script">The script of slugs.</param>
    /// <param name="otherwise">The slug where none can be made of the text.</param>
    public static string Make(string text, string language, SlugScript script, string otherwise)
    {
        var slug = script == SlugScript.Unicode ? InUnicode(text) : InAscii(text, language);
        if (slug.Length > Slug.MaxLength)
        {
            var cut = slug.LastIndexOf('-', Slug.MaxLength);
            slug = Slug.Cut(slug, cut > 0 ? cut : Slug.MaxLength);
        }

        return slug.Length > 0 ? slug : otherwise;
    }

    /// <summary>Whether a text may be other than composed (NFKC).</summary>
    public static bool MayNeedComposing(string text) => Decomposed().IsMatch(text);

    private static string InUnicode(string text) => NoUnicodeWord().Replace(Apostrophe().Replace(Lower(text), ""), "-").Trim('-');

    // Without ICU the I with a dot and letters outside the Basic Multilingual Plane keep their case.
    private static string Lower(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.Value == 'İ' ? "i" : Rune.ToLowerInvariant(rune).ToString()));

    private static string InAscii(string text, string language)
    {
        if (IsJapanese(text, language))
            text = InJapanese(text);
        var letters = new StringBuilder(text.Length);
        foreach (var letter in text)
            letters.Append(Vowels.TryGetValue(letter, out var vowel) ? vowel : letter.ToString());
        var ascii = Apostrophe().Replace(letters.ToString().Transliterate().ToLowerInvariant(), "");
        return NoWord().Replace(ascii, "-").Trim('-');
    }

    private static bool IsJapanese(string text, string language) =>
        Kana().IsMatch(text) || language is "ja" || language.StartsWith("ja-", StringComparison.Ordinal);

    // How kanji are read depends on the word, and the transliteration reads them as Mandarin. So beside kanji only what can be read without
    // a dictionary stays: words in katakana, Latin letters and digits.
    private static string InJapanese(string text)
    {
        if (Kanji().IsMatch(text))
            text = NotReadable().Replace(text, " ");
        return Doubled()
            .Replace(Glide().Replace(text, match => Glided(match.Value)), match =>
                Sound(match.Groups[1].Value)[..1] + match.Groups[1].Value
            );
    }

    // Hepburn: a small ya, yu or yo takes the place of the vowel before it.
    private static string Glided(string kana)
    {
        var (sound, glide) = (Sound(kana[..1]), Sound(kana[1..]));
        return sound[..^1] + (sound is "shi" or "chi" or "ji" or "zhi" ? glide[1..] : glide);
    }

    private static string Sound(string kana) => kana.Transliterate().ToLowerInvariant();

    [GeneratedRegex("['’ʼ`´]")]
    private static partial Regex Apostrophe();

    [GeneratedRegex(
        @"[\p{M}\u00A0-\u00BF\u0132-\u0149\u017F\u01C4-\u01F3\u02B0-\u02FF\u1100-\u11FF\u1D00-\u1DBF"
            + @"\u2000-\u303F\u3130-\u33FF\uD835\uF900-\uFFFF]"
    )]
    private static partial Regex Decomposed();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoWord();

    // .NET sees letters outside the Basic Multilingual Plane as two surrogates; U+1F000 to U+1FAFF are emoji.
    [GeneratedRegex(@"([^\p{Ll}\p{Lo}\p{Lm}\p{M}\p{Nd}\p{Cs}]|[\uD83C-\uD83E][\uDC00-\uDFFF])+")]
    private static partial Regex NoUnicodeWord();

    [GeneratedRegex(@"[\p{IsHiragana}\p{IsKatakana}-[・]]")]
    private static partial Regex Kana();

    [GeneratedRegex(@"[\p{IsCJKUnifiedIdeographs}\p{IsCJKUnifiedIdeographsExtensionA}\p{IsCJKCompatibilityIdeographs}々〆\uD840-\uD888]")]
    private static partial Regex Kanji();

    [GeneratedRegex(@"[^\p{IsKatakana}\p{IsBasicLatin}\p{IsLatin-1Supplement}\p{IsLatinExtended-A}]+|・")]
    private static partial Regex NotReadable();

    [GeneratedRegex("[きしちにひみりぎじぢびぴキシチニヒミリギジヂビピ][ゃゅょャュョ]")]
    private static partial Regex Glide();

    [GeneratedRegex("[っッ]([か-ちつ-ほぁ-んカ-チツ-ホァ-ンa-z])")]
    private static partial Regex Doubled();
}
