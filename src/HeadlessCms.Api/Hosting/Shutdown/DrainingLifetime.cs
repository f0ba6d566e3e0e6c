using System.Runtime.InteropServices;
using HeadlessCms.Api.Hosting.Options;

namespace HeadlessCms.Api.Hosting.Shutdown;

/// <summary>
/// Stops the app by signals. On SIGTERM the node first drains for <c>Cms:Drain</c>, so that load balancers see that it is not ready before
/// it refuses connections. A second SIGTERM, Ctrl+C and SIGQUIT stop it at once.
/// </summary>
internal sealed partial class DrainingLifetime(
    CmsOptions options,
    IHostEnvironment environment,
    IHostApplicationLifetime app,
    Drain drain,
    ILogger<DrainingLifetime> logger
) : IHostLifetime, IDisposable
{
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(5);

    private readonly List<PosixSignalRegistration> _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, DrainAndStop)));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, app.StopApplication)));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => Handle(context, app.StopApplication)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    private static void Handle(PosixSignalContext context, Action stop)
    {
        context.Cancel = true;
        stop();
    }

    private void DrainAndStop()
    {
        var time = options.Drain ?? (environment.IsProduction() ? Default : TimeSpan.Zero);
        if (drain.HasBegun || time == TimeSpan.Zero)
        {
            drain.Begin();
            app.StopApplication();
            return;
        }

        drain.Begin();
        LogDraining(time);
        _ = StopAfterAsync(time);
    }

    private async Task StopAfterAsync(TimeSpan time)
    {
        await Task.Delay(time, app.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        app.StopApplication();
    }

    [LoggerMessage(LogLevel.Information, "Not ready: the app stops in {Time}")]
    private partial void LogDraining(TimeSpan time);
}
