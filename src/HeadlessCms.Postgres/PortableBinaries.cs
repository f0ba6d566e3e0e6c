using MysticMind.PostgresEmbed;

namespace HeadlessCms.Postgres;

/// <summary>Portable binaries for a machine without PostgreSQL, downloaded once into the data directory.</summary>
internal static class PortableBinaries
{
    /// <summary>The newest major version that the test suite runs on.</summary>
    public const int DefaultMajor = 18;

    /// <param name="directory">Where the binaries are kept.</param>
    /// <param name="major">The major version.</param>
    /// <param name="repository">The Maven repository; null for Maven Central.</param>
    /// <param name="cancellation">Cancels the download.</param>
    public static async Task<PostgresBinaries> FetchAsync(string directory, int major, Uri? repository, CancellationToken cancellation)
    {
        var server = new PgServer(
            new PgServerOptions
            {
                PgVersion = $"{major}",
                DbDir = directory,
                BinariesDir = Path.Combine(directory, "binaries"),
                MavenRepo = repository?.AbsoluteUri.TrimEnd('/') ?? PgServerOptions.DefaultMavenRepo,
            }
        );
        await server.InstallAsync(cancellation);
        return PostgresBinaries.Find(new([Path.Combine(server.InstallDir, "bin")]), major)
            ?? throw new PlatformNotSupportedException($"the binaries in {server.InstallDir} do not run on this machine");
    }
}
