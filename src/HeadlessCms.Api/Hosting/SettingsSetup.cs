using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core;

namespace HeadlessCms.Api.Hosting;

/// <summary>Reads the settings, once.</summary>
internal static class SettingsSetup
{
    private const string SecretsDirectory = "CMS_SECRETS_DIRECTORY";

    /// <exception cref="InvalidSettingsException">A setting is unknown or impossible.</exception>
    public static CmsOptions AddSettings(this WebApplicationBuilder builder)
    {
        builder.AddSecretFiles();
        var options = CmsOptions.Read(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(options).AddSingleton<Site>().AddSingleton(new SlugRules(options.Slugs));
        return options;
    }

    // One file a setting, named as its environment variable. They go before all other sources.
    private static void AddSecretFiles(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[SecretsDirectory] is not { Length: > 0 } directory)
            return;
        if (!Directory.Exists(directory))
            throw new InvalidSettingsException($"{SecretsDirectory} is '{directory}'; there is no such directory.");
        builder.Configuration.AddKeyPerFile(Path.GetFullPath(directory));
    }
}
