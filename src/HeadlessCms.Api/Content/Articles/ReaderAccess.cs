using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Previews;
using HeadlessCms.Core.Articles;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>
/// What a caller may read of bodies. The default may read nothing that has a tier, so that whoever forgets it shows too little.
/// </summary>
/// <param name="Tier">The caller's tier.</param>
/// <param name="TeaserWords">How many words of other bodies it gets.</param>
internal readonly record struct ReaderAccess(AccessTier Tier, int TeaserWords)
{
    /// <summary>Whether a body of a tier is read whole.</summary>
    public bool Opens(AccessTier tier) => tier <= Tier;

    /// <summary>What is read of a body of a tier.</summary>
    public string? Of(string? body, AccessTier tier) => body is null || Opens(tier) ? body : Teaser.Of(body, TeaserWords);

    /// <summary>That of the caller. A preview shows what a subscriber will see.</summary>
    public static ReaderAccess Of(HttpContext context) =>
        new(
            context.Features.Get<Preview>() is null ? context.User.AccessTier() : AccessTier.Subscriber,
            context.RequestServices.GetRequiredService<Site>().TeaserWords
        );
}

/// <summary>Gives articles to the caller.</summary>
internal static class ReaderAccessExtensions
{
    /// <summary>The article as the caller may read it.</summary>
    public static T ReadBy<T>(this T article, HttpContext context)
        where T : ArticleItem => article with { Reader = ReaderAccess.Of(context) };

    /// <summary>The articles as the caller may read them.</summary>
    public static List<T> ReadBy<T>(this IEnumerable<T> articles, HttpContext context)
        where T : ArticleItem
    {
        var reader = ReaderAccess.Of(context);
        return [.. articles.Select(article => article with { Reader = reader })];
    }
}
