using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Api.Outbox.Webhooks;

/// <summary>The settings of webhooks: <c>Cms:Webhooks</c>.</summary>
internal sealed class WebhookSettings(CmsOptions options)
{
    private static readonly TimeSpan LeaseBeyondTimeout = TimeSpan.FromSeconds(3);

    /// <summary><c>Cms:Webhooks:RetrySchedule</c>.</summary>
    public RetrySchedule Schedule { get; } = options.Webhooks.RetrySchedule;

    /// <summary><c>Cms:Webhooks:Timeout</c>: how long a receiver may take to answer.</summary>
    public TimeSpan Timeout { get; } = options.Webhooks.Timeout;

    /// <summary>The duration of a lease; after that another node sends.</summary>
    public TimeSpan Lease => Timeout + LeaseBeyondTimeout;
}
