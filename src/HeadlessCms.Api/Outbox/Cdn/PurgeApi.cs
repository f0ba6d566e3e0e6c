using System.Diagnostics;
using System.Text.Json;
using HeadlessCms.Api.Hosting.Options;

namespace HeadlessCms.Api.Outbox.Cdn;

/// <summary>How a provider is asked to purge tags.</summary>
internal abstract class PurgeApi
{
    // A request line and headers of 8 KiB are what Varnish takes by default.
    private const int MaxBytes = 7_000;

    /// <summary>The URLs at which tags are purged. They contain no secret.</summary>
    public abstract IReadOnlyList<string> Targets { get; }

    /// <summary>The tags that a request may name.</summary>
    protected abstract int MaxTags { get; }

    public static PurgeApi Of(CdnOptions options) =>
        options.Provider switch
        {
            CdnProvider.Varnish => new VarnishPurge(options),
            CdnProvider.Fastly => new FastlyPurge(options),
            CdnProvider.Cloudflare => new CloudflarePurge(options),
            _ => throw new UnreachableException(),
        };

    public abstract HttpRequestMessage Request(string target, IReadOnlyList<string> tags);

    /// <summary>Whether the provider says that it has purged the tags.</summary>
    public virtual Task<bool> IsPurgedAsync(HttpResponseMessage response, CancellationToken cancellation) =>
        Task.FromResult(response.IsSuccessStatusCode);

    /// <summary>The tags of each request, in their order. Tags that no response can carry are left out.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Batches(IEnumerable<string> tags)
    {
        var batches = new List<List<string>>();
        var bytes = 0;
        foreach (var tag in tags.Where(tag => tag.Length <= CdnOptions.MaxTagLength))
        {
            if (batches is not [.., { } last] || last.Count == MaxTags || bytes + tag.Length >= MaxBytes)
            {
                batches.Add([]);
                bytes = 0;
            }

            batches[^1].Add(tag);
            bytes += tag.Length + 1;
        }

        return batches;
    }

    /// <summary>The addresses of the settings, or else the provider's own.</summary>
    protected static IEnumerable<string> AddressesOf(CdnOptions options, string own) =>
        (options.Addresses.Count > 0 ? options.Addresses : [own]).Select(address => address.TrimEnd('/')).Distinct();
}

/// <summary>Varnish with the VCL of <c>docs/varnish</c>: vmod xkey.</summary>
internal sealed class VarnishPurge(CdnOptions options) : PurgeApi
{
    private static readonly HttpMethod Purge = new("PURGE");

    private readonly string? _secret = options.Token;

    public override IReadOnlyList<string> Targets { get; } =
    [.. options.Addresses.Select(address => address.TrimEnd('/') + "/").Distinct()];

    protected override int MaxTags => 1_000;

    public override HttpRequestMessage Request(string target, IReadOnlyList<string> tags)
    {
        var request = new HttpRequestMessage(Purge, target);
        request.Headers.Add("xkey-purge", string.Join(' ', tags));
        if (_secret is not null)
            request.Headers.Add("X-Purge-Secret", _secret);
        return request;
    }
}

/// <summary>Fastly: <c>POST /service/{service}/purge</c>.</summary>
internal sealed class FastlyPurge(CdnOptions options) : PurgeApi
{
    private readonly string? _token = options.Token;

    public override IReadOnlyList<string> Targets { get; } =
    [.. AddressesOf(options, "https://api.fastly.com").Select(address => $"{address}/service/{options.Service}/purge")];

    protected override int MaxTags => 256;

    public override HttpRequestMessage Request(string target, IReadOnlyList<string> tags)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = JsonContent.Create(new Dictionary<string, IReadOnlyList<string>> { ["surrogate_keys"] = tags }),
        };
        request.Headers.Add("Fastly-Key", _token);
        request.Headers.Accept.Add(new("application/json"));
        return request;
    }
}

/// <summary>Cloudflare: <c>POST /zones/{zone}/purge_cache</c>.</summary>
internal sealed class CloudflarePurge(CdnOptions options) : PurgeApi
{
    private readonly string? _token = options.Token;

    public override IReadOnlyList<string> Targets { get; } =
    [.. AddressesOf(options, "https://api.cloudflare.com/client/v4").Select(address => $"{address}/zones/{options.Zone}/purge_cache")];

    protected override int MaxTags => 100;

    public override HttpRequestMessage Request(string target, IReadOnlyList<string> tags)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = JsonContent.Create(new Dictionary<string, IReadOnlyList<string>> { ["tags"] = tags }),
        };
        request.Headers.Authorization = new("Bearer", _token);
        return request;
    }

    // Its API has answered 200 with "success": false.
    public override async Task<bool> IsPurgedAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode)
            return false;
        try
        {
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
            return answer.ValueKind == JsonValueKind.Object
                && answer.TryGetProperty("success", out var success)
                && success.ValueKind == JsonValueKind.True;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
