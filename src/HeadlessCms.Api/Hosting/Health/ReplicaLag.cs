using System.Diagnostics;
using System.Diagnostics.Metrics;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Api.Hosting.Telemetry;
using Npgsql;

namespace HeadlessCms.Api.Hosting.Health;

/// <summary>What a server of the read side was found to be.</summary>
/// <param name="Server">Its host and port.</param>
/// <param name="IsStandby">Whether it is a standby; null if it does not answer.</param>
/// <param name="Position">Its position in the change log.</param>
/// <param name="Changes">How many positions it is behind.</param>
/// <param name="Lag">For how long the first change that it lacks has been known.</param>
internal sealed record ServerState(string Server, bool? IsStandby, long Position, long Changes, TimeSpan Lag);

/// <summary>Measures how far each server of the read side is behind in the change log.</summary>
internal sealed class ReplicaLag : IAsyncDisposable
{
    private const int MaxSamples = 3_600; // an hour of one a second: who lags longer lags at least that
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly LogPosition _known;
    private readonly Lazy<IReadOnlyList<(string Name, NpgsqlDataSource Source)>> _servers;
    private readonly Queue<(long Position, long Seen)> _samples = [];
    private volatile IReadOnlyList<ServerState> _last = [];

    public ReplicaLag(Database database, LogPosition known, IMeterFactory meters)
    {
        _known = known;
        _servers = new(() => [.. database.EachLive().Select(Open)]);
        var meter = meters.Create(MetricsEndpoint.Meter);
        meter.CreateObservableGauge(
            "headless_cms.replica.lag",
            () => Standbys().Select(state => new Measurement<double>(state.Lag.TotalSeconds, Tag(state))),
            "s",
            "How long a replica lacks a change that the node knows of."
        );
        meter.CreateObservableGauge(
            "headless_cms.replica.lag.changes",
            () => Standbys().Select(state => new Measurement<long>(state.Changes, Tag(state))),
            "{change}",
            "How many positions of the change log a replica is behind."
        );
        meter.CreateObservableGauge(
            "headless_cms.replica.up",
            () => _last.Select(state => new Measurement<int>(state.IsStandby is null ? 0 : 1, Tag(state))),
            "{server}",
            "Whether a server of the read side answers: 1 or 0."
        );
    }

    public async Task<IReadOnlyList<ServerState>> MeasureAsync(CancellationToken cancellation)
    {
        var found = await Task.WhenAll(_servers.Value.Select(server => AskAsync(server.Name, server.Source, cancellation)));
        var newest = Math.Max(_known.Newest, found.Max(state => state.Position));
        var now = Stopwatch.GetTimestamp();
        if (_samples.Count == 0 || newest > _samples.Last().Position)
            _samples.Enqueue((newest, now));
        if (_samples.Count > MaxSamples)
            _samples.Dequeue();
        return _last = [.. found.Select(state => state.IsStandby is null ? state : Behind(state, newest, now))];
    }

    public async ValueTask DisposeAsync()
    {
        if (!_servers.IsValueCreated)
            return;
        foreach (var (_, source) in _servers.Value)
            await source.DisposeAsync();
    }

    private ServerState Behind(ServerState state, long newest, long now)
    {
        if (state.Position >= newest)
            return state;
        var missed = _samples.First(sample => sample.Position > state.Position);
        return state with { Changes = newest - state.Position, Lag = Stopwatch.GetElapsedTime(missed.Seen, now) };
    }

    private IEnumerable<ServerState> Standbys() => _last.Where(state => state.IsStandby is true);

    private static KeyValuePair<string, object?> Tag(ServerState state) => new("server", state.Server);

    private static (string, NpgsqlDataSource) Open(NpgsqlConnectionStringBuilder settings)
    {
        settings.MaxPoolSize = 1;
        settings.ApplicationName += "-lag";
        var name = settings.Host!.Contains(':', StringComparison.Ordinal) ? settings.Host : $"{settings.Host}:{settings.Port}";
        return (name, SourceTracing.Builder(settings.ConnectionString, "lag").Build());
    }

    private static async Task<ServerState> AskAsync(string name, NpgsqlDataSource source, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await using var command = source.CreateCommand(ReplicaReads.Position);
            await using var row = await command.ExecuteReaderAsync(patience.Token);
            await row.ReadAsync(patience.Token);
            return new(name, row.GetBoolean(1), row.GetInt64(0), 0, TimeSpan.Zero);
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException || !cancellation.IsCancellationRequested)
        {
            return new(name, null, 0, 0, TimeSpan.Zero);
        }
    }
}
