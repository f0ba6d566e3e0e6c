using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Cdn;

/// <summary>A newsroom behind a real Varnish, which it purges on a way that a test can cut.</summary>
public sealed class VarnishNewsroom(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
{
    private readonly int _port = Ports.Free();
    private readonly Relay _purges = new();
    private Varnish _varnish = null!;

    /// <summary>Sends no key, through Varnish.</summary>
    public HttpClient Reader { get; private set; } = null!;

    /// <summary>The same without a check of the responses, for many requests.</summary>
    public HttpClient Crowd { get; private set; } = null!;

    internal Relay Purges => _purges;

    internal Varnish Varnish => _varnish;

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>
        {
            ["urls"] = $"http://127.0.0.1:{_port}",
            ["Cms:Cdn:Provider"] = "varnish",
            ["Cms:Cdn:Addresses"] = _purges.Address.ToString(),
            ["Cms:Cdn:Token"] = Varnish.Secret,
            ["Logging:Captured:LogLevel:HeadlessCms.Api.Outbox.Cdn"] = "Information",
        };

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        _varnish = await Varnish.StartAsync(_port);
        _purges.Target = _varnish.Address.Port;
        _purges.Open();
        await InitializeAsync();
        Reader = Client(null, _varnish.Address);
        Crowd = Patience.Client(_varnish.Address);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        _purges.Dispose();
        _varnish?.Dispose();
    }

    /// <summary>Reads until Varnish has it. A node that has not heard from its database for a second lets nobody store anything.</summary>
    public Task StoreAsync(string path) =>
        Eventually.TrueAsync(async () => (await Reader.ReadAsync(path)).Headers.GetValues("X-Cache").Single() == "hit");

    /// <summary>Waits until all changes are purged, both times.</summary>
    public Task SettledAsync() =>
        Eventually.TrueAsync(async () =>
            (bool)
                (
                    await SqlAsync(
                        "select (select position from cdn_progress) = (select coalesce(max(position), 0) from changes) "
                            + "and not exists (select from cdn_purges)"
                    )
                )!
        );
}
