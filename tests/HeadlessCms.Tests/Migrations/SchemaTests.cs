using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Core.Storage;
using HeadlessCms.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HeadlessCms.Tests.Migrations;

/// <summary>The rules that PostgreSQL keeps by itself, whoever writes.</summary>
public sealed class SchemaTests(Newsroom newsroom, TestCluster cluster) : IClassFixture<Newsroom>
{
    [Fact]
    public void The_model_has_no_change_that_is_not_in_a_migration()
    {
        var options = new DbContextOptionsBuilder<NewsroomDbContext>();
        options.UseNewsroom(NpgsqlDataSource.Create("Host=localhost"));
        using var db = new NewsroomDbContext(options.Options);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Two_nodes_that_start_at_once_migrate_once()
    {
        var connectionString = await cluster.NewDatabaseAsync(migrated: false);
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    await using var node = new Database(connectionString);
                    await Migrator.RunAsync(node, NullLogger.Instance);
                })
        );

        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var count = new NpgsqlCommand("select count(*) from \"__EFMigrationsHistory\"", connection);
        var options = new DbContextOptionsBuilder<NewsroomDbContext>();
        options.UseNewsroom(NpgsqlDataSource.Create(connectionString));
        await using var db = new NewsroomDbContext(options.Options);
        Assert.Equal((long)db.Database.GetMigrations().Count(), await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_migration_may_take_longer_than_any_other_command()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var connectionString = await cluster.NewDatabaseAsync(migrated: false);
        var impatient = new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 1 }.ConnectionString;
        await using var other = NpgsqlDataSource.Create(connectionString);
        await using (
            var make = other.CreateCommand(
                "create table \"__EFMigrationsHistory\" (migration_id varchar(150) primary key, product_version varchar(32) not null)"
            )
        )
            await make.ExecuteNonQueryAsync(cancellation);
        await using var connection = await other.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var hold = new NpgsqlCommand("lock table \"__EFMigrationsHistory\" in exclusive mode", connection))
            await hold.ExecuteNonQueryAsync(cancellation);

        await using var node = new Database(impatient);
        var migrating = Migrator.RunAsync(node, NullLogger.Instance);
        await Task.WhenAny(migrating, Task.Delay(TimeSpan.FromSeconds(2.5), cancellation));
        Assert.False(migrating.IsCompleted, $"{migrating.Exception}");
        await transaction.CommitAsync(cancellation);

        await migrating;
    }

    [Fact]
    public async Task What_was_live_before_there_was_a_search_is_found_by_it()
    {
        var connectionString = await cluster.NewDatabaseAsync(migrated: false);
        await using var source = NpgsqlDataSource.Create(connectionString);
        var options = new DbContextOptionsBuilder<NewsroomDbContext>();
        options.UseNewsroom(source);
        await using var db = new NewsroomDbContext(options.Options);
        var cancellation = TestContext.Current.CancellationToken;
        await db.Database.MigrateAsync(cancellation); // the tables without the triggers that derive
        await using (
            var before = source.CreateCommand(
                """
                with story as (insert into articles (id, slug, revision_number, created_at, created_by, saved_at) values
                  (gen_random_uuid(), 'herons', 1, now(), 'x', now()) returning id),
                     slug as (insert into article_slugs (slug, article_id) select 'herons', id from story),
                     revision as (insert into revisions (article_id, number, slug, headline, body_format, body_source, body_html,
                       word_count, language, saved_at, saved_by)
                                  select id, 1, 'herons', 'Herons nest', 'text', 'By the water.', '<p>By the <b>water</b>.</p>', 3, 'en',
                                    now(), 'x' from story)
                insert into publications (id, article_id, revision, slug, live_from, first_live_from, created_at, created_by)
                select gen_random_uuid(), id, 1, 'herons', now(), now(), now(), 'x' from story;
                insert into concepts (id, kind, slug, name, aliases, labels, same_as, version, created_at, created_by, saved_at, saved_by)
                values (gen_random_uuid(), 'topic', 'wading-birds', 'Wading birds', '{Waders}', '{}', '{}', 1, now(), 'x', now(), 'x')
                """
            )
        )
            await before.ExecuteNonQueryAsync(cancellation);

        await using (var node = new Database(connectionString))
            await Migrator.RunAsync(node, NullLogger.Instance);

        await using var found = source.CreateCommand(
            "select (select count(*) from live.matches('heron \"water\"', null)) + 10 * (select count(*) from concept_names "
                + "where folded in ('wading birds', 'waders'))"
        );
        Assert.Equal(21L, await found.ExecuteScalarAsync(cancellation));
    }

    [Theory]
    [InlineData(
        "insert into revisions select article_id, number, 'x', 'x', null, null, null, null, 0, 'en', null, null, null, null, "
            + "null, null, null, null, now(), 'x' from revisions limit 1",
        "pk_revisions"
    )]
    [InlineData("update revisions set headline = 'rewritten'", null)]
    [InlineData(
        "insert into publications (id, article_id, revision, slug, live_from, live_until, first_live_from, created_at, "
            + "created_by) select gen_random_uuid(), article_id, revision, 'other', live_from, null, first_live_from, now(), 'x' "
            + "from publications where slug = 'rules'",
        "ex_publications_article"
    )]
    [InlineData(
        "insert into publications (id, article_id, revision, slug, live_from, live_until, first_live_from, created_at, "
            + "created_by) select gen_random_uuid(), a.id, 1, 'rules', now(), null, now(), now(), 'x' from articles a where slug = "
            + "'rules-too'",
        "ex_publications_slug"
    )]
    [InlineData("update publications set live_until = live_from - interval '1 s' where slug = 'rules'", "ck_publications_range")]
    [InlineData("update concepts set latitude = 90.5, longitude = 0 where kind = 'place'", "ck_concepts_latitude")]
    [InlineData("update concepts set latitude = 0, longitude = -180.5 where kind = 'place'", "ck_concepts_longitude")]
    [InlineData("update concepts set latitude = 0, longitude = null where kind = 'place'", "ck_concepts_coordinates")]
    [InlineData("update concepts set parent_id = id where slug = 'rules-place'", "ck_concepts_not_its_own_parent")]
    [InlineData(
        "update concepts set parent_id = (select id from concepts where slug = 'rules-inner') where slug = 'rules-place'",
        "ck_concepts_acyclic"
    )]
    [InlineData(
        "update concepts set parent_id = (select id from concepts where slug = 'rules-person') where slug = 'rules-place'",
        "fk_concepts_concepts_parent_id_kind"
    )]
    [InlineData("insert into concept_slugs select 'place', 'rules-place', id from concepts where slug = 'rules-inner'", "pk_concept_slugs")]
    [InlineData("insert into article_slugs select 'rules', id from articles where slug = 'rules-too'", "pk_article_slugs")]
    [InlineData("insert into article_slugs select 'Not a slug', id from articles where slug = 'rules'", "ck_article_slugs_slug")]
    [InlineData("update articles set slug = 'rules-too' where slug = 'rules'", "ix_articles_slug")]
    [InlineData("update articles set revision_number = 7 where slug = 'rules'", "fk_articles_working_copy")]
    [InlineData(
        "insert into authorships (article_id, revision, person_id, position) select a.id, 1, c.id, 0 from articles a, concepts "
            + "c where a.slug = 'rules' and c.slug = 'rules-place'",
        "fk_authorships_person"
    )]
    [InlineData("insert into autosaves select 'x', article_id, number, '[]', now() from revisions limit 1", "ck_autosaves_content")]
    [InlineData(
        "insert into autosaves select 'x', article_id, number, json_build_object('headline', repeat('x', 1048576)), now() "
            + "from revisions limit 1",
        "ck_autosaves_content"
    )]
    [InlineData(
        "insert into autosaves select 'x', id, 99, '{}', now() from articles limit 1",
        "fk_autosaves_revisions_article_id_revision"
    )]
    [InlineData(
        "insert into autosaves select 'x', r.article_id, r.number, '{}', now() from (select * from revisions limit 1) r, "
            + "generate_series(1, 2)",
        "pk_autosaves"
    )]
    [InlineData(
        "insert into suggestion_refusals select gen_random_uuid(), id, 'place', null, ' ', 'x', now() from articles limit 1",
        "ck_suggestion_refusals_name"
    )]
    [InlineData(
        "insert into suggestion_refusals select gen_random_uuid(), id, 'planet', null, 'x', 'x', now() from articles limit 1",
        "ck_suggestion_refusals_kind"
    )]
    [InlineData(
        "insert into suggestion_refusals select gen_random_uuid(), a.id, 'place', null, 'x', 'x', now() "
            + "from (select id from articles limit 1) a, generate_series(1, 2)",
        "ix_suggestion_refusals_article_id_kind_name_concept_id"
    )]
    [InlineData(
        "insert into suggestion_refusals select gen_random_uuid(), a.id, 'person', c.id, 'x', 'x', now() "
            + "from (select id from articles limit 1) a, concepts c where c.slug = 'rules-place'",
        "fk_suggestion_refusals_concepts_concept_id_kind"
    )]
    [InlineData("insert into changes (type) values ('published')", "ck_changes_subject")]
    [InlineData("update webhooks set events = array['webhookPing'] where name = 'rules'", "ck_webhooks_events")]
    [InlineData("update webhooks set events = '{}' where name = 'rules'", "ck_webhooks_events")]
    [InlineData("update webhooks set url = 'file:///etc/passwd' where name = 'rules'", "ck_webhooks_url")]
    [InlineData("update webhooks set secret = '\\x00' where name = 'rules'", "ck_webhooks_secret")]
    [InlineData("update webhooks set previous_secret = secret where name = 'rules'", "ck_webhooks_previous_secret")]
    [InlineData("update webhooks set disabled_reason = 'gone' where name = 'rules'", "ck_webhooks_disabled")]
    [InlineData("update webhooks set state = 'active' where name = 'rules'", "ck_webhooks_verified")]
    [InlineData("update webhook_deliveries set position = 1", "ck_webhook_deliveries_ping")]
    [InlineData("update webhook_deliveries set state = 'delivered', lease = null, leased_until = null", "ck_webhook_deliveries_settled")]
    [InlineData("update webhook_deliveries set lease = null, leased_until = now()", "ck_webhook_deliveries_lease")]
    [InlineData(
        "insert into preview_tokens (id, article_id, as_of, created_at, created_by, caller, expires_at) "
            + "select gen_random_uuid(), id, now(), now(), 'x', 'x', now() + interval '1 h' from articles where slug = 'rules'",
        "ck_preview_tokens_scope"
    )]
    [InlineData(
        "insert into preview_tokens (id, created_at, created_by, caller, expires_at) values (gen_random_uuid(), now(), 'x', 'x', now())",
        "ck_preview_tokens_expires_at"
    )]
    [InlineData("insert into webhook_progress (position) values (0)", "pk_webhook_progress")]
    [InlineData("insert into webhook_progress (one, position) values (false, 0)", "ck_webhook_progress_one")]
    [InlineData("insert into websub_progress (position) values (0)", "pk_websub_progress")]
    [InlineData("insert into websub_progress (one, position) values (false, 0)", "ck_websub_progress_one")]
    [InlineData("insert into cdn_progress (position) values (0)", "pk_cdn_progress")]
    [InlineData("insert into cdn_progress (one, position) values (false, 0)", "ck_cdn_progress_one")]
    [InlineData("insert into cdn_targets (address, tries, due_at) values ('http://a', -1, now())", "ck_cdn_targets_tries")]
    [InlineData(
        "insert into cdn_targets (address, tries, due_at, lease) values ('http://a', 0, now(), gen_random_uuid())",
        "ck_cdn_targets_lease"
    )]
    [InlineData(
        "insert into cdn_purges (address, tag, position, changed, since, is_purged, due_at) "
            + "values ('http://b', 't', 1, 1, now(), false, now())",
        "fk_cdn_purges_address"
    )]
    public async Task A_rule_that_matters_is_a_constraint(string sql, string? constraint)
    {
        await MakeThingsAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => newsroom.SqlAsync(sql));

        Assert.StartsWith("23", refused.SqlState, StringComparison.Ordinal);
        if (constraint is not null)
            Assert.Equal(constraint, refused.ConstraintName);
    }

    [Theory]
    [InlineData("revisions", "word_count = word_count + 1")]
    [InlineData("revisions", "added = 'x'")]
    [InlineData("mentions", "role = 'rewritten'")]
    [InlineData("mentions", "added = 'x'")]
    [InlineData("mentions", "concept_id = (select id from concepts where slug = 'rules-place')")]
    [InlineData("authorships", "position = position + 1")]
    [InlineData("authorships", "added = 'x'")]
    [InlineData("changes", "added = 'x'")]
    public async Task What_was_saved_is_frozen_and_so_is_a_column_that_is_added_later(string table, string rewrite)
    {
        await MakeThingsAsync();
        await newsroom.SqlAsync($"alter table {table} add column if not exists added text");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => newsroom.SqlAsync($"update {table} set {rewrite}"));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);
        Assert.Contains("immutable", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_change_log_shows_its_positions_in_their_order_and_without_gaps_under_concurrent_writers()
    {
        await MakeThingsAsync();
        var seen = new List<long>();
        using var done = new CancellationTokenSource();
        var cancellation = TestContext.Current.CancellationToken;
        var reader = Task.Run(
            async () =>
            {
                for (var last = false; ; last = done.IsCancellationRequested)
                {
                    var after = seen.Count > 0 ? seen[^1] : 0;
                    await using var connection = new NpgsqlConnection(newsroom.ConnectionString);
                    await connection.OpenAsync(cancellation);
                    await using var read = new NpgsqlCommand(
                        $"select position from changes where position > {after} and type = 'test' order by position",
                        connection
                    );
                    await using var rows = await read.ExecuteReaderAsync(cancellation);
                    while (await rows.ReadAsync(cancellation))
                        seen.Add(rows.GetInt64(0));
                    if (last)
                        return;
                }
            },
            cancellation
        );
        await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) =>
        {
            await using var connection = new NpgsqlConnection(newsroom.ConnectionString);
            await connection.OpenAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using var insert = new NpgsqlCommand(
                "insert into changes (type, article_id) select 'test', id from articles where slug = 'rules'; select "
                    + "pg_sleep(random() * 0.002)",
                connection
            );
            await insert.ExecuteNonQueryAsync(cancellation);
            if (number % 10 == 0)
                await transaction.RollbackAsync(cancellation);
            else
                await transaction.CommitAsync(cancellation);
        });
        await done.CancelAsync();
        await reader;

        Assert.Equal(360, seen.Count);
        Assert.Equal(360L, await newsroom.SqlAsync("select count(*) from changes where type = 'test'"));
    }

    [Fact]
    public async Task Publishing_unpublishing_and_saving_a_concept_are_told_in_the_change_log()
    {
        await newsroom.Admin.ConceptAsync("topics", new { name = "Told" });
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Told" });
        var before = (long)(await newsroom.SqlAsync("select coalesce(max(position), 0) from changes"))!;
        await newsroom.Admin.PublishAsync(slug);
        (await newsroom.Admin.PostAsync($"/editorial/v1/articles/{slug}/unpublish")).Expect(System.Net.HttpStatusCode.OK);
        (await newsroom.Admin.PatchAsync("/editorial/v1/topics/told", new { description = "x" }, "\"v1\"")).Expect(
            System.Net.HttpStatusCode.OK
        );

        Assert.Equal(
            "published,unpublished,conceptSaved",
            await newsroom.SqlAsync(
                $"select string_agg(type, ',' order by position) from changes where position > {before} and (article_id = "
                    + $"(select id from articles where slug = '{slug}') or concept_id = (select id from concepts where slug = 'told'))"
            )
        );
    }

    private async Task MakeThingsAsync()
    {
        if ((bool)(await newsroom.SqlAsync("select exists (select from articles where slug = 'rules')"))!)
            return;
        await newsroom.Admin.ArticleAsync(new { headline = "Rules", slug = "rules" }, publish: true);
        await newsroom.Admin.ConceptAsync("places", new { name = "Rules place" });
        await newsroom.Admin.ConceptAsync("places", new { name = "Rules inner", within = "rules-place" });
        await newsroom.Admin.ConceptAsync("people", new { name = "Rules person" });
        await newsroom.Admin.ArticleAsync(
            new
            {
                headline = "Rules too",
                slug = "rules-too",
                authors = new[] { "rules-person" },
                people = new[] { new { person = "rules-person", relation = "about" } },
            }
        );
        (
            await newsroom.Admin.PostAsync(
                "/editorial/v1/webhooks",
                new
                {
                    name = "rules",
                    url = "https://hooks.example/",
                    events = new[] { "article.published" },
                }
            )
        ).Expect(System.Net.HttpStatusCode.Created);
    }
}
