using Npgsql;

namespace HeadlessCms.Tests.Harness;

/// <summary>A newsroom with enough stories that PostgreSQL plans as in a large one. The database generates them.</summary>
public sealed class LargeNewsroom(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
{
    public const int Stories = 6_000;

    // Nothing is kept, or which of two statements a list takes would depend on who asked for it before.
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:Cache:MaxArticleBytes"] = "0" };

    // Topic 1 and person 1 are in every third story. The first ten places and topics are the parents of the others. All headlines have the
    // word "headline", every hundredth "jackpot", and the oldest third "harvest".
    private const string Concepts = """
        insert into concepts (id, kind, slug, name, aliases, labels, same_as, version, created_at, created_by, saved_at, saved_by)
        select gen_random_uuid(), kind, kind || '-' || n, initcap(kind) || ' ' || n, '{}', '{}', '{}', 1, now(), 'test', now(), 'test'
        from (values ('person', 400), ('place', 60), ('topic', 80)) kinds (kind, many), generate_series(1, many) n;
        insert into concept_slugs (kind, slug, concept_id) select kind, slug, id from concepts;
        update concepts c set parent_id = p.id
        from generate_series(11, 80) n, concepts p
        where c.slug in ('place-' || n, 'topic-' || n) and p.kind = c.kind and p.slug = c.kind || '-' || (n % 10 + 1);
        """;

    private const string Articles = """
        set session_replication_role = replica;
        insert into articles (id, slug, revision_number, created_at, created_by, saved_at)
        select gen_random_uuid(), 'story-' || n, 1, at, 'test', at
        from generate_series(1, 6000) n, lateral (select timestamptz '2020-01-01Z' + n * interval '1 hour') t (at);
        insert into article_slugs (slug, article_id) select slug, id from articles;
        insert into revisions
          (article_id, number, slug, headline, body_format, body_source, body_html, word_count, language, saved_at, saved_by)
        select id, 1, slug, 'Headline of ' || slug, 'text', text, '<p>' || text || '</p>', 200, 'en', saved_at, 'test'
        from articles, lateral (select string_agg(md5(slug || word), ' ') from generate_series(1, 30) word) body (text);
        insert into mentions (article_id, revision, concept_id, relation, position)
        select a.id, 1, c.id, case when c.kind = 'person' then 'about' else 'mentions' end, 0
        from articles a, lateral (select substr(a.slug, 7)::int as n) story, concepts c
        where c.slug in ('person-' || (case when n % 3 = 0 then 1 else n % 397 + 1 end),
                         'person-' || (n * 31 % 389 + 2), 'place-' || (n % 60 + 1),
                         'topic-' || (case when n % 3 = 0 then 1 else n % 80 + 1 end), 'topic-' || (n * 7 % 79 + 2));
        insert into authorships (article_id, revision, person_id, position)
        select a.id, 1, c.id, 0 from articles a join concepts c on c.slug = 'person-' || (substr(a.slug, 7)::int % 50 + 1);
        insert into publications (id, article_id, revision, slug, live_from, first_live_from, created_at, created_by, start_logged)
        select gen_random_uuid(), id, 1, slug, saved_at, saved_at, saved_at, 'test', true from articles;
        insert into changes (at, type, article_id, revision)
        select live_from, 'published', article_id, 1 from publications order by live_from;
        insert into shown_concepts (concept_id, since) select distinct concept_id, 0 from concept_uses;
        select appear(array(select id from publications));
        insert into publication_texts (publication_id, article_id, revision, first_live_from, live_from, configuration, length, words)
        select p.id, p.article_id, 1, p.first_live_from, p.live_from, 'english', 33,
               to_tsvector('english', concat_ws(' ', r.headline, case when story.n % 100 = 77 then 'jackpot' end,
                 case when story.n <= 2000 then 'harvest' end)) || to_tsvector('simple', r.body_source)
        from publications p join revisions r on r.article_id = p.article_id, lateral (select substr(r.slug, 7)::int as n) story;
        select recount_words();
        """;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await RunAsync(connection, Concepts);
        await RunAsync(connection, Articles);
        // Statistics of all rows: those of a sample would make plans differ from run to run. Of the newsroom's tables alone:
        // the catalogs that all databases share are vacuumed by the servers of other tests too.
        await RunAsync(connection, "set default_statistics_target = 1000");
        await using var tables = new NpgsqlCommand(
            "select string_agg(format('%I', tablename), ', ') from pg_tables where schemaname = 'public'",
            connection
        );
        await RunAsync(connection, $"vacuum analyze {await tables.ExecuteScalarAsync()}");
    }

    /// <summary>Runs a statement for as long as it takes: on a busy machine six thousand stories can take over half a minute.</summary>
    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
