using System.Diagnostics.Metrics;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Api.Hosting.Telemetry;
using HeadlessCms.Core.Outbox;
using Npgsql;

namespace HeadlessCms.Api.Outbox;

/// <summary>
/// Measures what is still to be sent, while somebody collects metrics. Each node measures all of it: the nodes share the queues.
/// </summary>
internal sealed class BacklogGauges : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Database _database;
    private readonly ObservableGauge<long> _deliveries;
    private OutboxBacklog? _last;

    public BacklogGauges(Database database, IMeterFactory meters)
    {
        _database = database;
        var meter = meters.Create(MetricsEndpoint.Meter);
        _deliveries = meter.CreateObservableGauge<long>(
            "headless_cms.webhook.backlog",
            () => Last(backlog => backlog.Deliveries),
            "{delivery}",
            "Deliveries to webhooks that are pending, on all nodes."
        );
        meter.CreateObservableGauge<double>(
            "headless_cms.webhook.backlog.age",
            () => Last(backlog => backlog.OldestDelivery.TotalSeconds),
            "s",
            "Age of the oldest pending delivery."
        );
        meter.CreateObservableGauge<long>(
            "headless_cms.websub.backlog",
            () => Last(backlog => backlog.Pings),
            "{feed}",
            "Feeds of which the WebSub hub is still to be notified."
        );
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _last = _deliveries.Enabled ? await OutboxBacklog.ReadAsync(_database.Newsroom, stoppingToken) : null;
            }
            catch (Exception failed) when (failed is NpgsqlException or TimeoutException)
            {
                _last = null; // a gap in the graph, no wrong value; others log that the database is away
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IEnumerable<Measurement<T>> Last<T>(Func<OutboxBacklog, T> value)
        where T : struct => _last is { } last ? [new Measurement<T>(value(last))] : [];
}
