using System.Net.Sockets;
using HeadlessCms.Api.Hosting.Health;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Hosting.Telemetry;
using OpenTelemetry.Metrics;

namespace HeadlessCms.Api.Hosting.Management;

/// <summary>
/// Serves <c>/metrics</c> and <c>/health</c> with details on the addresses of <c>Cms:Management:Urls</c>. It is a server of its own, so no
/// request to the public address can reach it. It starts before the app and stops after it.
/// </summary>
internal sealed class ManagementServer(CmsOptions options, Readiness readiness, IServiceProvider services, ILoggerFactory loggers)
    : IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>The addresses on which it listens.</summary>
    public IEnumerable<string> Addresses => _app?.Urls ?? [];

    /// <exception cref="InvalidSettingsException">It cannot listen on an address.</exception>
    public async Task StartAsync()
    {
        if (options.Management.Urls.Count == 0)
            return;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loggers).AddSingleton<IHostLifetime, NoLifetime>();
        _app = builder.Build();
        services.GetRequiredService<MeterProvider>(); // begins to measure before the first read
        _app.MapMetrics(services.GetRequiredService<MetricsPage>());
        _app.MapHealthDetails(readiness);
        foreach (var url in options.Management.Urls)
            _app.Urls.Add(url);
        try
        {
            await _app.StartAsync();
        }
        catch (Exception refused) when (refused is IOException or SocketException or InvalidOperationException)
        {
            throw new InvalidSettingsException($"Cms:Management:Urls: {refused.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    /// <summary>Leaves signals to the app.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
