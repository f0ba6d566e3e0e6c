using Npgsql;

namespace HeadlessCms.Benchmarks.Loading;

/// <summary>
/// Fills the tables that triggers maintain, for many articles at once, with the functions of the triggers where they exist.
/// </summary>
internal static class DerivedTables
{
    /// <summary>The tables whose indexes are built after loading.</summary>
    public static readonly string[] Indexed = ["publication_texts", "working_copy_texts"];

    private const int Batch = 5_000;

    private static readonly string[] Once =
    [
        """
            insert into changes (at, type, concept_id, concept_kind)
            select created_at, 'conceptSaved', id, kind from concepts order by created_at, id
            """,
        """
            insert into changes (at, type, article_id, revision)
            select live_from, 'published', article_id, revision from publications order by live_from, article_id
            """,
        "insert into shown_concepts (concept_id, since) select distinct concept_id, 0 from concept_uses",
        "insert into story_counts (concept_id, stories) select concept_id, count(distinct article_id) from concept_uses group "
            + "by concept_id",
    ];

    private static readonly (string Function, string Statement)[] OfPublications =
    [
        ("appear", "select appear($1)"),
        // The words of a publication are those of its working copy, where they are there already.
        (
            "remake_working_copy_texts",
            "select remake_working_copy_texts(array(select p.article_id from publications p where p.id = any ($1)))"
        ),
        (
            "make_publication_text",
            "select count(*) from (select make_publication_text(p) from publications p where p.id = any ($1) offset 0) made"
        ),
    ];

    public static async Task FillAsync(NpgsqlDataSource source, int workers)
    {
        foreach (var statement in Once)
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }

        var publications = new List<Guid>();
        await using (var command = source.CreateCommand("select id from publications order by first_live_from, article_id"))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                publications.Add(reader.GetGuid(0));

        foreach (var (function, statement) in OfPublications)
        {
            await using (var known = source.CreateCommand("select to_regproc($1) is not null"))
            {
                known.Parameters.AddWithValue(function);
                if (!(bool)(await known.ExecuteScalarAsync())!)
                    continue;
            }

            var options = new ParallelOptions { MaxDegreeOfParallelism = workers };
            await Parallel.ForEachAsync(publications.Chunk(Batch), options, async (batch, cancellation) =>
            {
                await using var command = source.CreateCommand(statement);
                command.Parameters.AddWithValue(batch);
                await command.ExecuteNonQueryAsync(cancellation);
            });
        }

        await using var count = source.CreateCommand("select recount_words()");
        await count.ExecuteNonQueryAsync();
    }
}
