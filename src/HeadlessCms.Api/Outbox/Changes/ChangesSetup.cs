using HeadlessCms.Api.Hosting.Options;

namespace HeadlessCms.Api.Outbox.Changes;

/// <summary>Background work. Nothing that readers see depends on it: the clock publishes.</summary>
internal static class ChangesSetup
{
    public static void AddChanges(this WebApplicationBuilder builder, CmsOptions options)
    {
        builder.Services.AddSingleton<BoundaryRecorder>();
        builder.Services.AddSingleton<ChangeListener>();
        builder.Services.AddSingleton<ChangeMetrics>();
        builder.Services.AddSingleton<ChangeWatcher>();
        if (!options.BackgroundWork)
            return;
        builder.Services.AddHostedService(services => services.GetRequiredService<ChangeListener>());
        builder.Services.AddHostedService(services => services.GetRequiredService<ChangeWatcher>());
    }
}
