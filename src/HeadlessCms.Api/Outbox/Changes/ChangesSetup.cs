using HeadlessCms.Api.Hosting.Options;

namespace HeadlessCms.Api.Outbox.Changes;

/// <summary>What goes on behind the requests. Nothing that readers see depends on it: the clock makes live what is due.</summary>
internal static class ChangesSetup
{
    public static void AddChanges(this WebApplicationBuilder builder, CmsOptions options)
    {
        builder.Services.AddSingleton<BoundaryRecorder>();
        builder.Services.AddSingleton<ChangeWatcher>();
        if (options.BackgroundWork)
            builder.Services.AddHostedService(services => services.GetRequiredService<ChangeWatcher>());
    }
}
