using System.Data.Common;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Core.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace HeadlessCms.Api.Hosting.Health;

/// <summary>
/// Whether the database answers and its schema has this build's last migration. While a standby alone answers, the node serves readers.
/// The descriptions name no host, user or database.
/// </summary>
internal sealed class DatabaseCheck(Database database) : IHealthCheck
{
    private static readonly string Needed = AppliedSchema.Known[^1];

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.Readable.CreateCommand(
                $"select exists (select from {StorageOptions.MigrationsTable} where migration_id = $1), pg_is_in_recovery()"
            );
            command.Parameters.Add(new() { Value = Needed });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            await row.ReadAsync(cancellationToken);
            return !row.GetBoolean(0) ? HealthCheckResult.Unhealthy($"The schema lacks the migration {Needed}.")
                : row.GetBoolean(1) ? HealthCheckResult.Degraded("The primary does not answer: readers are served, editors are not.")
                : HealthCheckResult.Healthy();
        }
        catch (PostgresException refused)
        {
            return HealthCheckResult.Unhealthy($"The database refuses the statement with SQLSTATE {refused.SqlState}.");
        }
        catch (Exception unreachable) when (unreachable is DbException or InvalidOperationException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}
