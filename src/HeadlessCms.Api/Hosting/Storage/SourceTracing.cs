using System.Diagnostics;
using Npgsql;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>How a way into PostgreSQL appears in spans and metrics.</summary>
internal static class SourceTracing
{
    /// <param name="connectionString">The server and the login.</param>
    /// <param name="name">Names the pool in metrics, which would show the connection string otherwise.</param>
    public static NpgsqlDataSourceBuilder Builder(string connectionString, string name)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString) { Name = name };
        // Polls that find nothing, several a second, have no parent and would each be a trace.
        builder.ConfigureTracing(tracing =>
            tracing
                .ConfigureCommandFilter(_ => Activity.Current is not null)
                .ConfigureBatchFilter(_ => Activity.Current is not null)
                .EnableFirstResponseEvent(false)
                .EnablePhysicalOpenTracing(false)
        );
        return builder;
    }

    /// <summary>A connection of its own, which no pool keeps.</summary>
    public static NpgsqlConnection Connection(string connectionString, string name) =>
        Builder(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString, name).Build().CreateConnection();
}
