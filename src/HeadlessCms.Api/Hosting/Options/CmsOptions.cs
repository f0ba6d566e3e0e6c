using System.ComponentModel.DataAnnotations;
using System.Net;
using HeadlessCms.Core.Access;

namespace HeadlessCms.Api.Hosting.Options;

/// <summary>
/// The settings of the section <c>Cms</c>. They are read once, at start; an unknown name or an impossible value ends the start. Empty
/// values count as unset. Each property is described in <c>docs/settings.md</c>.
/// </summary>
internal sealed class CmsOptions
{
    public const string Section = "Cms";

    /// <summary>The services whose addresses are known.</summary>
    public static readonly IReadOnlyList<string> EmbedNames =
    [
        "youtube",
        "vimeo",
        "spotify",
        "soundcloud",
        "x",
        "mastodon",
        "bluesky",
        "instagram",
        "tiktok",
        "facebook",
        "datawrapper",
        "flourish",
    ];

    /// <summary>Directory of the private PostgreSQL and the development key, relative to the checkout. Default <c>.data</c>.</summary>
    public string DataDirectory { get; init; } = ".data";

    /// <summary>The password of <c>ConnectionStrings:Cms</c>, where that has none. Default: none.</summary>
    public string? DatabasePassword { get; init; }

    /// <summary>
    /// Whether Content and Feeds answer although their connection may read drafts, because the role <c>cms_live</c> is not in force.
    /// Default: they answer 503.
    /// </summary>
    public bool AllowSharedRole { get; init; }

    /// <summary>The first admin key. Default: none; in Development one is generated and kept in <see cref="DataDirectory"/>.</summary>
    public string? AdminKey { get; init; }

    /// <summary>Whether an empty database gets the sample newsroom. Default: only in Development.</summary>
    public bool? SampleContent { get; init; }

    /// <summary>Absolute URL of the public site; canonical links are <c>{SiteUrl}/{slug}</c>. Default: none.</summary>
    public string? SiteUrl { get; init; }

    /// <summary>
    /// Absolute URL at which programs reach this API: the server of the OpenAPI documents. Default: none; a client then resolves it
    /// against the URL of the document.
    /// </summary>
    public string? ApiUrl { get; init; }

    /// <summary>Name of the public site, at most 200 characters.</summary>
    [StringLength(200, ErrorMessage = "{0} must have at most {1} characters.")]
    public string SiteName { get; init; } = "Headless CMS";

    /// <summary>Absolute https URL of the site's logo, at most 2,048 characters. Default: none.</summary>
    [StringLength(2_048, ErrorMessage = "{0} must have at most {1} characters.")]
    public string? SiteLogo { get; init; }

    /// <summary>BCP 47 tag of the site's language, and of articles saved without one. Default <c>en</c>.</summary>
    [StringLength(35, ErrorMessage = "{0} must have at most {1} characters.")]
    [RegularExpression(HeadlessCms.Core.LanguageTag.Pattern, ErrorMessage = "{0} must be a BCP 47 language tag, such as en or zh-Hant.")]
    public string SiteLanguage { get; init; } = "en";

    /// <summary>
    /// The letters of slugs: <c>ascii</c>, or <c>unicode</c> for letters and digits of any script, percent-encoded in URLs. Default
    /// <c>ascii</c>.
    /// </summary>
    public HeadlessCms.Core.SlugScript Slugs { get; init; }

    /// <summary>
    /// The services that a body may embed: names of <see cref="EmbedNames"/>, hosts, or <c>none</c>, separated by commas. Default: all
    /// names.
    /// </summary>
    public IReadOnlyList<string> Embeds { get; init; } = EmbedNames;

    /// <summary>How many words of a body are for readers below its tier, 0 to 10,000. Default 60.</summary>
    [Range(0, 10_000, ErrorMessage = "{0} must be from {1} to {2}.")]
    public int TeaserWords { get; init; } = 60;

    /// <summary>Whether Content and Feeds ask for a key. Default <c>false</c>.</summary>
    public bool PrivateSite { get; init; }

    /// <summary>
    /// Absolute https URL of the WebSub hub that is notified when feeds change. Needs <see cref="SiteUrl"/>. Default: none.
    /// </summary>
    public string? WebSubHub { get; init; }

    /// <summary>
    /// Whether this node follows the change log and sends webhooks; <c>false</c> leaves that to other nodes. Default <c>true</c>.
    /// </summary>
    public bool BackgroundWork { get; init; } = true;

    /// <summary>
    /// How long a node answers after SIGTERM while it is not ready, so that load balancers leave it; at most 5 minutes. Default 5 seconds
    /// in Production, otherwise none.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan? Drain { get; init; }

    /// <summary>
    /// Addresses and networks (CIDR) of the proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed, separated by
    /// commas. Default: none.
    /// </summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>Whether Swagger UI and the OpenAPI documents are served. Default <c>true</c>.</summary>
    public bool Docs { get; init; } = true;

    public CacheOptions Cache { get; } = new();

    public ReplicaOptions Replicas { get; } = new();

