using MysticMind.PostgresEmbed;

namespace HeadlessCms.Postgres;

/// <summary>Where a machine has no PostgreSQL: portable binaries, downloaded once.</summary>
internal static class PortableBinaries
{
    private const int Major = 17;

    public static async Task<PostgresBinaries> FetchAsync(string directory, int? major, CancellationToken cancellation)
    {
        try
        {
            var server = new PgServer(
                new PgServerOptions
                {
                    PgVersion = $"{major ?? Major}",
                    DbDir = directory,
                    BinariesDir = Path.Combine(directory, "binaries"),
                }
            );
            await server.InstallAsync(cancellation);
            return PostgresBinaries.Find(new([Path.Combine(server.InstallDir, "bin")]), null)
                ?? throw new PostgresUnavailableException($"the portable binaries in {server.InstallDir} do not run here.");
        }
        catch (Exception failed) when (failed is not (PostgresUnavailableException or OperationCanceledException))
        {
            throw new PostgresUnavailableException(
                $"no binaries were found on this machine, and none could be downloaded ({failed.Message}).",
                failed
            );
        }
    }
}
