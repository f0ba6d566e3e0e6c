using System.Net.Http.Headers;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Telemetry;

/// <summary>
/// Two nodes in processes of their own on one database, which send all that they observe to one collector: <c>desk</c> takes requests and
/// does no background work, <c>sender</c> follows the change log and sends webhooks.
/// </summary>
public sealed class ObservedNewsroom(TestCluster cluster) : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private AppProcess _desk = null!;
    private AppProcess _sender = null!;

    public Collector Collector { get; private set; } = null!;

    /// <summary>Sends the admin key to the node without background work.</summary>
    public HttpClient Admin { get; private set; } = null!;

    /// <summary>Sends no key to that node.</summary>
    public HttpClient Anyone { get; private set; } = null!;

    /// <summary>A client of the other node's management address.</summary>
    public HttpClient Manager { get; private set; } = null!;

    /// <summary>Sends no key to the other node.</summary>
    public HttpClient Reader { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Collector = await Collector.StartAsync();
        var management = new Uri($"http://127.0.0.1:{Ports.Free()}");
        string[] shared =
        [
            $"--ConnectionStrings:Cms={await cluster.NewDatabaseAsync()}",
            $"--Cms:AdminKey={Newsroom.AdminKey}",
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={Collector.Address}",
            "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "--OTEL_RESOURCE_ATTRIBUTES=deployment.environment.name=test",
            "--OTEL_BSP_SCHEDULE_DELAY=100",
            "--OTEL_BLRP_SCHEDULE_DELAY=100",
            "--OTEL_METRIC_EXPORT_INTERVAL=500",
        ];
        _desk = await AppProcess.StartAsync(_directory.Path, [.. shared, "--OTEL_SERVICE_NAME=desk", "--Cms:BackgroundWork=false"]);
        _sender = await AppProcess.StartAsync(
            _directory.Path,
            [.. shared, "--OTEL_SERVICE_NAME=sender", $"--Cms:Management:Urls={management}"]
        );
        (Anyone, Reader, Manager) = (Patience.Client(_desk.Address), Patience.Client(_sender.Address), Patience.Client(management));
        Admin = Patience.Client(_desk.Address);
        Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Newsroom.AdminKey);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in new[] { Admin, Anyone, Reader, Manager })
            client?.Dispose();
        _desk?.Dispose();
        _sender?.Dispose();
        await Collector.DisposeAsync();
        _directory.Dispose();
    }
}
