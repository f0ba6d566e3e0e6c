using System.Diagnostics;
using System.Diagnostics.Metrics;
using HeadlessCms.Api.Hosting.Telemetry;
using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Api.Outbox.Webhooks;

/// <summary>Attempts to send webhooks, by outcome, and how late what is delivered is.</summary>
internal sealed class WebhookMetrics
{
    private readonly Histogram<double> _attempts;
    private readonly Histogram<double> _delay;

    public WebhookMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MetricsEndpoint.Meter);
        _attempts = meter.CreateHistogram(
            "headless_cms.webhook.attempt.duration",
            "s",
            "Duration of attempts to send to webhooks, by outcome.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] }
        );
        _delay = meter.CreateHistogram(
            "headless_cms.webhook.delivery.delay",
            "s",
            "Time from a change until a webhook has accepted it.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 10, 60, 600, 3_600, 21_600, 86_400] }
        );
    }

    public void Attempted(LeasedDelivery delivery, Attempt attempt, Activity? span)
    {
        var outcome = EnumName(attempt.Outcome);
        _attempts.Record(attempt.Milliseconds / 1000.0, new KeyValuePair<string, object?>("headless_cms.outcome", outcome));
        span?.SetTag("headless_cms.event", delivery.Event.ToString()).SetTag("headless_cms.outcome", outcome);
        if (attempt.Outcome == AttemptOutcome.Delivered)
            _delay.Record((delivery.Now - delivery.At).TotalSeconds);
        else
            span?.SetTag("error.type", outcome).SetStatus(ActivityStatusCode.Error);
    }

    private static string EnumName(AttemptOutcome outcome) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());
}
