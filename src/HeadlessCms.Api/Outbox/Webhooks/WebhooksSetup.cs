using HeadlessCms.Api.Hosting.Options;

namespace HeadlessCms.Api.Outbox.Webhooks;

/// <summary>What pushes news to those who want to be told.</summary>
internal static class WebhooksSetup
{
    public static void AddWebhooks(this WebApplicationBuilder builder, CmsOptions options)
    {
        builder.Services.AddSingleton<WebhookSettings>();
        builder.Services.AddSingleton<WebhookMessages>();
        builder.Services.AddSingleton<WebhookPost>();
        builder.Services.AddSingleton<DeliveryRecorder>();
        if (options.BackgroundWork)
            builder.Services.AddHostedService<WebhookSender>();
    }
}
