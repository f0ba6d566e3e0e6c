using System.ComponentModel.DataAnnotations;

namespace HeadlessCms.Api.Hosting.Options;

/// <summary>A CDN, or a cache of one's own, that purges by tag.</summary>
internal enum CdnProvider
{
    /// <summary>No purges are sent.</summary>
    None,

    /// <summary>Varnish with vmod xkey and the VCL of <c>docs/varnish</c>.</summary>
    Varnish,

    Fastly,
    Cloudflare,
}

/// <summary><c>Cms:Cdn</c>: the CDN before Content and Feeds.</summary>
internal sealed class CdnOptions
{
    /// <summary>The length of one tag, in bytes. Fastly and Cloudflare take 1,024.</summary>
    public const int MaxTagLength = 1_000;

    /// <summary>The response headers that a CDN reads tags from, each with the separator of its values.</summary>
    public static readonly IReadOnlyDictionary<string, char> TagHeaderSeparators = new Dictionary<string, char>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["Cache-Tag"] = ',',
        ["Surrogate-Key"] = ' ',
        ["xkey"] = ' ',
    };

    /// <summary><c>varnish</c>, <c>fastly</c> or <c>cloudflare</c>. Default <c>none</c>: nothing is purged.</summary>
    public CdnProvider Provider { get; init; }

    /// <summary>
    /// Absolute URLs, separated by commas: of each Varnish; of the API of Fastly or Cloudflare, where it is not the public one. Default:
    /// none.
    /// </summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>The API token of Fastly or Cloudflare, or the secret of the VCL. Default: none.</summary>
    public string? Token { get; init; }

    /// <summary>The id of the service at Fastly. Default: none.</summary>
    public string? Service { get; init; }

    /// <summary>The id of the zone at Cloudflare. Default: none.</summary>
    public string? Zone { get; init; }

    /// <summary>
    /// The headers in which responses name their tags, separated by commas: <c>Cache-Tag</c>, <c>Surrogate-Key</c>, <c>xkey</c>. Default:
    /// that of the provider; without one, <c>Cache-Tag</c>.
    /// </summary>
    public IReadOnlyList<string> TagHeaders { get; init; } = [];

    /// <summary>
    /// How long the CDN may keep a response that no change and no publication ends, 1 second to 12 hours. Default 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "12:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The time after which each purge is sent again, at most a minute: until then another node may answer, and the CDN store, what was
    /// before the change. 0 sends each once. Default 2 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RepeatAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The headers in which responses name their tags, by setting or by provider.</summary>
    internal IReadOnlyList<string> WrittenTagHeaders =>
        TagHeaders.Count > 0
            ? TagHeaders
            : Provider switch
            {
                CdnProvider.None or CdnProvider.Cloudflare => ["Cache-Tag"],
                CdnProvider.Fastly => ["Surrogate-Key"],
                CdnProvider.Varnish => ["xkey"],
                _ => throw new System.Diagnostics.UnreachableException(),
            };

    /// <summary>The header that tells the CDN alone how long it may keep a response (RFC 9213); null without a CDN.</summary>
    internal string? LifetimeHeader =>
        Provider switch
        {
            CdnProvider.None => null,
            CdnProvider.Fastly => "Surrogate-Control",
            CdnProvider.Varnish or CdnProvider.Cloudflare => "CDN-Cache-Control",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>What attributes cannot express.</summary>
    public IEnumerable<string> Conflicts(Func<string, bool> isUrl)
    {
        foreach (var header in TagHeaders.Where(header => !TagHeaderSeparators.ContainsKey(header)))
            yield return $"Cms:Cdn:TagHeaders has '{header}'; it must be Cache-Tag, Surrogate-Key or xkey.";
        foreach (var address in Addresses.Where(address => !isUrl(address)))
            yield return $"Cms:Cdn:Addresses has '{address}'; it must be an absolute http or https URL without a query.";
        if (Provider == CdnProvider.Varnish && Addresses.Count == 0)
            yield return "Cms:Cdn:Provider varnish needs Cms:Cdn:Addresses: where each Varnish is.";
        if (Provider is CdnProvider.Fastly or CdnProvider.Cloudflare && Token is null)
            yield return $"Cms:Cdn:Provider {Provider.ToString().ToLowerInvariant()} needs Cms:Cdn:Token: its API refuses others.";
        if (Token is not null && !Token.All(character => character is > ' ' and <= '~'))
            yield return "Cms:Cdn:Token must be ASCII without spaces: it is sent in a header.";
        if (Provider == CdnProvider.Fastly && !IsId(Service))
            yield return "Cms:Cdn:Provider fastly needs Cms:Cdn:Service, the id of the service: letters and digits.";
        if (Provider == CdnProvider.Cloudflare && !IsId(Zone))
            yield return "Cms:Cdn:Provider cloudflare needs Cms:Cdn:Zone, the id of the zone: letters and digits.";
    }

    private static bool IsId(string? text) => text is not null && text.All(char.IsAsciiLetterOrDigit);
}
