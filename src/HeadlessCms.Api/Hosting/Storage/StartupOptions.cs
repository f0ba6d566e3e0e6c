using Npgsql;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>
/// The startup parameter <c>options</c>, by which a connection gets its settings and its role. Poolers drop or refuse it; a pooler in
/// transaction mode also gives each transaction another session, so that prepared statements may be missing or exist already.
/// </summary>
internal static class StartupOptions
{
    private const string Mark = "cms.startup_options";

    /// <summary>Whether the server that answers at <paramref name="connectionString"/> applies startup options.</summary>
    /// <exception cref="NpgsqlException">The server does not answer, or refuses the login.</exception>
    public static async Task<bool> AreAppliedAsync(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            MaxAutoPrepare = 0,
            ApplicationName = "HeadlessCms-probe",
        };
        settings.Options = $"{settings.Options} -c {Mark}=on".Trim();
        try
        {
            await using var connection = SourceTracing.Connection(settings.ConnectionString, "probe");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"select current_setting('{Mark}', true) = 'on'", connection);
            return await command.ExecuteScalarAsync() is true;
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.ProtocolViolation)
        {
            return false; // PgBouncer without ignore_startup_parameters
        }
    }
}
