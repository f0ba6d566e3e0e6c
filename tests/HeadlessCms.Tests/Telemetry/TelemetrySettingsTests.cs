using System.Diagnostics;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Hosting.Telemetry;
using HeadlessCms.Core;
using Microsoft.Extensions.Configuration;

namespace HeadlessCms.Tests.Telemetry;

/// <summary>The standard variables of OpenTelemetry: what they turn on, and what ends a start.</summary>
public sealed class TelemetrySettingsTests
{
    [Fact]
    public void Nothing_is_exported_without_an_endpoint() => Assert.Equal((false, false, false), Signals([]));

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317", true, true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://127.0.0.1:4318/v1/traces", true, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317 OTEL_LOGS_EXPORTER=none", true, true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317 OTEL_SDK_DISABLED=true", false, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=", false, false, false)]
    public void Each_signal_goes_where_its_variables_say(string variables, bool traces, bool metrics, bool logs) =>
        Assert.Equal((traces, metrics, logs), Signals(variables.Split(' ')));

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=ftp://collector")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL=http/json")]
    [InlineData("OTEL_TRACES_EXPORTER=zipkin")]
    [InlineData("OTEL_SDK_DISABLED=yes")]
    [InlineData("OTEL_TRACES_SAMPLER=sometimes")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG=2")]
    public void A_value_that_is_impossible_ends_the_start_and_is_named(string variable)
    {
        var refused = Assert.Throws<InvalidSettingsException>(() => Read([variable]).Check());

        Assert.StartsWith($"{variable.Split('=')[0]} must be ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_is_stored_where_a_caller_sent_it_and_not_where_nobody_records_it()
    {
        Activity.Current = null;
        using (new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start())
            Assert.Null(Tracing.Parent);
        using var called = new Activity("request").SetParentId("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00").Start();

        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", Tracing.Parent, StringComparison.Ordinal);
        Assert.Equal(Tracing.ParentLength, Tracing.Parent!.Length);
    }

    private static (bool, bool, bool) Signals(string[] variables)
    {
        var settings = Read(variables);
        settings.Check();
        return (settings.HasTraces, settings.HasMetrics, settings.HasLogs);
    }

    private static TelemetrySettings Read(string[] variables) =>
        new(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    variables.Select(variable => KeyValuePair.Create(variable.Split('=')[0], (string?)variable.Split('=')[1]))
                )
                .Build()
        );
}
