using System.Reflection;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core;
using Npgsql;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HeadlessCms.Api.Hosting.Telemetry;

/// <summary>
/// Traces, metrics and logs by OTLP, where the <c>OTEL_*</c> variables name an endpoint, and metrics for <c>/metrics</c>, where there is a
/// management address. With neither, no part of the SDK is loaded.
/// </summary>
internal static class TelemetrySetup
{
    /// <exception cref="InvalidSettingsException">A variable has an impossible value.</exception>
    public static void AddTelemetry(this WebApplicationBuilder builder, CmsOptions options)
    {
        var settings = new TelemetrySettings(builder.Configuration);
        settings.Check();
        var isScraped = options.Management.Urls.Count > 0;
        if (isScraped)
            builder.Services.AddSingleton<MetricsPage>();
        if (!isScraped && !settings.HasTraces && !settings.HasMetrics && !settings.HasLogs)
            return;

        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(Describe);
        if (settings.HasTraces)
            telemetry.WithTracing(tracing => Trace(tracing, settings));
        if (isScraped || settings.HasMetrics)
            telemetry.WithMetrics(metrics => Measure(metrics, settings, isScraped));
        if (settings.HasLogs)
            telemetry.WithLogging(
                logging => logging.AddOtlpExporter(exporter => settings.Apply(exporter, "LOGS")),
                logger => logger.IncludeFormattedMessage = true
            );
    }

    // What the operator says in OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES goes before what the app says.
    private static void Describe(ResourceBuilder resource) =>
        resource
            .AddService(
                "headless-cms",
                serviceVersion: typeof(TelemetrySetup)
                    .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                    ?.InformationalVersion
            )
            .AddEnvironmentVariableDetector();

    private static void Trace(TracerProviderBuilder tracing, TelemetrySettings settings) =>
        tracing
            .AddSource(Tracing.Name)
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddNpgsql()
            .AddProcessor(new SpanPrivacy())
            .AddOtlpExporter(exporter => settings.Apply(exporter, "TRACES"));

    private static void Measure(MeterProviderBuilder metrics, TelemetrySettings settings, bool isScraped)
    {
        metrics.AddMeter([.. MetricsEndpoint.Meters]);
        if (isScraped)
            metrics.AddReader(services => services.GetRequiredService<MetricsPage>().Reader);
        if (settings.HasMetrics)
            metrics.AddOtlpExporter(exporter => settings.Apply(exporter, "METRICS"));
    }
}
