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
/// An event as it is sent, once made for all listeners; each of them holds on to the last that it heard, and hears the next from it.
/// </summary>
/// <param name="Token">The place in the change log after it.</param>
/// <param name="Bytes">What is sent.</param>
/// <param name="IsHeartbeat">Whether it tells of nothing but the connection.</param>
internal sealed record SentEvent(ChangeToken Token, ReadOnlyMemory<byte> Bytes, bool IsHeartbeat)
{
    private readonly TaskCompletionSource<SentEvent> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<SentEvent> Next => _next.Task;

    public SentEvent ButQuiet(ReadOnlyMemory<byte> bytes) => new(Token, bytes, IsHeartbeat: true);

    public SentEvent Then(SentEvent next)
    {
        _next.SetResult(next);
        return next;
    }
}

/// <summary>Reads each change once for all that listen on this node, however many they are and however slowly they read.</summary>
internal sealed class EventBroadcast(LiveReader reader, ChangeWatcher watcher, IOptions<JsonOptions> json, ILogger<EventBroadcast> logger)
    : BackgroundService
{
    private const int MostListeners = 5_000;
    private const int PageSize = 1_000;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);
    private static readonly ReadOnlyMemory<byte> StillHere = ":\n\n"u8.ToArray();

    private readonly TaskCompletionSource<SentEvent> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SentEvent? _latest;
    private int _listeners;

    /// <summary>
    /// A place among the listeners until it is disposed of; null where there is none left, or where nobody tells anything.
    /// </summary>
    public IDisposable? TryListen()
    {
        if (ExecuteTask is null)
            return null;
        if (Interlocked.Increment(ref _listeners) <= MostListeners)
            return new Listener(this);
        Interlocked.Decrement(ref _listeners);
        return null;
    }

    /// <summary>The event that was sent last.</summary>
    public async Task<SentEvent> LatestAsync(CancellationToken cancellation) => _latest ?? await _first.Task.WaitAsync(cancellation);

    /// <summary>The first changes after a token, in order; null where the token's own row is not in this history.</summary>
    public async Task<IReadOnlyList<LiveChange>?> AfterAsync(ChangeToken since, int limit, CancellationToken cancellation)
    {
        await using var live = reader.Open();
        return await ChangeEndpoints.AfterAsync(live, since, limit, cancellation);
    }

    /// <summary>A change as it is sent.</summary>
    public async Task<ReadOnlyMemory<byte>> WriteAsync(LiveChange change)
    {
        var said = ChangeResponse.Of(change);
        var item = new SseItem<ChangeResponse>(said, EnumNames.Of(said.Event)) { EventId = ChangeToken.After(change).ToString() };
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
                await TellAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException)
            {
                logger.LogWarning(failed, "The changes could not be read to be told; trying again.");
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task TellAsync(CancellationToken cancellation)
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
                _latest = _latest.Then(_latest.ButQuiet(StillHere));
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
                _latest = _latest.Then(await HeartbeatAsync(cancellation)); // a restored database: go on where it ends
        }
    }

    private async Task<SentEvent> HeartbeatAsync(CancellationToken cancellation)
    {
        await using var live = reader.Open();
        return new SentEvent(await ChangeEndpoints.LatestAsync(live, cancellation), StillHere, IsHeartbeat: true);
    }

    private async Task<bool> HasChangedAsync(long seen, CancellationToken cancellation)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        quiet.CancelAfter(Quiet);
        try
        {
            await watcher.WaitBeyondAsync(seen, quiet.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private sealed class Listener(EventBroadcast broadcast) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref broadcast._listeners);
    }
}
