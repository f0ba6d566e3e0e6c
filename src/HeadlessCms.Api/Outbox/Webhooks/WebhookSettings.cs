using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Api.Outbox.Webhooks;

/// <summary>The settings of webhooks: <c>Cms:Webhooks</c>.</summary>
internal sealed class WebhookSettings(IConfiguration configuration)
{
    private static readonly TimeSpan LeaseBeyondTimeout = TimeSpan.FromSeconds(3);

    /// <summary><c>Cms:Webhooks:RetrySchedule</c>.</summary>
    public RetrySchedule Schedule { get; } =
        configuration["Cms:Webhooks:RetrySchedule"] is { Length: > 0 } text ? RetrySchedule.Parse(text) : RetrySchedule.Standard;

    /// <summary><c>Cms:Webhooks:Timeout</c>: how long a receiver may take to answer.</summary>
    public TimeSpan Timeout { get; } = configuration.GetValue("Cms:Webhooks:Timeout", TimeSpan.FromSeconds(15));

    /// <summary>The duration of a lease; after that another node sends.</summary>
    public TimeSpan Lease => Timeout + LeaseBeyondTimeout;
}
