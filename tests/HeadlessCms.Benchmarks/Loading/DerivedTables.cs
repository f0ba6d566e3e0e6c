using Npgsql;

namespace HeadlessCms.Benchmarks.Loading;

/// <summary>The tables that triggers keep, filled for all articles at once.</summary>
internal static class DerivedTables
{
    private static readonly string[] Statements =
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
    ];

    public static async Task FillAsync(NpgsqlDataSource source)
    {
        foreach (var statement in Statements)
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
    }
}
