namespace HeadlessCms.Api.Hosting;

/// <summary>The public site that the content is for.</summary>
internal sealed class Site(IConfiguration configuration)
{
    /// <summary>The hub that is told when feeds change.</summary>
    public const string HubSetting = "Cms:WebSubHub";

    /// <summary><c>Cms:SiteUrl</c> without a slash at its end; null where none is configured.</summary>
    public string? Url { get; } = configuration["Cms:SiteUrl"] is { Length: > 0 } url ? url.TrimEnd('/') : null;

    /// <summary><c>Cms:SiteName</c>.</summary>
    public string Name { get; } = configuration["Cms:SiteName"] ?? "Headless CMS";

    /// <summary><c>Cms:PrivateSite</c>: nobody reads it without a key.</summary>
    public bool IsPrivate { get; } = configuration.GetValue("Cms:PrivateSite", false);

    /// <summary><c>Cms:WebSubHub</c>; null where none is configured, and on a private site, whose feeds no hub could read.</summary>
    public string? HubUrl { get; } =
        configuration[HubSetting] is { Length: > 0 } hub && !configuration.GetValue("Cms:PrivateSite", false) ? hub : null;

    /// <summary><c>Cms:SiteLanguage</c>: the BCP 47 tag of the language that the site is in.</summary>
    public string Language { get; } = configuration["Cms:SiteLanguage"] ?? "en";
}
