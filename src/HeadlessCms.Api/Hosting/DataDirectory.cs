using HeadlessCms.Api.Hosting.Options;

namespace HeadlessCms.Api.Hosting;

/// <summary>
/// The directory of the private PostgreSQL, the development key and the key ring: <c>Cms:DataDirectory</c>, by default <c>.data</c> in the
/// checkout.
/// </summary>
internal static class DataDirectory
{
    public static string Of(CmsOptions options, IHostEnvironment environment) =>
        Path.GetFullPath(options.DataDirectory, Root(environment.ContentRootPath));

    // `dotnet run --project src/HeadlessCms.Api` has the project as its content root; the data belong to the checkout.
    private static string Root(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "HeadlessCms.sln")))
                return folder.FullName;
        return path;
    }
}
