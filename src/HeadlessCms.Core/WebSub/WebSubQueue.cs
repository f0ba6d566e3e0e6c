using System.Security.Cryptography;
using Npgsql;

namespace HeadlessCms.Core.WebSub;

/// <summary>A feed that this node has a hold on, to tell the hub of it.</summary>
/// <param name="Topic">The path of the feed.</param>
/// <param name="Position">The last change that touched it.</param>
/// <param name="Tries">How often the hub was told in vain.</param>
/// <param name="Lease">Names the hold.</param>
public sealed record LeasedPing(string Topic, long Position, int Tries, Guid Lease);

/// <summary>The feeds that the hub is to be told of, as the nodes share them.</summary>
/// <param name="source">The newsroom.</param>
public sealed class WebSubQueue(NpgsqlDataSource source)
{
    private const double Jitter = 0.2;

    // Each wait is twice as long as the one before, up to an hour; after a day it is given up.
    private const int MostTries = 32;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Notes which feeds, in each of <paramref name="formats"/>, the next <paramref name="most"/> changes touch; how many changes there were.</summary>
    public async Task<int> TouchAsync(int most, string[] formats, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand("select touch_feeds($1, $2)");
        command.Parameters.Add(new() { Value = most });
        command.Parameters.Add(new() { Value = formats });
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Takes hold of up to <paramref name="most"/> feeds that are due.</summary>
    public async Task<IReadOnlyList<LeasedPing>> LeaseAsync(int most, TimeSpan duration, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            """
            update websub_pings p
            set lease = gen_random_uuid(), leased_until = statement_timestamp() + $2
            from (
              select topic from websub_pings
              where due_at <= statement_timestamp() and (leased_until is null or leased_until <= statement_timestamp())
              order by due_at limit $1
              for update skip locked) due
            where p.topic = due.topic
            returning p.topic, p.position, p.tries, p.lease
            """
        );
        command.Parameters.Add(new() { Value = most });
        command.Parameters.Add(new() { Value = duration });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var leased = new List<LeasedPing>();
        while (await rows.ReadAsync(cancellation))
            leased.Add(new LeasedPing(rows.GetString(0), rows.GetInt64(1), rows.GetInt32(2), rows.GetGuid(3)));
        return leased;
    }

    /// <summary>The hub knows: the feed is done with, unless it changed since.</summary>
    public async Task SettleAsync(LeasedPing ping, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ping);
        await using var command = source.CreateCommand(
            """
            with done as (delete from websub_pings where topic = $1 and lease = $2 and position = $3)
            update websub_pings set tries = 0, due_at = clock_timestamp(), lease = null, leased_until = null where topic = $1 and lease = $2 and position > $3
            """
        );
        foreach (var value in new object[] { ping.Topic, ping.Lease, ping.Position })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The hub could not be told: it is tried again after a while, or given up.</summary>
    public async Task PostponeAsync(LeasedPing ping, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ping);
        await using var command = source.CreateCommand(
            """
            with given_up as (delete from websub_pings where topic = $1 and lease = $2 and tries + 1 >= $3)
            update websub_pings set tries = tries + 1, due_at = clock_timestamp() + $4, lease = null, leased_until = null where topic = $1 and lease = $2 and tries + 1 < $3
            """
        );
        foreach (var value in new object[] { ping.Topic, ping.Lease, MostTries, WaitAfter(ping.Tries + 1) })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>How long to wait after so many tries, up to a fifth longer by chance, so that a hub that comes back is not met by all at once.</summary>
    public static TimeSpan WaitAfter(int tries)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(tries, MostTries) - 1);
        return (wait < LongestWait ? wait : LongestWait) * (1 + Jitter * RandomNumberGenerator.GetInt32(1_000) / 1_000);
    }
}
