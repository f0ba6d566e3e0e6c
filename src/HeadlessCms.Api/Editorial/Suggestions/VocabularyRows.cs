using System.Runtime.CompilerServices;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Suggestions;
using Npgsql;

namespace HeadlessCms.Api.Editorial.Suggestions;

/// <summary>What was changed in the newsroom.</summary>
/// <param name="Position">The position of the last change; null where there is none.</param>
/// <param name="Concepts">The concepts that were changed, or that are named by what was published.</param>
internal sealed record VocabularyChanges(long? Position, IReadOnlyList<Guid> Concepts);

/// <summary>How many stories name two concepts.</summary>
internal sealed record ConceptPair(Guid One, Guid Other, long Stories);

/// <summary>For how many articles a concept was refused where the text has a name.</summary>
internal sealed record TimesRefused(Guid Concept, string Name, long Times);

/// <summary>Reads the newsroom for its vocabulary, outside of the transaction of a request.</summary>
internal sealed class VocabularyRows(NpgsqlDataSource newsroom)
{
    private const string Concepts = """
        select c.id, c.kind, c.name,
          c.aliases || array(select l.value from jsonb_each_text(c.labels) l) || array_remove(array[c.acronym::text], null),
          c.country_code, c.parent_id, c.title, c.place_kind = 'country', coalesce(u.stories, 0)
        from concepts c
        """;

    /// <summary>The position of the last change; 0 where there is none.</summary>
    public async Task<long> LastChangeAsync(CancellationToken cancellation)
    {
        await using var command = newsroom.CreateCommand("select coalesce(max(position), 0) from changes");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>An index of all concepts. An editor chooses a series; no text names one.</summary>
    public async Task<NameIndex> NamesAsync(CancellationToken cancellation)
    {
        var names = new NameIndex([]);
        var concepts = EachAsync(
            newsroom.CreateCommand(
                $"""
                {Concepts}
                left join (
                  select m.concept_id, count(*) as stories
                  from mentions m join articles a on (a.id, a.revision_number) = (m.article_id, m.revision)
                  where a.trashed_at is null
                  group by m.concept_id) u on u.concept_id = c.id
                where c.merged_into_id is null and c.kind <> 'series'
                """
            ),
            ConceptOf,
            cancellation
        );
        await foreach (var concept in concepts)
            names.Set(concept);
        return names;
    }

    /// <summary>Those of <paramref name="ids"/> that are not deleted and not merged into others.</summary>
    public Task<List<ConceptEntry>> ConceptsAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        ReadAsync(
            newsroom.CreateCommand(
                $"""
                {Concepts}
                cross join lateral (
                  select count(*) as stories
                  from mentions m join articles a on (a.id, a.revision_number) = (m.article_id, m.revision)
                  where m.concept_id = c.id and a.trashed_at is null) u
                where c.merged_into_id is null and c.kind <> 'series' and c.id = any($1)
                """
            ),
            ConceptOf,
            cancellation,
            ids.ToArray()
        );

    /// <summary>The next changes after <paramref name="position"/>.</summary>
    public async Task<VocabularyChanges> ChangesAsync(long position, CancellationToken cancellation)
    {
        var seen = await ReadAsync(
            newsroom.CreateCommand(
                """
                with seen as (
                  select position, concept_id, article_id, revision from changes where position > $1 order by position limit 1000)
                select (select max(position) from seen), array(
                  select concept_id from seen where concept_id is not null
                  union
                  select m.concept_id from seen s join mentions m on (m.article_id, m.revision) = (s.article_id, s.revision))
                """
            ),
            row => new VocabularyChanges(row.IsDBNull(0) ? null : row.GetInt64(0), row.GetFieldValue<Guid[]>(1)),
            cancellation,
            position
        );
        return seen[0];
    }

    /// <summary>
    /// How often each name was refused that was since <paramref name="from"/>, and the instant from which to read next. Refusals of a
    /// transaction become visible when it ends, so the last minute is read again.
    /// </summary>
    public async Task<(IReadOnlyList<TimesRefused> Names, DateTimeOffset Until)> RefusedAsync(
        DateTimeOffset from,
        CancellationToken cancellation
    )
    {
        await using var clock = newsroom.CreateCommand("select clock_timestamp() - interval '1 minute'");
        var until = new DateTimeOffset((DateTime)(await clock.ExecuteScalarAsync(cancellation))!);
        var names = await ReadAsync(
            newsroom.CreateCommand(
                """
                with refused as (
                  select coalesce(c.merged_into_id, c.id) as concept, r.name, r.article_id, r.refused_at
                  from suggestion_refusals r join concepts c on c.id = r.concept_id
                  where (r.concept_id, r.name) in (
                    select concept_id, name from suggestion_refusals where refused_at >= $1 and concept_id is not null))
                select concept, name, count(distinct article_id) from refused group by concept, name
                """
            ),
            row => new TimesRefused(row.GetGuid(0), row.GetString(1), row.GetInt64(2)),
            cancellation,
            from
        );
        return (names, until);
    }

    /// <summary>The pairs that the newest stories name most often.</summary>
    public Task<List<ConceptPair>> PairsAsync(CancellationToken cancellation) =>
        ReadAsync(
            newsroom.CreateCommand(
                """
                select one.concept_id, other.concept_id, count(*)
                from (
                  select id, revision_number from articles where trashed_at is null order by saved_at desc, id desc limit 20000) a
                join mentions one on (one.article_id, one.revision) = (a.id, a.revision_number)
                join mentions other on (other.article_id, other.revision) = (a.id, a.revision_number)
                  and other.concept_id > one.concept_id
                group by one.concept_id, other.concept_id
                having count(*) > 1
                order by count(*) desc
                limit 100000
                """
            ),
            row => new ConceptPair(row.GetGuid(0), row.GetGuid(1), row.GetInt64(2)),
            cancellation
        );

    /// <summary>The newest model that this version of the app reads, where one is newer than <paramref name="version"/>.</summary>
    public async Task<(int Version, byte[] Model)?> ModelAsync(int version, CancellationToken cancellation)
    {
        var newest = await ReadAsync(
            newsroom.CreateCommand(
                "select version, model from topic_models where format = $1 and version > $2 order by version desc limit 1"
            ),
            row => (row.GetInt32(0), row.GetFieldValue<byte[]>(1)),
            cancellation,
            SuggestionModel.Format,
            version
        );
        return newest.Count > 0 ? newest[0] : null;
    }

    private static ConceptEntry ConceptOf(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            EnumNames.Parse<ConceptKind>(row.GetString(1)),
            row.GetString(2),
            row.GetFieldValue<string[]>(3),
            row.IsDBNull(4) ? null : row.GetString(4),
            row.IsDBNull(5) ? null : row.GetGuid(5),
            row.IsDBNull(6) ? null : row.GetString(6),
            row.IsDBNull(7) ? null : row.GetBoolean(7),
            row.GetInt64(8)
        );

    private static async Task<List<T>> ReadAsync<T>(
        NpgsqlCommand command,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellation,
        params IReadOnlyList<object> parameters
    )
    {
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        return await EachAsync(command, read, cancellation).ToListAsync(cancellation);
    }

    private static async IAsyncEnumerable<T> EachAsync<T>(
        NpgsqlCommand command,
        Func<NpgsqlDataReader, T> read,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using (command)
        {
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
                yield return read(rows);
        }
    }
}
