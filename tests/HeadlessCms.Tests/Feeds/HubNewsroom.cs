using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

/// <summary>A newsroom with a WebSub hub that a test can make fail.</summary>
public sealed class HubNewsroom(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
{
    private WebhookReceiver _hub = null!;

    /// <summary>The status with which the hub answers a topic.</summary>
    public Func<string, int> Answer { get; set; } = _ => 204;

    public string Hub => $"{_hub.Address}publish";

    /// <summary>The feeds of which the hub was notified, once per notification.</summary>
    public IReadOnlyList<string> Told => [.. _hub.All.Select(one => TopicOf(one.Body)[PublicNewsroom.Site.Length..])];

    /// <summary>The bodies of the requests to the hub.</summary>
    public IReadOnlyList<string> Forms => [.. _hub.All.Select(one => one.Body)];

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>
        {
            ["environment"] = "Development",
            ["Cms:SampleContent"] = "false",
            ["Cms:SiteUrl"] = PublicNewsroom.Site,
            ["Cms:WebSubHub"] = Hub,
        };

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        _hub = await WebhookReceiver.StartAsync((one, context) => Task.FromResult(context.Response.StatusCode = Answer(TopicOf(one.Body))));
        await InitializeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _hub.DisposeAsync();
    }

    /// <summary>Waits until the hub has been notified of all changes.</summary>
    public Task SettledAsync() =>
        Eventually.TrueAsync(async () =>
            (bool)
                (
                    await SqlAsync(
                        "select (select position from websub_progress) = (select max(position) from changes) and not exists "
                            + "(select from websub_pings)"
                    )
                )!
        );

    private static string TopicOf(string form) =>
        WebUtility.UrlDecode(form.Split('&').Single(field => field.StartsWith("hub.url=", StringComparison.Ordinal))["hub.url=".Length..]);
}
