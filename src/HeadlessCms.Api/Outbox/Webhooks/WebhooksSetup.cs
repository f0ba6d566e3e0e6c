using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Api.Outbox.Webhooks;

/// <summary>Webhooks.</summary>
internal static class WebhooksSetup
{
    public static void AddWebhooks(this WebApplicationBuilder builder, CmsOptions options)
    {
        builder.Services.AddSingleton<WebhookSettings>();
        builder.Services.AddSingleton<WebhookMetrics>();
        builder.Services.AddSingleton<WebhookMessages>();
        builder.Services.AddSingleton<WebhookPost>();
        builder.Services.AddSingleton<DeliveryRecorder>();
        builder.Services.AddSingleton(services => new PendingDeliveries(services.GetRequiredService<Database>().Newsroom));
        if (options.BackgroundWork)
            builder.Services.AddHostedService<WebhookSender>();
    }
}
