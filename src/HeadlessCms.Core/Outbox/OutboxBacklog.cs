using Npgsql;

namespace HeadlessCms.Core.Outbox;

/// <summary>What is still to be sent, of all nodes.</summary>
/// <param name="Deliveries">Pending deliveries to webhooks that are not disabled.</param>
/// <param name="OldestDelivery">The age of the oldest of them; zero where there is none.</param>
/// <param name="Pings">Feeds of which the WebSub hub is to be notified.</param>
public sealed record OutboxBacklog(long Deliveries, TimeSpan OldestDelivery, long Pings)
{
    /// <summary>Reads it from the newsroom.</summary>
    public static async Task<OutboxBacklog> ReadAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using var command = source.CreateCommand(
            """
            select count(*), coalesce(clock_timestamp() - min(d.created_at), interval '0'), (select count(*) from websub_pings)
            from webhook_deliveries d join webhooks w on w.id = d.webhook_id and w.state <> 'disabled'
            where d.state = 'pending'
            """
        );
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new OutboxBacklog(row.GetInt64(0), row.GetFieldValue<TimeSpan>(1), row.GetInt64(2));
    }
}
