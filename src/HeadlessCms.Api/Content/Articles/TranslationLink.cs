using HeadlessCms.Core;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>The same story in another language.</summary>
/// <param name="Id">UUID v7; it never changes.</param>
/// <param name="Slug">The slug, used in URLs.</param>
/// <param name="Url">The URL of the article on the public site; null if no site is configured.</param>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Headline">The headline.</param>
public sealed record TranslationLink(Guid Id, string Slug, string? Url, string Language, string Headline)
{
    /// <summary>The live translations of an article, or its original and the other translations of that, by language.</summary>
    internal static IReadOnlyList<TranslationLink> Of(LiveTranslations translations, string? site) =>
        [
            .. translations
                .Live.OrderBy(translation => translation.Language, StringComparer.Ordinal)
                .ThenBy(translation => translation.Id)
                .Select(translation => new TranslationLink(
                    translation.Id,
                    translation.Slug,
                    site is null ? null : Address.Ascii($"{site}/{translation.Slug}"),
                    translation.Language,
                    translation.Headline
                )),
        ];
}
