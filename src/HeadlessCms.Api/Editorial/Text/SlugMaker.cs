using System.Text.RegularExpressions;
using AnyAscii;
using HeadlessCms.Core;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>Derives a slug from a headline or a name in any script, by transliteration.</summary>
internal static partial class SlugMaker
{
    /// <param name="text">The headline or name.</param>
    /// <param name="otherwise">The slug where the text has no ASCII transliteration.</param>
    public static string Make(string text, string otherwise)
    {
        var ascii = Apostrophe().Replace(text.Transliterate().ToLowerInvariant(), "");
        var slug = NoWord().Replace(ascii, "-").Trim('-');
        if (slug.Length > Slug.MaxLength)
        {
            var cut = slug.LastIndexOf('-', Slug.MaxLength);
            slug = slug[..(cut > 0 ? cut : Slug.MaxLength)];
        }

        return slug.Length > 0 ? slug : otherwise;
    }

    [GeneratedRegex("['’`]")]
    private static partial Regex Apostrophe();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoWord();
}
