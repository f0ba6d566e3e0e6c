using Npgsql;

namespace HeadlessCms.Core.Outbox;

/// <summary>
/// What follows from the change log and is still to be sent, as the nodes share it: changes are dispatched once, and a row is sent by the
/// node that leases it. The lease of a node that dies runs out.
/// </summary>
/// <typeparam name="T">A leased row.</typeparam>
/// <param name="source">The newsroom.</param>
public abstract class OutboxQueue<T>(NpgsqlDataSource source)
{
    /// <summary>Dispatches the next changes, at most <paramref name="limit"/>.</summary>
    /// <returns>How many changes there were.</returns>
    public abstract Task<int> DispatchAsync(int limit, CancellationToken cancellation);

    /// <summary>Ends the lease of a row that was not sent.</summary>
    public abstract Task ReleaseAsync(T leased, CancellationToken cancellation);

    /// <summary>
    /// The time until the next row is due, or may be sent because a lease ends; zero or less where rows or changes wait.
    /// </summary>
    /// <returns>The time; null where nothing waits.</returns>
    public abstract Task<TimeSpan?> UntilDueAsync(CancellationToken cancellation);

    /// <summary>Lets the other nodes look at the queue.</summary>
    public Task NotifyAsync(CancellationToken cancellation) => ExecuteAsync("select pg_notify('headless_cms', 'outbox')", cancellation);

    private protected async Task<TimeSpan?> TimeAsync(string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancellation) as TimeSpan?;
    }

    private protected async Task<int> ExecuteAsync(string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private protected async Task<int> CountAsync(string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(sql, values);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private protected Task<IReadOnlyList<T>> LeaseAsync(
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellation,
        params object[] values
    ) => ReadAsync(sql, read, cancellation, values);

    private protected async Task<IReadOnlyList<TRow>> ReadAsync<TRow>(
        string sql,
        Func<NpgsqlDataReader, TRow> read,
        CancellationToken cancellation,
        params object[] values
    )
    {
        await using var command = Command(sql, values);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var all = new List<TRow>();
        while (await rows.ReadAsync(cancellation))
            all.Add(read(rows));
        return all;
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
