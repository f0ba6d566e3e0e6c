using System.Net;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Cluster;

/// <summary>The app behind PgBouncer in transaction mode, and a read side whose connection has too many rights.</summary>
public sealed class PoolerTests(PooledNewsroom newsroom) : IClassFixture<PooledNewsroom>
{
    private const string Articles = "/editorial/v1/articles";
    private static readonly (string, string) NoReader = ("ConnectionStrings:CmsLive", "");

    [Fact]
    public async Task Editors_save_and_publish_and_readers_read_at_once_through_a_pooler_in_transaction_mode()
    {
        var editor = await newsroom.AsAsync(Role.Editor);

        // More at once than the pooler has sessions, and each statement often enough to be prepared.
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), TestContext.Current.CancellationToken, async (number, _) =>
        {
            var slug = $"pooled-{number}";
            var saved = (
                await editor.PostAsync(
                    Articles,
                    new
                    {
                        headline = slug,
                        slug,
                        body = Body("first"),
                    }
                )
            ).Expect(HttpStatusCode.Created);
            (
                await editor.PutAsync(
                    $"{Articles}/{slug}",
                    new
                    {
                        headline = slug,
                        slug,
                        body = Body("second"),
                    },
                    ETagOf(saved)
                )
            ).Expect(HttpStatusCode.OK);
            (await editor.PostAsync($"{Articles}/{slug}/publications", new { })).Expect(HttpStatusCode.Created);
            foreach (var path in new[] { $"/content/v1/articles/{slug}", "/content/v1/articles?count=true", "/content/v1/search?q=pooled" })
                (await newsroom.Admin.ReadAsync(path)).Expect(HttpStatusCode.OK); // a key bypasses the cache
        });

        var list = (await newsroom.Admin.ReadAsync("/content/v1/articles?count=true&limit=1")).Json;
        Assert.Equal(40, list["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_preview_of_a_later_instant_changes_no_other_response_of_the_same_sessions()
    {
        var editor = await newsroom.AsAsync(Role.Editor);
        await editor.PostAsync(Articles, new { headline = "Tomorrow", slug = "pooled-tomorrow" });
        (await editor.PostAsync($"{Articles}/pooled-tomorrow/publications", new { liveFrom = "2999-01-01T00:00:00Z" })).Expect(
            HttpStatusCode.Created
        );
        var token = (await editor.PostAsync("/editorial/v1/previews", new { asOf = "2999-01-02T00:00:00Z" })).Expect(
            HttpStatusCode.Created
        )["token"]!.GetValue<string>();

        await Parallel.ForEachAsync(Enumerable.Range(0, 60), TestContext.Current.CancellationToken, async (number, _) =>
        {
            var isPreview = number % 2 == 0;
            var answer = await newsroom.Admin.ReadAsync(
                $"/content/v1/articles/pooled-tomorrow{(isPreview ? $"?asOf=2999-01-02T00:00:00Z&preview={token}" : "")}"
            );
            Assert.Equal(isPreview ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.Status);
        });
    }

    [Fact]
    public async Task Nodes_that_start_at_once_make_the_schema_through_the_pooler()
    {
        var (owner, reader) = await newsroom.EmptyDatabaseAsync();

        var nodes = await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(_ => Task.Run(() => newsroom.AnotherNode(("ConnectionStrings:Cms", owner), ("ConnectionStrings:CmsLive", reader))))
        );

        foreach (var node in nodes)
            (await newsroom.Client(Newsroom.AdminKey, node).ReadAsync("/content/v1/articles")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("extra_float_digits, options")]
    [InlineData("extra_float_digits")]
    public async Task Readers_get_503_where_the_pooler_loses_the_role_and_one_line_says_why(string ignores)
    {
        var pooled = await newsroom.AnotherPoolerAsync(ignores);
        var before = Refusals();
        var node = newsroom.AnotherNode(
            ("ConnectionStrings:Cms", pooled),
            NoReader,
            ("Logging:Captured:LogLevel:HeadlessCms.Api", "Error")
        );
        var client = newsroom.Client(Newsroom.AdminKey, node);

        foreach (var path in new[] { "/content/v1/articles", "/content/v1/search?q=harbour", "/feeds/articles.rss" })
        {
            var answer = await client.ReadAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            Assert.DoesNotContain("cms_live", answer.Text, StringComparison.Ordinal);
        }

        (await client.ReadAsync(Articles)).Expect(HttpStatusCode.OK);
        Assert.Equal(before + 1, Refusals());
    }

    [Fact]
    public async Task Readers_get_503_from_a_login_that_may_read_drafts()
    {
        var node = newsroom.AnotherNode(("ConnectionStrings:Cms", newsroom.Direct), ("ConnectionStrings:CmsLive", newsroom.Direct));

        var answer = await newsroom.Client(Newsroom.AdminKey, node).ReadAsync("/content/v1/articles");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
    }

    [Fact]
    public async Task A_shared_role_serves_readers_where_it_is_allowed()
    {
        var node = newsroom.AnotherNode(NoReader, ("Cms:AllowSharedRole", "true"));

        (await newsroom.Client(Newsroom.AdminKey, node).ReadAsync("/content/v1/articles")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_login_of_the_read_side_serves_readers_without_a_pooler()
    {
        var node = newsroom.AnotherNode(("ConnectionStrings:Cms", newsroom.Direct), ("ConnectionStrings:CmsLive", newsroom.DirectReader));

        (await newsroom.Client(Newsroom.AdminKey, node).ReadAsync("/content/v1/articles")).Expect(HttpStatusCode.OK);
        await using var connection = new NpgsqlConnection(newsroom.DirectReader);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var draft = new NpgsqlCommand("select count(*) from public.revisions", connection);
        await Assert.ThrowsAsync<PostgresException>(() => draft.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nodes_behind_a_pooler_poll_and_see_each_others_changes()
    {
        var other = newsroom.Client(null, newsroom.AnotherNode());
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Polled" }, publish: true);
        var path = $"/content/v1/articles/{slug}";
        await Eventually.TrueAsync(async () => (await other.ReadAsync(path)).Status == HttpStatusCode.OK);

        await newsroom.Admin.PatchAsync($"/editorial/v1/articles/{slug}", new { headline = "Polled again" }, "\"r1\"");
        await newsroom.Admin.PublishAsync(slug);

        await Eventually.TrueAsync(async () => (await other.ReadAsync(path)).Text.Contains("Polled again", StringComparison.Ordinal));
        Assert.False(newsroom.Service<ChangeListener>().IsListening);
    }

    [Fact]
    public async Task A_node_behind_a_pooler_listens_by_a_connection_that_leads_around_it()
    {
        var before = await ListenersAsync();

        newsroom.AnotherNode(("ConnectionStrings:CmsListen", newsroom.Direct));

        await Eventually.TrueAsync(async () => await ListenersAsync() == before + 1);
    }

    private async Task<long> ListenersAsync() =>
        (long)
            (
                await newsroom.SqlAsync(
                    """
                    select count(*) from pg_stat_activity
                    where datname = current_database() and application_name = 'HeadlessCms-listen' and query = 'listen headless_cms'
                    """
                )
            )!;

    private int Refusals() =>
        newsroom.SecurityLog.Lines.Count(line => line.Text.StartsWith("Content and Feeds answer 503", StringComparison.Ordinal));

    private static object Body(string text) => new { format = "text", content = text };

    private static string ETagOf(System.Text.Json.Nodes.JsonNode saved) => $"\"r{saved["revision"]}\"";
}
