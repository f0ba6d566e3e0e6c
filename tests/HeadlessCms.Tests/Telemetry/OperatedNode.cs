using System.Net;
using System.Net.Http.Headers;
using HeadlessCms.Tests.Cdn;
using HeadlessCms.Tests.Cluster;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Telemetry;

/// <summary>
/// A node in a process of its own with all that an operator may watch: a replica, a CDN and a webhook. It has had traffic of each kind.
/// </summary>
public sealed class OperatedNode : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private ReplicatedPostgres _servers = null!;
    private ApiStandIn _cdn = null!;
    private AppProcess _app = null!;

    /// <summary>A client of the management address.</summary>
    public HttpClient Manager { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _servers = await ReplicatedPostgres.StartAsync(synchronous: false);
        _cdn = await ApiStandIn.StartAsync();
        var management = new Uri($"http://127.0.0.1:{Ports.Free()}");
        _app = await AppProcess.StartAsync(
            _directory.Path,
            $"--ConnectionStrings:Cms={_servers.Newsroom}",
            $"--ConnectionStrings:CmsLive={_servers.Live}",
            $"--Cms:AdminKey={Newsroom.AdminKey}",
            $"--Cms:Management:Urls={management}",
            "--Cms:Cdn:Provider=fastly",
            $"--Cms:Cdn:Addresses={_cdn.Address}",
            "--Cms:Cdn:Token=token-of-the-api",
            "--Cms:Cdn:Service=SU1Z0isxPaozGVKXdv0eY"
        );
        Manager = Patience.Client(management);
        await WorkAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Manager?.Dispose();
        _app?.Dispose();
        if (_cdn is not null)
            await _cdn.DisposeAsync();
        if (_servers is not null)
            await _servers.DisposeAsync();
        _directory.Dispose();
    }

    private async Task WorkAsync()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var admin = Client(Newsroom.AdminKey);
        using var stranger = Client("cms_wrongkey_0123456789abcdefghijABCDEFGHIJ0123456789");
        using var anyone = Patience.Client(_app.Address);
        var webhook = new
        {
            name = "follower",
            url = receiver.Address,
            events = new[] { "article.published" },
        };
        (await admin.PostAsync("/editorial/v1/webhooks", webhook)).Expect(HttpStatusCode.Created);
        await admin.ArticleAsync(new { headline = "A story to be told" }, publish: true);
        await Eventually.TrueAsync(() => Task.FromResult(receiver.Events.Count > 0 && _cdn.Calls.Count > 0));
        Assert.Equal(HttpStatusCode.NotFound, (await anyone.ReadAsync("/content/v1/articles/no-such-story")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.ReadAsync("/editorial/v1/articles")).Status);
    }

    private HttpClient Client(string key)
    {
        var client = Patience.Client(_app.Address);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }
}
