using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;
using HeadlessCms.Tests.Postgres;

namespace HeadlessCms.Tests.Cluster;

/// <summary>The scripts of docs/backup: a restore to an instant, and a move to a newer version, compared answer by answer.</summary>
[Trait("Postgres", "AnyVersion")]
[Collection(WholeMachine.Tests)]
public sealed class BackupTests(TestCluster cluster, VersionServers servers) : IClassFixture<VersionServers>
{
    private const string Changes = "/content/v1/changes";

    private static readonly string[] EditorialLists =
    [
        .. new[] { "articles", "people", "places", "topics", "organisations", "events", "series", "webhooks", "audit" }.Select(list =>
            $"/editorial/v1/{list}?limit=100"
        ),
    ];

    [Fact]
    public async Task A_newsroom_is_restored_to_one_second_before_a_purge_with_every_answer_as_it_was()
    {
        await using var server = await ArchivingServer.StartAsync();
        var (before, kept, lost, target, backup) = await LoseAsync(server);

        var database = await server.RestoreAsync(backup, target);
        await using var newsroom = await OpenAsync(database);

        before.AssertSame(await AnswersAsync(server, newsroom));
        Assert.Empty(await SinceAsync(newsroom, kept));
        await AssertGoneAsync(newsroom, lost);

        // Other changes take the places of those that were lost.
        (await newsroom.Admin.PostAsync("/editorial/v1/articles/precious/restore")).Expect(HttpStatusCode.OK);
        await newsroom.Admin.PublishAsync("precious");
        for (var number = 1; number <= 3; number++)
            await newsroom.Admin.UpdateAsync("precious");
        await AssertGoneAsync(newsroom, lost);
        Assert.Equal(
            ["article.published", "article.updated", "article.updated", "article.updated"],
            (await SinceAsync(newsroom, kept)).Select(change => change["event"]!.GetValue<string>())
        );
        Assert.Equal(HttpStatusCode.OK, await newsroom.Anyone.LiveStatusAsync("precious"));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.Anyone.LiveStatusAsync("of-the-lost-future"));
    }

    [Fact]
    public async Task A_newsroom_moves_from_the_oldest_version_to_the_newest_by_the_script_and_clients_go_on()
    {
        var (oldest, newest) = (PostgresVersions.Supported[0], PostgresVersions.Supported[^1]);
        var tools = PostgresVersions.RequireDump(oldest, newest);
        var (source, target) = (await servers.OfAsync(oldest), await servers.OfAsync(newest));
        var used = await source.UsedAsync();
        var editorial = await EditorialAsync(used.Newsroom);
        var token = await LatestAsync(used.Newsroom);
        var database = await target.CreateDatabaseAsync();

        var run = await Tool.RunAsync(
            ArchivingServer.Script("move.sh"),
            [source.OwnersConninfo(used.Database), target.OwnersConninfo(database)],
            Path.GetTempPath(),
            ("PATH", $"{tools}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}")
        );

        Assert.True(run.ExitCode == 0 && run.Log.Length == 0, $"{run}");
        Assert.Matches(@"^\d\d tables have as many rows as before: \d+ in all\.\n$", run.Output);
        await using var moved = await target.OpenAsync(database);
        Crawl.AssertSame(used.Answers, await UsedNewsroom.AnswersAsync(moved));
        Crawl.AssertSame(editorial, await EditorialAsync(moved));
        Assert.Empty(await SinceAsync(moved, token));
    }

    [Fact]
    public async Task A_file_in_the_archive_is_whole_and_never_replaced()
    {
        using var directory = new TemporaryDirectory();
        var (archive, wal) = (Directory.CreateDirectory(Path.Combine(directory.Path, "wal")).FullName, Path.Combine(directory.Path, "new"));
        var cancellation = TestContext.Current.CancellationToken;

        await File.WriteAllTextAsync(wal, "first", cancellation);
        Assert.Equal(0, await ArchiveAsync(archive, wal));
        Assert.Equal(0, await ArchiveAsync(archive, wal)); // again after a crash
        await File.WriteAllTextAsync(wal, "other", cancellation);
        Assert.NotEqual(0, await ArchiveAsync(archive, wal));

        var file = Assert.Single(Directory.GetFiles(archive));
        Assert.Equal("first", await File.ReadAllTextAsync(file, cancellation));
    }

    /// <summary>Answers to readers and editors, and what answers.sh says of them.</summary>
    private sealed record Answers(SortedDictionary<string, string> Read, SortedDictionary<string, string> Edited, string Script)
    {
        public void AssertSame(Answers other)
        {
            Crawl.AssertSame(Read, other.Read);
            Crawl.AssertSame(Edited, other.Edited);
            Assert.Equal(Script, other.Script);
        }
    }

    private sealed class ServedNewsroom(TestCluster cluster, string connectionString) : Newsroom(cluster)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string> { ["Cms:SiteUrl"] = PublicNewsroom.Site, ["Cms:SampleContent"] = "true" };

        protected override Task<string> CreateDatabaseAsync() => Task.FromResult(connectionString);
    }

    private async Task<Newsroom> OpenAsync(string connectionString)
    {
        var newsroom = new ServedNewsroom(cluster, connectionString);
        await newsroom.InitializeAsync();
        return newsroom;
    }

    /// <summary>Work before and after a backup, then a purge and what comes after it, all of it in the archive.</summary>
    private async Task<(Answers Before, string Kept, string Lost, DateTimeOffset Target, string Backup)> LoseAsync(ArchivingServer server)
    {
        await using var newsroom = await OpenAsync(server.ConnectionString);
        await newsroom.Admin.ArticleAsync(new { headline = "Precious" }, publish: true);
        var backup = await server.BackUpAsync();
        await newsroom.Admin.ArticleAsync(new { headline = "After the backup" }, publish: true);
        (await newsroom.Admin.DeleteAsync("/editorial/v1/articles/precious", "*")).Expect(HttpStatusCode.NoContent);
        var (before, kept) = (await AnswersAsync(server, newsroom), await LatestAsync(newsroom));
        var quiet = await newsroom.ClockAsync();
        await Eventually.TrueAsync(async () => await newsroom.ClockAsync() > quiet.AddSeconds(1.5));

        (await newsroom.Admin.PostAsync("/editorial/v1/articles/precious/purge")).Expect(HttpStatusCode.NoContent);
        var purged = (DateTime)(await newsroom.SqlAsync("select max(at) from audit_entries where action = 'purged'"))!;
        await newsroom.Admin.ArticleAsync(new { headline = "Of the lost future" }, publish: true);
        var lost = await LatestAsync(newsroom);
        await server.ArchiveAsync();
        return (before, kept, lost, new DateTimeOffset(purged).AddSeconds(-1), backup);
    }

    private static async Task<Answers> AnswersAsync(ArchivingServer server, Newsroom newsroom)
    {
        var run = await server.RunAsync("answers.sh", [$"{newsroom.Address}"], ("CMS_KEY", Newsroom.AdminKey));
        Assert.True(run.ExitCode == 0, $"{run}");
        Assert.True(run.Output.Split('\n').Length > EditorialLists.Length);
        return new(await UsedNewsroom.AnswersAsync(newsroom), await EditorialAsync(newsroom), run.Output);
    }

    private static async Task<SortedDictionary<string, string>> EditorialAsync(Newsroom newsroom)
    {
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var list in EditorialLists)
        {
            for (string? cursor = ""; cursor is not null; )
            {
                var url = cursor.Length == 0 ? list : $"{list}&cursor={cursor}";
                var page = (await newsroom.Admin.ReadAsync(url)).Expect(HttpStatusCode.OK);
                answers[url] = page.ToJsonString();
                cursor = page["nextCursor"]?.GetValue<string>();
            }
        }

        return answers;
    }

    private static async Task<int> ArchiveAsync(string archive, string file) =>
        (await Tool.RunAsync(ArchivingServer.Script("archive-wal.sh"), [archive, file, "000000010000000000000001"], archive)).ExitCode;

    private static async Task AssertGoneAsync(Newsroom newsroom, string token)
    {
        foreach (var path in new[] { Changes, $"{Changes}/stream" })
            Assert.Equal("historyGone", (await newsroom.Anyone.ReadAsync($"{path}?since={token}")).Problem(HttpStatusCode.Gone));
    }

    private static async Task<string> LatestAsync(Newsroom newsroom) =>
        (await newsroom.Anyone.ReadAsync($"{Changes}?since=latest")).Expect(HttpStatusCode.OK)["nextCursor"]!.GetValue<string>();

    private static async Task<IReadOnlyList<JsonNode>> SinceAsync(Newsroom newsroom, string token) =>
        [
            .. (await newsroom.Anyone.ReadAsync($"{Changes}?since={token}&limit=100")).Expect(HttpStatusCode.OK)["items"]!
                .AsArray()
                .Select(change => change!),
        ];
}
