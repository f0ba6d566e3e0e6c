using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Suggestions for pick-lists, over all concepts.</summary>
public sealed class SuggestTests(SuggestTests.World world) : IClassFixture<SuggestTests.World>
{
    private const string Suggest = "/editorial/v1/suggest";

    public sealed class World(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await Admin.ConceptAsync(
                "people",
                new
                {
                    name = "Emomali Rahmon",
                    title = "President",
                    aliases = new[] { "E. Rahmonov" },
                    labels = new { tg = "Эмомалӣ Раҳмон" },
                    @public = true,
                }
            );
            await Admin.ConceptAsync("people", new { name = "Rahim Hidden", slug = "hidden-one" });
            await Admin.ConceptAsync("people", new { name = "Grace Lind" });
            await Admin.ConceptAsync("places", new { name = "Japan" });
            await Admin.ConceptAsync("places", new { name = "United States" });
            await Admin.ConceptAsync(
                "places",
                new
                {
                    name = "Tokyo",
                    within = "japan",
                    labels = new { ja = "東京" },
                }
            );
            await Admin.ConceptAsync("places", new { name = "Toulouse", countryCode = "FR" });
            await Admin.ConceptAsync(
                "places",
                new
                {
                    name = "Springfield",
                    slug = "springfield-il",
                    within = "united-states",
                }
            );
            await Admin.ConceptAsync(
                "places",
                new
                {
                    name = "Springfield",
                    slug = "springfield-jp",
                    within = "japan",
                }
            );
            await Admin.ConceptAsync("topics", new { name = "Économie", aliases = new[] { "Tokyo markets" } });
            await Admin.ConceptAsync("topics", new { name = "Old Tokyo" });
            await Admin.ArticleAsync(new { headline = "Toulouse", places = new[] { new { place = "toulouse" } } }, publish: true);
        }
    }

    [Theory]
    [InlineData("rahmon", "emomali-rahmon hidden-one")]
    [InlineData("Rahim", "hidden-one emomali-rahmon")]
    [InlineData("emomali r", "emomali-rahmon")]
    [InlineData("rahmonov", "emomali-rahmon")]
    [InlineData("раҳмон", "emomali-rahmon hidden-one")]
    [InlineData("рахмон", "emomali-rahmon hidden-one")]
    [InlineData("hidden-o", "hidden-one")]
    [InlineData("econ", "economie")]
    [InlineData("éco", "economie")]
    [InlineData("東", "tokyo")]
    [InlineData("springfield-j", "springfield-jp springfield-il")]
    [InlineData("to", "toulouse tokyo economie old-tokyo")]
    [InlineData("tokyo", "tokyo economie old-tokyo")]
    [InlineData("zzz", "")]
    [InlineData("%", "")]
    [InlineData("'\\:* & | !", "")]
    public async Task Exact_names_come_first_then_what_begins_so_and_what_is_in_the_news_before_what_is_not(string typed, string slugs) =>
        Assert.Equal(slugs, string.Join(' ', await SlugsAsync(typed)));

    [Theory]
    [InlineData("emomli", "emomali-rahmon")]
    [InlineData("tokio", "tokyo")]
    [InlineData("toulose", "toulouse")]
    [InlineData("economy", "economie")]
    [InlineData("sprinfield", "springfield-il")]
    [InlineData("grce", "grace-lind")]
    [InlineData("garce", "grace-lind")]
    [InlineData("grabe", "grace-lind")]
    [InlineData("lynd", "grace-lind")]
    [InlineData("gracie", "grace-lind")]
    [InlineData("grce lind", "grace-lind")]
    public async Task A_typo_is_forgiven(string typed, string slug) => Assert.Equal(slug, (await SlugsAsync(typed))[0]);

    [Theory]
    [InlineData("grcx")]
    [InlineData("gr.ce")]
    public async Task Two_typing_errors_in_a_short_word_are_too_many(string typed) => Assert.Empty(await SlugsAsync(typed));

    [Fact]
    public async Task Each_suggestion_says_what_it_is_which_name_found_it_and_whether_readers_see_it()
    {
        AssertItem("person", "Emomali Rahmon", "E. Rahmonov", true, "President", await FirstAsync("rahmonov"));
        AssertItem("person", "Rahim Hidden", "Rahim Hidden", false, null, await FirstAsync("rahim"));
        AssertItem("person", "Rahim Hidden", "hidden-one", false, null, await FirstAsync("hidden-one"));
        AssertItem("place", "Tokyo", "東京", false, "Japan", await FirstAsync("東京"));
        AssertItem("place", "Toulouse", "Toulouse", true, "FR", await FirstAsync("toulouse"));
    }

    [Fact]
    public async Task Two_of_one_name_are_told_apart_by_their_parents()
    {
        var both = (await ItemsAsync("springfield")).Select(item => (Text(item, "name"), Text(item, "context")));

        Assert.Equal([("Springfield", "Japan"), ("Springfield", "United States")], both.Order());
    }

    [Fact]
    public async Task Suggestions_are_of_the_kinds_and_as_many_as_asked_for()
    {
        Assert.Equal(["toulouse", "tokyo"], await SlugsAsync("to", "&kind=place"));
        Assert.Equal(["economie", "old-tokyo"], await SlugsAsync("to", "&kind=topic,person"));
        Assert.Equal(["toulouse"], await SlugsAsync("to", "&limit=1"));
    }

    [Fact]
    public async Task The_names_and_slugs_of_a_merged_concept_lead_to_the_one_that_remains_and_a_deleted_one_is_gone()
    {
        var editor = world.Admin;
        await editor.ConceptAsync("topics", new { name = "Wading Fowl", labels = new { en = "Marsh stalkers" } });
        await editor.ConceptAsync("topics", new { name = "Herons", labels = new { en = "Herons" } });
        Assert.Equal(["wading-fowl"], await SlugsAsync("wading"));
        (await editor.PostAsync("/editorial/v1/topics/wading-fowl/merge", new { into = "herons" })).Expect(HttpStatusCode.OK);

        foreach (var typed in new[] { "wading", "wading-f", "marsh st", "heron" })
            Assert.Equal(["herons"], await SlugsAsync(typed));
        var version = (await editor.ReadAsync("/editorial/v1/topics/herons")).Headers.ETag!.Tag;
        (await editor.DeleteAsync("/editorial/v1/topics/herons", version)).Expect(HttpStatusCode.NoContent);
        Assert.Empty(await SlugsAsync("wading"));
    }

    [Theory]
    [InlineData("", "q: required")]
    [InlineData("?q=+", "q: required")]
    [InlineData("?q=a&limit=21", "limit: outOfRange")]
    [InlineData("?q=a&kind=author", "kind: unknownValue")]
    [InlineData("?q=%00", "q: invalidText")]
    public async Task What_is_typed_has_bounds(string query, string error) =>
        Assert.Equal([error], (await world.Admin.ReadAsync(Suggest + query)).Errors(HttpStatusCode.BadRequest));

    [Fact]
    public async Task Suggestions_take_one_statement_and_read_names_and_slugs_from_their_indexes()
    {
        using var reader = await world.AsAsync(Core.Access.Role.Reader);
        await reader.ReadAsync($"{Suggest}?q=tokyo"); // updates the last use of the key
        var none = await world.Statements.CountAsync(() => reader.ReadAsync($"{Suggest}?q=%20"));
        Assert.Equal(none + 1, await world.Statements.CountAsync(() => reader.ReadAsync($"{Suggest}?q=tokyo&limit=3")));

        await using var source = NpgsqlDataSource.Create(world.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        // A sequential scan is fastest for so few rows; without it, PostgreSQL must use the indexes.
        await using var read = new NpgsqlCommand(
            """
            set local enable_seqscan = off;
            select count(*) from suggested_concepts('tokyo', array['person', 'place', 'topic'], 20);
            select string_agg(relname, ' ' order by relname) from pg_stat_xact_user_tables
            where seq_scan = 0 and idx_scan > 0 and relname in ('concept_names', 'concept_slugs', 'concepts')
            """,
            connection,
            transaction
        );
        await using var results = await read.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await results.NextResultAsync(TestContext.Current.CancellationToken);
        await results.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal("concept_names concept_slugs concepts", results.GetString(0));
    }

    private static void AssertItem(string kind, string name, string matched, bool visible, string? context, JsonNode item) =>
        Assert.Equal(
            (kind, name, matched, visible, context),
            (Text(item, "kind"), Text(item, "name"), Text(item, "matched"), item["visible"]!.GetValue<bool>(), Text(item, "context"))
        );

    private static string? Text(JsonNode item, string member) => item[member]?.GetValue<string>();

    private async Task<JsonNode> FirstAsync(string typed) => (await ItemsAsync(typed))[0];

    private async Task<List<string>> SlugsAsync(string typed, string more = "") =>
        [.. (await ItemsAsync(typed, more)).Select(item => Text(item, "slug")!)];

    private async Task<List<JsonNode>> ItemsAsync(string typed, string more = "") =>
        [
            .. (await world.Admin.ReadAsync($"{Suggest}?q={Uri.EscapeDataString(typed)}{more}")).Expect(HttpStatusCode.OK)["items"]!
                .AsArray()
                .Select(item => item!),
        ];
}
