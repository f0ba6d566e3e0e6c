using HeadlessCms.Api.Hosting.Options;
using OpenTelemetry.Exporter;

namespace HeadlessCms.Api.Hosting.Telemetry;

/// <summary>
/// What the standard <c>OTEL_*</c> variables say of where telemetry goes. The SDK reads most of them itself, but it ignores what it does
/// not understand; here that ends the start. No line repeats a value, which may hold a secret.
/// </summary>
internal sealed class TelemetrySettings(IConfiguration configuration)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP";
    private const string Sampler = "OTEL_TRACES_SAMPLER";
    private const string Argument = "OTEL_TRACES_SAMPLER_ARG";

    private static readonly string[] Signals = ["TRACES", "METRICS", "LOGS"];

    private static readonly string[] Samplers =
    [
        "always_on",
        "always_off",
        "traceidratio",
        "parentbased_always_on",
        "parentbased_always_off",
        "parentbased_traceidratio",
    ];

    public bool HasTraces => Exports("TRACES");

    public bool HasMetrics => Exports("METRICS");

    public bool HasLogs => Exports("LOGS");

    /// <summary>Sets what is special to a signal: <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c> and its like.</summary>
    public void Apply(OtlpExporterOptions exporter, string signal)
    {
        if (Value($"{Prefix}_{signal}_PROTOCOL") is { } protocol)
            exporter.Protocol = protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        if (Value($"{Prefix}_{signal}_HEADERS") is { } headers)
            exporter.Headers = headers;
        if (Value($"{Prefix}_{signal}_ENDPOINT") is { } endpoint)
            exporter.Endpoint = new Uri(endpoint);
    }

    /// <exception cref="InvalidSettingsException">A variable has an impossible value.</exception>
    public void Check()
    {
        var errors = Errors().ToList();
        if (errors.Count > 0)
            throw new InvalidSettingsException(errors);
    }

    private IEnumerable<string> Errors()
    {
        foreach (var suffix in Signals.Select(signal => $"_{signal}").Prepend(""))
        {
            if (Value($"{Prefix}{suffix}_ENDPOINT") is { } endpoint && !IsHttp(endpoint))
                yield return $"{Prefix}{suffix}_ENDPOINT must be an absolute http or https URL, such as http://127.0.0.1:4317.";
            if (Value($"{Prefix}{suffix}_PROTOCOL") is not (null or "grpc" or "http/protobuf"))
                yield return $"{Prefix}{suffix}_PROTOCOL must be grpc or http/protobuf.";
        }

        foreach (var signal in Signals)
            if (Value($"OTEL_{signal}_EXPORTER") is not (null or "otlp" or "none"))
                yield return $"OTEL_{signal}_EXPORTER must be otlp or none.";
        if (Value("OTEL_SDK_DISABLED") is { } disabled && !bool.TryParse(disabled, out _))
            yield return "OTEL_SDK_DISABLED must be true or false.";
        if (Value(Sampler) is { } sampler && !Samplers.Contains(sampler))
            yield return $"{Sampler} must be {string.Join(", ", Samplers[..^1])} or {Samplers[^1]}.";
        if (Value(Argument) is { } ratio && !IsRatio(ratio))
            yield return $"{Argument} must be a number from 0 to 1, such as 0.1.";
    }

    private bool Exports(string signal) =>
        !(bool.TryParse(Value("OTEL_SDK_DISABLED"), out var isDisabled) && isDisabled)
        && Value($"OTEL_{signal}_EXPORTER") != "none"
        && (Value($"{Prefix}_ENDPOINT") ?? Value($"{Prefix}_{signal}_ENDPOINT")) is not null;

    private string? Value(string name) => configuration[name]?.Trim() is { Length: > 0 } value ? value : null;

    private static bool IsHttp(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    private static bool IsRatio(string text) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1;
}
