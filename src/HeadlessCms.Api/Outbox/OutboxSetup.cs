using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Api.Outbox.OutboundHttp;
using HeadlessCms.Api.Outbox.Retention;
using HeadlessCms.Api.Outbox.Webhooks;
using HeadlessCms.Api.Outbox.WebSub;

namespace HeadlessCms.Api.Outbox;

/// <summary>What follows the change log.</summary>
internal static class OutboxSetup
{
    public static void AddOutbox(this WebApplicationBuilder builder, CmsOptions options)
    {
        builder.Services.AddSingleton<OutboundRules>();
        builder.AddChanges(options);
        builder.AddWebhooks(options);
        builder.AddWebSub(options);
        builder.AddRetention(options);
        if (options.BackgroundWork)
            builder.Services.AddHostedService<BacklogGauges>();
    }
}
