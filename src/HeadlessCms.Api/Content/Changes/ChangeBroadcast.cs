using System.Net.ServerSentEvents;
using System.Text.Json;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Content.Changes;

/// <summary>
/// An event, serialised once for all listeners. Each listener keeps the last event it received and awaits the next one from it.
/// </summary>
internal sealed record SentEvent(ChangeToken Token, ReadOnlyMemory<byte> Bytes, bool IsHeartbeat)
{
    private readonly TaskCompletionSource<SentEvent> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<SentEvent> Next => _next.Task;

    public SentEvent WithHeartbeat(ReadOnlyMemory<byte> bytes) => new(Token, bytes, IsHeartbeat: true);

    public SentEvent Then(SentEvent next)
    {
        _next.SetResult(next);
        return next;
    }
}

/// <summary>Reads each change once for all listeners of this node, however many they are and however slowly they read.</summary>
internal sealed class ChangeBroadcast(LiveReader reader, ChangeWatcher watcher, IOptions<JsonOptions> json, ILogger<ChangeBroadcast> logger)
    : BackgroundService
{
    private const int MostListeners = 5_000;
    private const int PageSize = 1_000;
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);
    private static readonly ReadOnlyMemory<byte> HeartbeatBytes = ":\n\n"u8.ToArray();

    private readonly TaskCompletionSource<SentEvent> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SentEvent? _latest;
    private int _listeners;

    /// <summary>Reserves a listener's place until disposed; null if none is free or the service is not running.</summary>
    public IDisposable? TryListen()
    {
        if (ExecuteTask is null)
            return null;
        if (Interlocked.Increment(ref _listeners) <= MostListeners)
            return new Listener(this);
        Interlocked.Decrement(ref _listeners);
        return null;
    }

    public async Task<SentEvent> LatestAsync(CancellationToken cancellation) => _latest ?? await _first.Task.WaitAsync(cancellation);

    /// <summary>The first changes after a token, in order; null if the row of the token is not in this history.</summary>
    public async Task<IReadOnlyList<LiveChange>?> AfterAsync(ChangeToken since, int limit, CancellationToken cancellation)
    {
        await using var live = reader.Open();
        return await ChangeEndpoints.AfterAsync(live, since, limit, cancellation);
    }

    public async Task<ReadOnlyMemory<byte>> WriteAsync(LiveChange change)
    {
        var response = ChangeResponse.Of(change);
        var item = new SseItem<ChangeResponse>(response, EnumNames.Of(response.Event)) { EventId = ChangeToken.After(change).ToString() };
        using var bytes = new MemoryStream();
        await SseFormatter.WriteAsync(new[] { item }.ToAsyncEnumerable(), bytes, (one, writer) =>
        {
            using var utf8 = new Utf8JsonWriter(writer);
            JsonSerializer.Serialize(utf8, one.Data, json.Value.SerializerOptions);
        });
        return bytes.ToArray();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await BroadcastAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException)
            {
                logger.LogWarning(failed, "Reading changes for the event stream failed; retrying.");
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task BroadcastAsync(CancellationToken cancellation)
    {
        if (_latest is null)
        {
            _latest = await HeartbeatAsync(cancellation);
            _first.SetResult(_latest);
        }

        for (var seen = -1L; ; )
        {
            if (!await HasChangedAsync(seen, cancellation))
            {
                _latest = _latest.Then(_latest.WithHeartbeat(HeartbeatBytes));
                continue;
            }

            seen = watcher.Position!.Value;
            IReadOnlyList<LiveChange>? changes;
            while ((changes = await AfterAsync(_latest.Token, PageSize, cancellation)) is { Count: > 0 })
            {
                foreach (var change in changes)
                    _latest = _latest.Then(new SentEvent(ChangeToken.After(change), await WriteAsync(change), IsHeartbeat: false));
            }

            if (changes is null)
                _latest = _latest.Then(await HeartbeatAsync(cancellation)); // the database was restored: continue from its end
        }
    }

    private async Task<SentEvent> HeartbeatAsync(CancellationToken cancellation)
    {
        await using var live = reader.Open();
        return new SentEvent(await ChangeEndpoints.LatestAsync(live, cancellation), HeartbeatBytes, IsHeartbeat: true);
    }

    private async Task<bool> HasChangedAsync(long seen, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(HeartbeatInterval);
        try
        {
            await watcher.WaitBeyondAsync(seen, timeout.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private sealed class Listener(ChangeBroadcast broadcast) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref broadcast._listeners);
    }
}
