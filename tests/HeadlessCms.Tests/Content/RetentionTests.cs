using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Core.Changes;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Content;

/// <summary>What <c>Cms:Retention</c> deletes of the change log and the audit trail, and what clients are told.</summary>
public sealed class RetentionTests(TestCluster cluster)
{
    private const string Changes = "/content/v1/changes";
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly TimeSpan Quarter = TimeSpan.FromDays(90);

    [Fact]
    public async Task A_node_deletes_old_changes_that_were_replaced_and_who_reads_from_the_start_still_learns_of_everything()
    {
        await using var newsroom = await OpenAsync();
        await NewsAsync(newsroom);
        await AgeAsync(newsroom, 40);
        var before = await ReadAsync(newsroom, "");

        var node = newsroom.AnotherNode(("Cms:Retention:Changes", "30.00:00:00"));
        await Eventually.TrueAsync(async () => (await ReadAsync(newsroom, "")).Count < before.Count);
        var all = await ReadAsync(newsroom, "");

        Assert.Equal(LastOfEach(before), all.Select(Text));
        var end = await newsroom.Client(null, node).ReadAsync($"{Changes}?since=latest");
        Assert.Empty(await ReadAsync(newsroom, end.Expect(HttpStatusCode.OK)["nextCursor"]!.GetValue<string>()));
        await newsroom.Admin.UpdateAsync("told-often");
        Assert.Equal(
            ["article.updated"],
            (await ReadAsync(newsroom, end.Json["nextCursor"]!.GetValue<string>())).Select(change => change["event"]!.GetValue<string>())
        );
    }

    [Fact]
    public async Task A_token_that_is_older_than_what_is_kept_gets_410_and_one_of_what_is_kept_goes_on()
    {
        await using var newsroom = await OpenAsync();
        await NewsAsync(newsroom);
        await AgeAsync(newsroom, 40);
        var tokens = await TokensAsync(newsroom);

        await ForgetAsync(newsroom);

        var kept = await TokensAsync(newsroom);
        Assert.NotEmpty(tokens.Except(kept));
        foreach (var token in tokens.Except(kept))
        {
            var gone = await newsroom.Anyone.ReadAsync($"{Changes}?since={token}");
            Assert.Equal(HttpStatusCode.Gone, gone.Status);
            Assert.Equal("urn:headless-cms:problem:historyGone", gone.Json["type"]!.GetValue<string>());
            Assert.Equal(HttpStatusCode.Gone, (await newsroom.Anyone.ReadAsync($"{Changes}/stream?since={token}")).Status);
        }

        foreach (var (index, token) in kept.Index())
            Assert.Equal(kept.Count - index - 1, (await ReadAsync(newsroom, token)).Count);
    }

