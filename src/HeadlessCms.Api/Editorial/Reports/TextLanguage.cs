using Lingua;

namespace HeadlessCms.Api.Editorial.Reports;

/// <summary>
/// Detects the language of a text among those of <see cref="Known"/>. The models are read at the first use of their script, about 80 MB
/// for all; those of longer sequences of letters, which short texts would need, take ten times as much.
/// </summary>
internal static class TextLanguage
{
    private const int Enough = 2_000;
    private const int FewestLetters = 40;
    private const int FewestLettersOfManyForms = 10;

    /// <summary>The languages that are told apart.</summary>
    public static readonly IReadOnlyList<Language> Known =
    [
        Language.Arabic,
        Language.Bokmal,
        Language.Chinese,
        Language.Czech,
        Language.Danish,
        Language.Dutch,
        Language.English,
        Language.Finnish,
        Language.French,
        Language.German,
        Language.Greek,
        Language.Hebrew,
        Language.Hindi,
        Language.Hungarian,
        Language.Indonesian,
        Language.Italian,
        Language.Japanese,
        Language.Kazakh,
        Language.Korean,
        Language.Persian,
        Language.Polish,
        Language.Portuguese,
        Language.Romanian,
        Language.Russian,
        Language.Spanish,
        Language.Swedish,
        Language.Turkish,
        Language.Ukrainian,
        Language.Urdu,
        Language.Vietnamese,
    ];

    private static readonly Lazy<LanguageDetector> Detector = new(() =>
        LanguageDetectorBuilder.FromLanguages([.. Known]).WithLowAccuracyMode().Build()
    );

    /// <summary>The BCP 47 tag of the language of a text; null where it is too short to tell, or none of those known.</summary>
    public static string? Of(string text)
    {
        var start = text[..Math.Min(text.Length, Enough)];
        if (start.Count(char.IsLetter) < (start.Any(IsIdeographic) ? FewestLettersOfManyForms : FewestLetters))
            return null;
        // Tajik is not among the models, and is the only language with these letters.
        if (start.Count(letter => letter is 'ҷ' or 'Ҷ' or 'ӯ' or 'Ӯ' or 'ӣ' or 'Ӣ') >= 2)
            return "tg";
        return Detector.Value.DetectLanguageOf(start) switch
        {
            Language.Unknown => null,
            Language.Bokmal => "nb",
            var language => language.IsoCode6391().ToString().ToLowerInvariant(),
        };
    }

    private static bool IsIdeographic(char letter) => letter is >= '\u3040' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7A3';
}
