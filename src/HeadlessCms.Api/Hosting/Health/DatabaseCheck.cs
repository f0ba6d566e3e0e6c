using System.Data.Common;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Core.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace HeadlessCms.Api.Hosting.Health;

/// <summary>
/// Whether the database answers and its schema has this build's last migration. The descriptions name no host, user or database.
/// </summary>
internal sealed class DatabaseCheck(Database database) : IHealthCheck
{
    private static readonly string Needed = AppliedSchema.Known[^1];

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.Newsroom.CreateCommand(
                $"select exists (select from {StorageOptions.MigrationsTable} where migration_id = $1)"
            );
            command.Parameters.Add(new() { Value = Needed });
            return await command.ExecuteScalarAsync(cancellationToken) is true
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The schema lacks the migration {Needed}.");
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
