using System.Diagnostics;
using HeadlessCms.Api.Hosting.Storage;
using Npgsql;

namespace HeadlessCms.Api.Outbox.Changes;

/// <summary>
/// Listens to PostgreSQL's notifications of the change log and the outbox on a connection of its own. A notification only says when to
/// poll: where none can arrive, on a standby or through a pooler in transaction mode, the node polls all the time.
/// </summary>
internal sealed partial class ChangeListener(Database database, ILogger<ChangeListener> logger) : BackgroundService
{
    private const string Channel = "headless_cms";
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Longer than the connection's keepalive, so that a wait that ends without a notification has heard the server's answer to one.
    private static readonly TimeSpan Quiet = Database.ListenerKeepAlive + TimeSpan.FromMilliseconds(200);

    private volatile bool _isListening;
    private bool _isLossLogged;
    private long _heard;
    private string? _probe;

    /// <summary>Raised with each notification, on the thread that listens.</summary>
    public event Action<string>? Notified;

    /// <summary>Raised when it begins to listen and when it no longer does. Notifications in between were missed.</summary>
    public event Action? StateChanged;

    /// <summary>Whether notifications arrive.</summary>
    public bool IsListening => _isListening;

    /// <summary>The timestamp at which the server was last heard.</summary>
    public long HeardAt => Interlocked.Read(ref _heard);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await StartupOptions.AreAppliedAsync(database.ListenerConnectionString))
                {
                    LogPooler();
                    return; // a LISTEN would stay with a session that the pooler gives to others
                }

                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception lost) // whatever it is, the node goes on without notifications
            {
                if (!_isLossLogged)
                    LogLost(lost.Message);
                _isLossLogged = true;
            }
            finally
            {
                Become(isListening: false);
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        await using var source = SourceTracing.Builder(database.ListenerConnectionString, "listen").Build();
        await using var connection = source.CreateConnection();
        connection.Notification += (_, notification) => Receive(notification.Payload);
        await connection.OpenAsync(cancellation);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellation);
        await ProbeAsync(connection, cancellation);
        Hear();
        Become(isListening: true);
        while (true)
        {
            await connection.WaitAsync(Quiet, cancellation);
            Hear();
        }
    }

    /// <summary>
    /// Sends a notification through the newsroom's connections and waits for it. It arrives only if both lead to the same database, and
    /// nothing between keeps notifications back.
    /// </summary>
    private async Task ProbeAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var probe = $"probe:{Guid.CreateVersion7():N}";
        Volatile.Write(ref _probe, probe);
        await using (var send = database.Newsroom.CreateCommand("select pg_notify($1, $2)"))
        {
            send.Parameters.Add(new() { Value = Channel });
            send.Parameters.Add(new() { Value = probe });
            await send.ExecuteNonQueryAsync(cancellation);
        }

        var waited = Stopwatch.StartNew();
        while (Volatile.Read(ref _probe) is not null)
        {
            if (waited.Elapsed > ProbeTimeout)
                throw new TimeoutException("The notification that it sent did not arrive.");
            await connection.WaitAsync(Quiet, cancellation);
        }
    }

    private void Receive(string payload)
    {
        if (payload == Volatile.Read(ref _probe))
            Volatile.Write(ref _probe, null);
        Notified?.Invoke(payload);
    }

    private void Hear() => Interlocked.Exchange(ref _heard, Stopwatch.GetTimestamp());

    private void Become(bool isListening)
    {
        if (_isListening == isListening)
            return;
        _isListening = isListening;
        if (isListening && _isLossLogged)
        {
            LogListening();
            _isLossLogged = false;
        }

        StateChanged?.Invoke();
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Notifications do not pass the pooler, so the change log is polled; ConnectionStrings:CmsListen can lead around it"
    )]
    private partial void LogPooler();

    [LoggerMessage(LogLevel.Warning, "The change log is polled until notifications arrive again. {Reason}")]
    private partial void LogLost(string reason);

    [LoggerMessage(LogLevel.Information, "Notifications of the change log arrive again")]
    private partial void LogListening();
}
