using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Api.Outbox.Webhooks;

/// <summary>How webhooks are sent: <c>Cms:Webhooks</c>.</summary>
internal sealed class WebhookSettings(CmsOptions options)
{
    private static readonly TimeSpan LeaseBeyondTimeout = TimeSpan.FromSeconds(3);

    /// <summary><c>Cms:Webhooks:RetrySchedule</c>.</summary>
    public RetrySchedule Schedule { get; } = options.Webhooks.RetrySchedule;

    /// <summary><c>Cms:Webhooks:Timeout</c>: how long a receiver has to answer.</summary>
    public TimeSpan Timeout { get; } = options.Webhooks.Timeout;

    /// <summary>How long a node has a hold on what it sends: where it dies, another sends it after that.</summary>
    public TimeSpan Lease => Timeout + LeaseBeyondTimeout;
}
