using HeadlessCms.Api.Content.Changes;

namespace HeadlessCms.Api.Outbox.Changes;

/// <summary>Background work. Nothing that readers see depends on it: the clock publishes.</summary>
internal static class ChangesSetup
{
    /// <summary><c>false</c> leaves all of it to other nodes.</summary>
    public const string Setting = "Cms:BackgroundWork";

    public static void AddChanges(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BoundaryRecorder>();
        builder.Services.AddSingleton<ChangeWatcher>();
        builder.Services.AddSingleton<EventBroadcast>();
        if (!builder.Configuration.GetValue(Setting, true))
            return;
        builder.Services.AddHostedService(services => services.GetRequiredService<ChangeWatcher>());
        builder.Services.AddHostedService(services => services.GetRequiredService<EventBroadcast>());
    }
}
