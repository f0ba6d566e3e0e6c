using System.Diagnostics;
using HeadlessCms.Benchmarks.Generated;
using Npgsql;

namespace HeadlessCms.Benchmarks.Loading;

/// <summary>
/// Loads a newsroom in minutes: by COPY, without triggers and indexes. The indexes are rebuilt afterwards, and the functions of the
/// triggers fill the derived tables.
/// </summary>
internal static class Loader
{
    private const int Batch = 2_000;
    private const int Workers = 2;

    public static async Task LoadAsync(string connectionString, Newsroom newsroom, int count)
    {
        var started = Stopwatch.GetTimestamp();
        await using (var plain = NpgsqlDataSource.Create(connectionString))
            await ConceptTables.CopyAsync(plain, newsroom.Concepts);

        // Triggers and foreign keys run per row, which is too slow for a million articles.
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Options =
                "-c session_replication_role=replica -c synchronous_commit=off -c maintenance_work_mem=1GB -c "
                + "max_parallel_maintenance_workers=2",
            CommandTimeout = 0,
        };
        await using var source = NpgsqlDataSource.Create(settings);
        await using (await SetAside.IndexesAsync(source, ArticleTables.Names))
        {
            var next = -1;
            await Parallel.ForAsync(0, Workers, async (_, cancellation) =>
            {
                await using var connection = await source.OpenConnectionAsync(cancellation);
                for (var batch = Interlocked.Increment(ref next); batch * Batch < count; batch = Interlocked.Increment(ref next))
                {
                    var stories = Enumerable.Range(batch * Batch, Math.Min(Batch, count - batch * Batch)).Select(newsroom.Story).ToList();
                    await ArticleTables.CopyAsync(connection, stories);
                }
            });
        }

        await using (await SetAside.IndexesAsync(source, DerivedTables.Indexed))
            await DerivedTables.FillAsync(source, Workers);
        await using (var tidy = source.CreateCommand("vacuum analyze"))
            await tidy.ExecuteNonQueryAsync();
        await using (var settle = source.CreateCommand("checkpoint"))
            await settle.ExecuteNonQueryAsync();
        Console.Error.WriteLine($"Loaded {count:N0} articles in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s.");
    }
}
