using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>Suggestions while a name is typed.</summary>
public sealed class SuggestTests(SuggestTests.World world) : IClassFixture<SuggestTests.World>
{
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
                    aliases = new[] { "E. Rahmonov" },
                    labels = new { tg = "Эмомалӣ Раҳмон" },
                    @public = true,
                }
            );
            await Admin.ConceptAsync("people", new { name = "Rahima Karim", @public = true });
            await Admin.ConceptAsync("people", new { name = "Grace Lind", @public = true });
            await Admin.ConceptAsync("people", new { name = "Rahim Hidden" });
            await Admin.ConceptAsync(
                "places",
                new
                {
                    name = "Tokyo",
                    labels = new { ja = "東京" },
                    @public = true,
                }
            );
            await Admin.ConceptAsync("places", new { name = "Toulouse", @public = true });
            await Admin.ConceptAsync(
                "topics",
                new
                {
                    name = "Économie",
                    aliases = new[] { "Tokyo markets" },
                    @public = true,
                }
            );
            await Admin.ArticleAsync(new { headline = "Toulouse", places = new[] { new { place = "toulouse" } } }, publish: true);
        }
    }

    [Theory]
    [InlineData("rah", "emomali-rahmon rahima-karim")]
    [InlineData("rahm", "emomali-rahmon")]
    [InlineData("RAHMON", "emomali-rahmon")]
    [InlineData("emomali r", "emomali-rahmon")]
    [InlineData("rahmonov", "emomali-rahmon")]
    [InlineData("раҳ", "emomali-rahmon")]
    [InlineData("рахмон", "emomali-rahmon")]
    [InlineData("econ", "economie")]
    [InlineData("éco", "economie")]
    [InlineData("to", "toulouse economie tokyo")]
    [InlineData("東", "tokyo")]
    [InlineData("東京", "tokyo")]
    [InlineData("zzz", "")]
    [InlineData("hidden", "")]
    public async Task What_begins_so_is_suggested_first(string typed, string slugs)
    {
        var expected = slugs.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var suggested = await SlugsAsync(typed);

        if (expected.Length == 0)
            Assert.Empty(suggested);
        Assert.Equal(expected.Order(), suggested.Take(expected.Length).Order());
    }

    [Theory]
    [InlineData("emomli", "emomali-rahmon")]
    [InlineData("tokio", "tokyo")]
    [InlineData("rahmom", "emomali-rahmon")]
    [InlineData("toulose", "toulouse")]
    [InlineData("economy", "economie")]
    [InlineData("grce", "grace-lind")]
    [InlineData("garce", "grace-lind")]
    public async Task A_typo_is_forgiven(string typed, string slug) => Assert.Equal(slug, (await SlugsAsync(typed))[0]);

    [Fact]
    public async Task What_begins_so_comes_before_what_is_like_it_and_what_is_in_the_news_before_what_is_not()
    {
        Assert.Equal(["toulouse", "tokyo", "economie"], await SlugsAsync("to"));
        Assert.Equal("tokyo", (await SlugsAsync("tokyo"))[0]);
        Assert.Equal("rahima-karim", (await SlugsAsync("rahima"))[0]);
    }

    [Fact]
    public async Task Suggestions_are_of_the_kinds_and_as_many_as_asked_for_in_one_statement()
    {
        Assert.Equal(["toulouse", "tokyo"], await SlugsAsync("to", "&kind=place"));
        Assert.Equal(["economie"], await SlugsAsync("to", "&kind=topic,person"));
        Assert.Equal(["toulouse"], await SlugsAsync("to", "&limit=1"));
        Assert.Equal(1, await world.Statements.CountReadsAsync(() => world.Anyone.ReadAsync("/content/v1/suggest?q=tou")));
        var one = (await world.Anyone.ReadAsync("/content/v1/suggest?q=rahmonov")).Expect(HttpStatusCode.OK)["items"]![0]!;
        Assert.Equal(
            ("person", "Emomali Rahmon", "E. Rahmonov"),
            (one["kind"]!.GetValue<string>(), one["name"]!.GetValue<string>(), one["matched"]!.GetValue<string>())
        );
    }

    [Fact]
    public async Task A_concept_is_suggested_from_the_instant_that_readers_may_see_it_and_under_the_names_that_it_has_then()
    {
        var editor = world.Admin;
        await editor.ConceptAsync("people", new { name = "Walrus Keeper" });
        await editor.ArticleAsync(
            new
            {
                headline = "Later",
                slug = "later",
                people = new[] { new { person = "walrus-keeper" } },
            }
        );
        await editor.PublishAsync("later", new { liveFrom = "2999-01-01T00:00:00Z" });
        Assert.Empty(await SlugsAsync("walrus"));
        var token = (await editor.PostAsync("/editorial/v1/previews", new { asOf = "2999-01-02T00:00:00Z" })).Expect(
            HttpStatusCode.Created
        )["token"];
        Assert.Equal(["walrus-keeper"], await SlugsAsync("walrus", $"&preview={token}"));

        await editor.PublishAsync("later");
        await Eventually.TrueAsync(async () => (await SlugsAsync("walrus")) is ["walrus-keeper"]);
        (await editor.PatchAsync("/editorial/v1/people/walrus-keeper", new { name = "Seal Keeper" }, "\"v1\"")).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => (await SlugsAsync("walrus")).Count == 0);
        Assert.Equal(["walrus-keeper"], (await SlugsAsync("seal")).Take(1));
    }

    private async Task<List<string>> SlugsAsync(string typed, string more = "") =>
        [
            .. (await world.Anyone.ReadAsync($"/content/v1/suggest?q={Uri.EscapeDataString(typed)}{more}")).Expect(HttpStatusCode.OK)[
                "items"
            ]!
                .AsArray()
                .Select(item => item!["slug"]!.GetValue<string>()),
        ];
}
