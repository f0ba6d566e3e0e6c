using Npgsql;

namespace HeadlessCms.Benchmarks.Loading;

/// <summary>
/// Drops indexes and exclusion constraints while rows are loaded and rebuilds them afterwards. Missing tables are ignored.
/// </summary>
internal sealed class SetAside : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly List<string> _make;

    private SetAside(NpgsqlDataSource source, List<string> make) => (_source, _make) = (source, make);

    public static async Task<SetAside> IndexesAsync(NpgsqlDataSource source, string[] tables)
    {
        var (drop, make) = (new List<string>(), new List<string>());
        await using (
            var command = source.CreateCommand(
                """
                select format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
                from pg_index i
                where i.indrelid = any (select to_regclass(name) from unnest($1) name) and not exists (select from pg_constraint c where
                  c.conindid = i.indexrelid)
                union all
                select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname),
                       format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
                from pg_constraint c
                where c.conrelid = any (select to_regclass(name) from unnest($1) name) and c.contype = 'x'
                """
            )
        )
        {
            command.Parameters.AddWithValue(tables);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                drop.Add(reader.GetString(0));
                make.Add(reader.GetString(1));
            }
        }

        await RunAsync(source, drop);
        return new SetAside(source, make);
    }

    public async ValueTask DisposeAsync() => await RunAsync(_source, _make);

    private static async Task RunAsync(NpgsqlDataSource source, List<string> statements)
    {
        foreach (var statement in statements)
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
    }
}
