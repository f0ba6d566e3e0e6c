using Npgsql;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>
/// The verb <c>reindex-search</c>: makes the words of all texts and names anew, in short transactions, while readers read and editors
/// publish. It can be interrupted and run again.
/// </summary>
internal static class SearchReindex
{
    private const int Batch = 200;

    /// <returns>The number of texts.</returns>
    public static async Task<int> RunAsync(Database database, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { CommandTimeout = 0, Pooling = false };
        await using var connection = SourceTracing.Connection(settings.ConnectionString, "reindex");
        await connection.OpenAsync(cancellation);
        // First, because publications take the words of working copies.
        await BatchesAsync(
            "select id from public.articles where id > $1 order by id limit $2",
            "select public.remake_working_copy_texts($1)"
        );
        var texts = await BatchesAsync(
            "select id from public.publications where id > $1 order by id limit $2",
            "select public.remake_publication_texts($1)"
        );
        await BatchesAsync(
            "select id from public.concepts where id > $1 order by id limit $2",
            "select public.make_concept_names(c) from public.concepts c where c.id = any($1)"
        );
        await using var recount = new NpgsqlCommand("select public.recount_words()", connection);
        await recount.ExecuteNonQueryAsync(cancellation);
        return texts;

        async Task<int> BatchesAsync(string next, string make)
        {
            var (done, last) = (0, Guid.Empty);
            for (; ; )
            {
                var ids = new List<Guid>();
                await using (
                    var command = new NpgsqlCommand(next, connection)
                    {
                        Parameters =
                        {
                            new() { Value = last },
                            new() { Value = Batch },
                        },
                    }
                )
                await using (var reader = await command.ExecuteReaderAsync(cancellation))
                    while (await reader.ReadAsync(cancellation))
                        ids.Add(reader.GetGuid(0));
                if (ids.Count == 0)
                    return done;
                await using var made = new NpgsqlCommand(make, connection) { Parameters = { new() { Value = ids.ToArray() } } };
                await made.ExecuteNonQueryAsync(cancellation);
                (done, last) = (done + ids.Count, ids[^1]);
            }
        }
    }
}
