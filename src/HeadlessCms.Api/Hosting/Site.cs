using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core;

namespace HeadlessCms.Api.Hosting;

/// <summary>The public site that the content is for.</summary>
internal sealed class Site(CmsOptions options)
{
    /// <summary><c>Cms:SiteUrl</c> without a slash at its end; null where none is configured.</summary>
    public string? Url { get; } = options.SiteUrl?.TrimEnd('/');

    /// <summary><c>Cms:SiteName</c>.</summary>
    public string Name { get; } = options.SiteName;

    /// <summary><c>Cms:PrivateSite</c>: nobody reads it without a key.</summary>
    public bool IsPrivate { get; } = options.PrivateSite;

    /// <summary><c>Cms:WebSubHub</c>; null where none is configured, and on a private site, whose feeds no hub could read.</summary>
    public string? HubUrl { get; } = options.PrivateSite ? null : options.WebSubHub;

    /// <summary><c>Cms:Slugs</c>.</summary>
    public SlugScript Slugs { get; } = options.Slugs;

    /// <summary><c>Cms:SiteLogo</c>: the picture of the feeds and the logo of the publisher; null where none is configured.</summary>
    public string? LogoUrl { get; } = options.SiteLogo;

    /// <summary><c>Cms:TeaserWords</c>: how many words of a body are for readers below its tier.</summary>
    public int TeaserWords { get; } = options.TeaserWords;

    /// <summary><c>Cms:SiteLanguage</c>: the BCP 47 tag of the language that the site is in.</summary>
    public string Language { get; } = LanguageTag.Canonical(options.SiteLanguage);
}
