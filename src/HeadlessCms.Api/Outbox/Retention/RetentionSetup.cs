using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Core.Changes;

namespace HeadlessCms.Api.Outbox.Retention;

/// <summary>How long the change log and the audit trail are kept.</summary>
internal static class RetentionSetup
{
    public static void AddRetention(this WebApplicationBuilder builder, CmsOptions options)
    {
        builder.Services.AddSingleton(services => new LogRetention(services.GetRequiredService<Database>().Newsroom));
        if (options.BackgroundWork && options.Retention is not { Changes: null, Audit: null })
            builder.Services.AddHostedService<RetentionWorker>();
    }
}
