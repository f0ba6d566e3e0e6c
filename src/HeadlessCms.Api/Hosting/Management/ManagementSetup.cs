namespace HeadlessCms.Api.Hosting.Management;

/// <summary>The server for those who run the app.</summary>
internal static class ManagementSetup
{
    public static void AddManagement(this WebApplicationBuilder builder) => builder.Services.AddSingleton<ManagementServer>();

    public static Task StartManagementAsync(this WebApplication app) => app.Services.GetRequiredService<ManagementServer>().StartAsync();
}