    [Fact]
    public async Task A_change_stays_until_the_one_that_replaced_it_is_old_so_that_a_client_that_reads_in_time_misses_nothing()
    {
        await using var newsroom = await OpenAsync();
        await NewsAsync(newsroom);
        await AgeAsync(newsroom, 40);
        await newsroom.Admin.UpdateAsync("told-often");

        await ForgetAsync(newsroom);

        // The last but one was replaced a moment ago; those before it, more than a month ago.
        var own = (await ReadAsync(newsroom, "")).Where(change => change["slug"]?.GetValue<string>() == "told-often");
        Assert.Equal(["article.updated", "article.updated"], own.Select(change => change["event"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Changes_that_webhooks_were_not_sent_yet_stay()
    {
        await using var newsroom = new QuietNewsroom(cluster);
        await newsroom.InitializeAsync();
        await NewsAsync(newsroom, dispatched: false);
        await AgeAsync(newsroom, 40);
        var count = (await ReadAsync(newsroom, "")).Count;
        await using var source = NpgsqlDataSource.Create(newsroom.ConnectionString);

        Assert.Equal((0, 0), await new LogRetention(source).ForgetChangesAsync(Month, 1_000, TestContext.Current.CancellationToken));

        Assert.Equal(count, (await ReadAsync(newsroom, "")).Count);
    }

    [Fact]
    public async Task One_node_at_a_time_deletes_and_another_does_not_wait_for_it()
    {
        await using var newsroom = await OpenAsync();
        await NewsAsync(newsroom);
        await AgeAsync(newsroom, 100);
        await using var source = NpgsqlDataSource.Create(newsroom.ConnectionString);
        var (retention, cancellation) = (new LogRetention(source), TestContext.Current.CancellationToken);
        await using (var other = await source.OpenConnectionAsync(cancellation))
        {
            await using var turn = await other.BeginTransactionAsync(cancellation);
            await using var take = new NpgsqlCommand("select forget_changes('30 days', 1)", other);
            await take.ExecuteScalarAsync(cancellation);

            Assert.Equal((0, 0), await retention.ForgetChangesAsync(Month, 1_000, cancellation));
            Assert.Equal(0, await retention.ForgetAuditAsync(Quarter, 1_000, cancellation));
        }

        Assert.NotEqual((0, 0), await retention.ForgetChangesAsync(Month, 1_000, cancellation));
    }

    [Fact]
    public async Task Old_entries_of_the_audit_trail_go_where_that_is_set_and_nobody_deletes_a_recent_one()
    {
        await using var newsroom = await OpenAsync();
        await NewsAsync(newsroom);
        await AgeAsync(newsroom, 40);
        await RefusedAsync(newsroom, "select forget_audit('1 day', 1000)");
        await AgeAsync(newsroom, 60);
        await newsroom.Admin.ArticleAsync(new { headline = "Of today" });
        foreach (var sql in new[] { "delete from audit_entries", "truncate audit_entries", "update audit_entries set \"by\" = 'nobody'" })
            await RefusedAsync(newsroom, sql);
        Assert.True((await AuditAsync(newsroom)).Count > 1);

        newsroom.AnotherNode(("Cms:Retention:Audit", "90.00:00:00"));
        await Eventually.TrueAsync(async () => (await AuditAsync(newsroom)).Count == 1);

        Assert.Equal("of-today", (await AuditAsync(newsroom))[0]["subject"]!["name"]!.GetValue<string>());
        await RefusedAsync(newsroom, "delete from audit_entries");
    }

    private async Task<Newsroom> OpenAsync()
    {
        var newsroom = new Newsroom(cluster);
        await newsroom.InitializeAsync();
        return newsroom;
    }

    /// <summary>Articles and concepts with a few changes each, handed to webhooks.</summary>
    private static async Task NewsAsync(Newsroom newsroom, bool dispatched = true)
    {
        var editor = newsroom.Admin;
        await editor.ConceptAsync("people", new { name = "Ann Often" });
        await editor.ArticleAsync(new { headline = "Told often", people = new[] { new { person = "ann-often" } } }, publish: true);
        await editor.UpdateAsync("told-often");
        await editor.ArticleAsync(new { headline = "Told once" }, publish: true);
        (await editor.PatchAsync("/editorial/v1/people/ann-often", new { title = "Minister" }, "\"v1\"")).Expect(HttpStatusCode.OK);
        await editor.UpdateAsync("told-often");
        await editor.ArticleAsync(new { headline = "Taken down" }, publish: true);
        (await editor.PostAsync("/editorial/v1/articles/taken-down/withdraw", new { reason = "Not so." })).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () =>
            !dispatched || (bool)(await newsroom.SqlAsync("select position = (select max(position) from changes) from webhook_progress"))!
        );
    }

    // As if it had happened so many days earlier.
    private static async Task AgeAsync(Newsroom newsroom, int days) =>
        await newsroom.SqlAsync(
            $"""
            alter table changes disable trigger changes_are_immutable;
            alter table audit_entries disable trigger audit_is_append_only;
            update changes set at = at - interval '{days} days';
            update audit_entries set at = at - interval '{days} days';
            alter table audit_entries enable trigger audit_is_append_only;
            alter table changes enable trigger changes_are_immutable;
            """
        );

    private static async Task ForgetAsync(Newsroom newsroom)
    {
        await using var source = NpgsqlDataSource.Create(newsroom.ConnectionString);
        while ((await new LogRetention(source).ForgetChangesAsync(Month, 3, TestContext.Current.CancellationToken)).Taken == 3) { }
    }

    private static async Task<IReadOnlyList<JsonNode>> AuditAsync(Newsroom newsroom) =>
        [
            .. (await newsroom.Admin.ReadAsync("/editorial/v1/audit?limit=100")).Expect(HttpStatusCode.OK)["items"]!
                .AsArray()
                .Select(entry => entry!),
        ];

    private static async Task RefusedAsync(Newsroom newsroom, string sql) =>
        Assert.Equal(
            PostgresErrorCodes.RestrictViolation,
            (await Assert.ThrowsAsync<PostgresException>(() => newsroom.SqlAsync(sql))).SqlState
        );

    // A key bypasses the cache: the tests change rows behind the app's back.
    private static async Task<IReadOnlyList<JsonNode>> ReadAsync(Newsroom newsroom, string since)
    {
        var query = since.Length == 0 ? "limit=100" : $"limit=100&since={since}";
        var page = (await newsroom.Admin.ReadAsync($"{Changes}?{query}")).Expect(HttpStatusCode.OK);
        Assert.False(page["more"]!.GetValue<bool>());
        return [.. page["items"]!.AsArray().Select(change => change!)];
    }

    /// <summary>The token after each change.</summary>
    private static async Task<IReadOnlyList<string>> TokensAsync(Newsroom newsroom)
    {
        var tokens = new List<string>();
        for (var (since, more) = ("", true); more; )
        {
            var page = (await newsroom.Admin.ReadAsync($"{Changes}?limit=1{since}")).Expect(HttpStatusCode.OK);
            tokens.Add(page["nextCursor"]!.GetValue<string>());
            (since, more) = ($"&since={tokens[^1]}", page["more"]!.GetValue<bool>());
        }

        return tokens;
    }

    private static IEnumerable<string> LastOfEach(IReadOnlyList<JsonNode> changes) =>
        changes.Where((change, index) => !changes.Skip(index + 1).Any(later => IdOf(later) == IdOf(change))).Select(Text);

    private static string IdOf(JsonNode change) => change["id"]!.GetValue<string>();

    private static string Text(JsonNode change) => change.ToJsonString();
}
