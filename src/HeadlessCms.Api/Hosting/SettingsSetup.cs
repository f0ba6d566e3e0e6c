using HeadlessCms.Api.Hosting.Options;

namespace HeadlessCms.Api.Hosting;

/// <summary>Reads the settings, once.</summary>
internal static class SettingsSetup
{
    /// <exception cref="InvalidSettingsException">A setting is unknown or impossible.</exception>
    public static CmsOptions AddSettings(this WebApplicationBuilder builder)
    {
        var options = CmsOptions.Read(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(options).AddSingleton<Site>();
        return options;
    }
}
