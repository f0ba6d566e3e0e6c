using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Api.Outbox.Webhooks;

/// <summary>How webhooks are sent: <c>Cms:Webhooks</c>.</summary>
internal sealed class WebhookSettings(IConfiguration configuration)
{
    private static readonly TimeSpan LeaseBeyondTimeout = TimeSpan.FromSeconds(3);

    /// <summary><c>Cms:Webhooks:RetrySchedule</c>.</summary>
    public RetrySchedule Schedule { get; } =
        configuration["Cms:Webhooks:RetrySchedule"] is { Length: > 0 } text ? RetrySchedule.Parse(text) : RetrySchedule.Standard;

    /// <summary><c>Cms:Webhooks:Timeout</c>: how long a receiver has to answer.</summary>
    public TimeSpan Timeout { get; } = configuration.GetValue("Cms:Webhooks:Timeout", TimeSpan.FromSeconds(15));

    /// <summary>How long a node has a hold on what it sends: where it dies, another sends it after that.</summary>
    public TimeSpan Lease => Timeout + LeaseBeyondTimeout;
}