    public RateLimitOptions RateLimits { get; } = new();

    public ConcurrencyOptions Concurrency { get; } = new();

    public CdnOptions Cdn { get; } = new();

    public WebhookOptions Webhooks { get; } = new();

    public RetentionOptions Retention { get; } = new();

    public SuggestionOptions Suggestions { get; } = new();

    public OidcOptions Oidc { get; } = new();

    public ManagementOptions Management { get; } = new();

    public KeyRingOptions DataProtection { get; } = new();

    /// <summary>Reads the section and checks it.</summary>
    /// <exception cref="InvalidSettingsException">A name is unknown or a value is impossible; the message has one line for
    /// each.</exception>
    public static CmsOptions Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var options = new CmsOptions();
        var reader = new OptionsReader(Section);
        reader.Read(options, configuration.GetSection(Section));
        reader.Errors.AddRange(options.Conflicts(environment.IsDevelopment()));
        if (bool.TryParse(configuration["ForwardedHeaders_Enabled"], out var believesEverybody) && believesEverybody)
            reader.Errors.Add("ASPNETCORE_FORWARDEDHEADERS_ENABLED believes every caller; set Cms:Proxies to your proxies instead.");
        return reader.Errors.Count == 0 ? options : throw new InvalidSettingsException(reader.Errors);
    }

    // The rules that attributes cannot express.
    private IEnumerable<string> Conflicts(bool isDevelopment)
    {
        if (AdminKey is not null && !ApiKey.TryParse(AdminKey, out _, out _))
            yield return "Cms:AdminKey must be cms_<8 of a-z 0-9>_<32 or more of A-Z a-z 0-9>.";
        if (SiteUrl is not null && !IsUrl(SiteUrl, url => url.Query.Length == 0))
            yield return "Cms:SiteUrl must be an absolute http or https URL without a query.";
        if (ApiUrl is not null && !IsUrl(ApiUrl, url => url.Query.Length == 0))
            yield return "Cms:ApiUrl must be an absolute http or https URL without a query.";
        if (SiteLogo is not null && !IsUrl(SiteLogo, IsHttps))
            yield return "Cms:SiteLogo must be an absolute https URL.";
        if (WebSubHub is not null && !IsUrl(WebSubHub, url => IsHttps(url) || isDevelopment && url.IsLoopback))
            yield return "Cms:WebSubHub must be an absolute https URL; in Development it may be an http one of this machine.";
        if (WebSubHub is not null && SiteUrl is null && !PrivateSite)
            yield return "Cms:WebSubHub needs Cms:SiteUrl: the hub must know where the feeds are.";
        if (Oidc.Authority is not null && !IsUrl(Oidc.Authority, url => IsHttps(url) || isDevelopment))
            yield return "Cms:Oidc:Authority must be an absolute https URL; in Development it may be an http one.";
        if (Oidc.Authority is not null && Oidc.Audience is null)
            yield return "Cms:Oidc:Authority needs Cms:Oidc:Audience: tokens made for others must not be accepted.";
        if (DataProtection.Certificate is not null && DataProtection.Directory is null && !isDevelopment)
            yield return "Cms:DataProtection:Certificate needs Cms:DataProtection:Directory.";
        foreach (var conflict in Cdn.Conflicts(address => IsUrl(address, url => url.Query.Length == 0)))
            yield return conflict;
        foreach (var embed in Embeds.Where(embed => !IsEmbed(embed)))
            yield return $"Cms:Embeds has '{embed}'; it must be {string.Join(", ", EmbedNames)}, a host such as player.example, or none.";
        foreach (var proxy in Proxies.Where(proxy => !IsAddressOrNetwork(proxy)))
            yield return $"Cms:Proxies has '{proxy}'; it must be an address or a network such as 10.0.0.0/8.";
        foreach (var url in Management.Urls.Where(url => !IsListenAddress(url)))
            yield return $"Cms:Management:Urls has '{url}'; it must be an http URL without a path, such as http://127.0.0.1:9090.";
    }

    private static bool IsEmbed(string text) =>
        text == "none"
        || EmbedNames.Contains(text, StringComparer.OrdinalIgnoreCase)
        || text.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(text) is UriHostNameType.Dns;

    private static bool IsAddressOrNetwork(string text) =>
        text.AsSpan().ContainsAny('.', ':') && (IPAddress.TryParse(text, out _) || IPNetwork.TryParse(text, out _));

    private static bool IsListenAddress(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            return address is { Scheme: "http", PathBase: "", IsUnixPipe: false, IsNamedPipe: false, Port: >= 0 and <= 65_535 };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsHttps(Uri url) => url.Scheme == Uri.UriSchemeHttps;

    private static bool IsUrl(string text, Func<Uri, bool> isAllowed) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url is { UserInfo: "", Fragment: "", Host.Length: > 0 }
        && Uri.IsWellFormedUriString(text, UriKind.Absolute)
        && (IsHttps(url) || url.Scheme == Uri.UriSchemeHttp)
        && isAllowed(url);
}
