using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Postgres;

/// <summary>The app on every supported version of PostgreSQL, and a newsroom's way from one to another by dump and restore.</summary>
[Trait("Postgres", "AnyVersion")]
public sealed class VersionTests(VersionServers servers) : IClassFixture<VersionServers>
{
    public static TheoryData<int> Versions => [.. PostgresVersions.Supported];

    /// <summary>From the oldest version to every one, and from each version to itself.</summary>
    public static TheoryData<int, int> Restores =>
        [
            .. PostgresVersions.Supported.Select(to => (PostgresVersions.Supported[0], to)),
            .. PostgresVersions.Supported.Skip(1).Select(version => (version, version)),
        ];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task An_empty_newsroom_works_and_goes_on_working_after_maintenance_with_an_empty_search_path(int major)
    {
        var server = await servers.OfAsync(major);
        var database = await server.CreateDatabaseAsync();
        await using var newsroom = await server.OpenAsync(database);
        await WorkAsync(newsroom, "Harbour");

        var warnings = await server.ExecuteAsync(
            database,
            "set search_path = ''",
            $"reindex database {database}",
            "analyze",
            "vacuum",
            "vacuum full"
        );

        Assert.Empty(warnings);
        await WorkAsync(newsroom, "Lighthouse");
        Assert.Equal(["story-of-the-harbour"], await FoundAsync(newsroom, "harbours"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_sample_newsroom_is_filled_in_and_found(int major)
    {
        var used = await (await servers.OfAsync(major)).UsedAsync();

        Assert.True(used.Answers.Values.Count(answer => answer.StartsWith("200 ", StringComparison.Ordinal)) > 1_000);
        Assert.Contains("tajik-and-japanese-leaders-meet-in-tokyo", await FoundAsync(used.Newsroom, "leaders"));
        Assert.Equal(["cafe-owners-of-sao-tome-ask-for-shade"], await FoundAsync(used.Newsroom, "cafe"));
        Assert.StartsWith("410 ", used.Answers[UsedNewsroom.Withdrawn], StringComparison.Ordinal);
        Assert.StartsWith("308 ", used.Answers[UsedNewsroom.Renamed], StringComparison.Ordinal);
    }

    // The recipe of docs/operating.md, by the database's owner, who need not be a superuser:
    //   pg_dump --format=custom --file=cms.dump --dbname=cms
    //   createdb cms                                                             (in a cluster of the same version or a newer one)
    //   psql -c 'create role cms_live nologin' -c 'grant cms_live to current_user'  (unless the cluster has the role: roles are not dumped)
    //   pg_restore --no-owner --exit-on-error --dbname=cms cms.dump
    // pg_dump and pg_restore are of the version that the dump is taken from, or newer, but no newer than the server restored to.
    [Theory]
    [MemberData(nameof(Restores))]
    public async Task A_dump_restores_without_a_warning_and_every_answer_is_the_same(int from, int to)
    {
        var tools = PostgresVersions.RequireDump(from, to);
        var (source, target) = (await servers.OfAsync(from), await servers.OfAsync(to));
        var used = await source.UsedAsync();
        using var directory = new TemporaryDirectory();
        var dump = Path.Combine(directory.Path, "cms.dump");

        await source.RunAsync(Path.Combine(tools, "pg_dump"), used.Database, "--format=custom", $"--file={dump}");
        var database = await target.CreateDatabaseAsync();
        await target.CreateLiveRoleAsync(database);
        await target.RunAsync(Path.Combine(tools, "pg_restore"), database, "--no-owner", "--exit-on-error", dump);

        await using var restored = await target.OpenAsync(database);
        Crawl.AssertSame(used.Answers, await UsedNewsroom.AnswersAsync(restored));
        Assert.Equal(
            0L,
            await restored.SqlAsync("set role cms_live; select count(*) from live.articles where slug = 'nobody-has-seen-this'")
        );
        await WorkAsync(restored, "Lighthouse");
    }

    // The recipe of docs/operating.md for a move to a newer version while editors work.
    [Fact]
    public async Task A_newsroom_moves_from_the_oldest_version_to_the_newest_by_logical_replication()
    {
        var (oldest, newest) = (PostgresVersions.Supported[0], PostgresVersions.Supported[^1]);
        var tools = PostgresVersions.RequireDump(oldest, newest);
        var target = await servers.OfAsync(newest);
        await using var source = await servers.ReplicatedAsync(oldest);
        var used = await source.UsedAsync();
        using var directory = new TemporaryDirectory();
        var dump = Path.Combine(directory.Path, "cms.dump");
        await source.RunAsync(Path.Combine(tools, "pg_dump"), used.Database, "--format=custom", "--schema-only", $"--file={dump}");
        var database = await target.CreateDatabaseAsync();
        await target.CreateLiveRoleAsync(database);
        await target.RunAsync(Path.Combine(tools, "pg_restore"), database, "--no-owner", "--exit-on-error", dump);

        await source.ExecuteAsync(used.Database, "create publication cms for all tables");
        await target.ExecuteAsync(
            database,
            $"create subscription cms connection '{source.Conninfo(used.Database)}' publication cms with (slot_name = '{database}')"
        );
        await Eventually.TrueAsync(() => target.ReadAsync<bool>(database, "select bool_and(srsubstate = 'r') from pg_subscription_rel"));
        await WorkAsync(used.Newsroom, "Replica");
        var answers = await UsedNewsroom.AnswersAsync(used.Newsroom);
        await used.Newsroom.DisposeAsync();
        var last = await source.ReadAsync<string>(used.Database, "select pg_current_wal_lsn()::text");
        await Eventually.TrueAsync(() =>
            source.ReadAsync<bool>(used.Database, $"select confirmed_flush_lsn >= '{last}' from pg_replication_slots")
        );
        await target.ExecuteAsync(database, "drop subscription cms", SetSequences);

        await using var moved = await target.OpenAsync(database);
        Crawl.AssertSame(answers, await UsedNewsroom.AnswersAsync(moved));
        await WorkAsync(moved, "Lighthouse");
    }

    // Sequences are not replicated: those of identity columns go on after the highest number.
    private const string SetSequences = """
        do $$
        declare
          owned record;
        begin
          for owned in
            select a.attrelid::regclass as rel, quote_ident(a.attname) as col, pg_get_serial_sequence(a.attrelid::regclass::text,
              a.attname) as seq
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attidentity <> ''
          loop
            execute format('select setval(%L, coalesce((select max(%s) from %s), 0) + 1, false)', owned.seq, owned.col, owned.rel);
          end loop;
        end $$
        """;

    /// <summary>Publishes, searches and merges, each of which must show in Content.</summary>
    private static async Task WorkAsync(Newsroom newsroom, string subject)
    {
        var (editor, name) = (newsroom.Admin, subject.ToLowerInvariant());
        await editor.ConceptAsync("topics", new { name = $"{subject}s" });
        await editor.ConceptAsync("topics", new { name = $"Old {subject}s" });
        var slug = await editor.ArticleAsync(
            new
            {
                headline = $"Story of the {name}",
                body = new { format = "text", content = $"Many boats see the {name}." },
                topics = new[] { new { topic = $"old-{name}s", relation = "about" } },
            },
            publish: true
        );
        (await editor.PostAsync($"/editorial/v1/topics/old-{name}s/merge", new { into = $"{name}s" })).Expect(HttpStatusCode.OK);

        Assert.Equal($"story-of-the-{name}", slug);
        Assert.Contains(slug, await FoundAsync(newsroom, name));
        Assert.Equal([slug], await newsroom.Anyone.SlugsAsync($"/content/v1/articles?topic={name}s"));
        var suggested = (await newsroom.Anyone.ReadAsync($"/content/v1/suggest?q={name[..4]}")).Expect(HttpStatusCode.OK);
        Assert.Contains($"{name}s", suggested.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> FoundAsync(Newsroom newsroom, string words) =>
        [
            .. (await newsroom.Anyone.ReadAsync($"/content/v1/search?q={words}")).Expect(HttpStatusCode.OK)["items"]!
                .AsArray()
                .Select(item => item!["slug"]!.GetValue<string>()),
        ];
}
