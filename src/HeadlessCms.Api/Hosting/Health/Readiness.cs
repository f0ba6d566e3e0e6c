using System.Diagnostics;
using HeadlessCms.Api.Hosting.Shutdown;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HeadlessCms.Api.Hosting.Health;

/// <summary>A health check's result.</summary>
/// <param name="Name">What is checked.</param>
/// <param name="Status"><c>Healthy</c>, <c>Degraded</c> if the node is ready nevertheless, or <c>Unhealthy</c>.</param>
/// <param name="Since">When the status was first seen.</param>
/// <param name="Reason">Why it is not healthy.</param>
internal sealed record CheckState(string Name, HealthStatus Status, DateTimeOffset Since, string? Reason);

/// <summary>
/// Whether the app is ready, by the last report of the health checks. They run once a second in the background, so a probe costs no
/// statement.
/// </summary>
internal sealed partial class Readiness(IHostApplicationLifetime lifetime, Drain drain, ILogger<Readiness> logger) : IHealthCheckPublisher
{
    /// <summary>The time between two runs of the checks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>The time that a check may take.</summary>
    public static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(3);

    // A check that does not even end when it is cancelled publishes no report.
    private static readonly TimeSpan MaxAge = Period + CheckTimeout + TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private volatile Report? _last;

    /// <summary>Whether requests can be sent to this node.</summary>
    public bool IsReady => ReasonNotReady is null;

    /// <summary>Why the node as a whole is not ready; null if it is ready.</summary>
    public string? ReasonNotReady =>
        drain.HasBegun || lifetime.ApplicationStopping.IsCancellationRequested ? "The app is stopping."
        : _last is not { } last ? "The app is starting."
        : Stopwatch.GetElapsedTime(last.Began) > MaxAge ? "The checks do not end."
        : last.Checks.All(check => check.Status != HealthStatus.Unhealthy) ? null
        : "A check fails.";

    /// <summary>The last result of each check.</summary>
    public IReadOnlyList<CheckState> Checks => _last?.Checks ?? [];

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp() - (long)(report.TotalDuration.TotalSeconds * Stopwatch.Frequency);
        lock (_lock)
        {
            // A slow run may end after a later one.
            if (_last?.Began <= began || _last is null)
                _last = new Report(began, [.. report.Entries.Select(entry => StateOf(entry.Key, entry.Value))]);
        }

        return Task.CompletedTask;
    }

    private CheckState StateOf(string name, HealthReportEntry entry)
    {
        var former = Checks.FirstOrDefault(check => check.Name == name);
        if (former?.Status == entry.Status)
            return former with { Reason = entry.Description };
        if (entry.Status == HealthStatus.Unhealthy)
            LogFailed(name, entry.Description);
        else if (entry.Status == HealthStatus.Degraded)
            LogDegraded(name, entry.Description);
        else if (former is not null)
            LogRecovered(name);
        return new(name, entry.Status, TimeProvider.System.GetUtcNow(), entry.Description);
    }

    [LoggerMessage(LogLevel.Warning, "Not ready: the check {Check} fails. {Reason}")]
    private partial void LogFailed(string check, string? reason);

    [LoggerMessage(LogLevel.Warning, "The check {Check} is degraded. {Reason}")]
    private partial void LogDegraded(string check, string? reason);

    [LoggerMessage(LogLevel.Information, "The check {Check} succeeds again")]
    private partial void LogRecovered(string check);

    private sealed record Report(long Began, IReadOnlyList<CheckState> Checks);
}
