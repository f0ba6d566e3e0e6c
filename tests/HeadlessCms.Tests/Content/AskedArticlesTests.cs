using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>Articles requested one by one with <c>ids</c>.</summary>
public sealed class AskedArticlesTests(AskedArticlesTests.World world) : IClassFixture<AskedArticlesTests.World>
{
    private const string Articles = "/content/v1/articles";

    public sealed class World(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
    {
        public Dictionary<string, string> Ids { get; } = [];

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await Admin.ConceptAsync("topics", new { name = "Economy" });
            foreach (var slug in new[] { "one", "two", "three", "four" })
            {
                await Admin.ArticleAsync(
                    new
                    {
                        headline = $"Story {slug}",
                        slug,
                        language = slug == "three" ? "ja" : "en",
                        topics = slug is "one" or "three" ? new[] { new { topic = "economy" } } : [],
                    },
                    publish: true
                );
                Ids[slug] = (await Anyone.ReadAsync($"{Articles}/{slug}")).Json["id"]!.GetValue<string>();
            }

            Ids["draft"] = (
                await Admin.ReadAsync($"/editorial/v1/articles/{await Admin.ArticleAsync(new { headline = "Draft", slug = "draft" })}")
            ).Json["id"]!.GetValue<string>();
        }
    }

    [Theory]
    [InlineData("ids=three,one,two", "three one two")]
    [InlineData("ids=three&ids=one&ids=two", "three one two")]
    [InlineData("ids=two,{three}&ids={one}", "two three one")]
    [InlineData("ids={two},one,two,{one}", "two one")]
    [InlineData("ids=one,{draft},draft,nobody,00000000-0000-0000-0000-000000000001,two", "one two")]
    [InlineData("ids=%20two%20,,one", "two one")]
    [InlineData("ids=", "")]
    [InlineData("ids=nobody", "")]
    [InlineData("ids=one,three,two&topic=economy", "one three")]
    [InlineData("ids=two,three,one&topic=economy&language=ja", "three")]
    [InlineData("ids=two,three,one&sort=publishedAt", "one two three")]
    [InlineData("ids=two,three,one&sort=-updatedAt&language=en", "two one")]
    public async Task They_come_in_the_order_in_which_they_are_asked_for_without_those_that_are_not_there(string query, string slugs)
    {
        var requested = world.Ids.Aggregate($"{Articles}?{query}", (text, story) =>
            text.Replace($"{{{story.Key}}}", story.Value, StringComparison.Ordinal)
        );
        var expected = slugs.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var whole = (await world.Anyone.ReadAsync($"{requested}&count=true")).Expect(HttpStatusCode.OK);

        Assert.Equal(expected, whole["items"]!.AsArray().Select(item => item!["slug"]!.GetValue<string>()));
        Assert.Equal((expected.Length, null), (whole["total"]!.GetValue<int>(), whole["nextCursor"]));
        foreach (var limit in new[] { 1, 2 })
            Assert.Equal(expected, await world.Anyone.SlugsAsync($"{requested}&limit={limit}"));
    }

    [Fact]
    public async Task A_hundred_come_at_once_with_one_statement_and_more_are_refused()
    {
        var others = Enumerable.Range(1, 99).Select(number => $"00000000-0000-0000-0000-{number:D12}").ToList();
        string[] hundred = [.. others, world.Ids["four"]];

        Assert.Equal(
            1,
            await world.Statements.CountReadsAsync(async () =>
                Assert.Equal(["four"], await world.Anyone.SlugsAsync($"{Articles}?ids={string.Join(',', hundred)}"))
            )
        );
        Assert.Equal(
            ["ids: tooMany"],
            (await world.Anyone.ReadAsync($"{Articles}?ids={string.Join(',', hundred)}&ids=one")).Errors(HttpStatusCode.BadRequest)
        );
        Assert.Equal(
            ["ids: tooLong"],
            (await world.Anyone.ReadAsync($"{Articles}?ids=one,{new string('a', 1_001)}")).Errors(HttpStatusCode.BadRequest)
        );
    }

    [Fact]
    public async Task A_slug_that_an_article_had_before_finds_it_in_its_place()
    {
        await world.Admin.ArticleAsync(new { headline = "Renamed", slug = "name-before" }, publish: true);
        (await world.Admin.PatchAsync("/editorial/v1/articles/name-before", new { slug = "name-after" }, "\"r1\"")).Expect(
            HttpStatusCode.OK
        );
        await world.Admin.PublishAsync("name-after");

        Assert.Equal(["two", "name-after", "one"], await world.Anyone.SlugsAsync($"{Articles}?ids=two,name-before,one,name-after"));
    }

    [Fact]
    public async Task A_feed_takes_them_as_a_filter_newest_first()
    {
        var feed = (await world.Anyone.ReadAsync("/feeds/articles.json?ids=one,three")).Expect(HttpStatusCode.OK);

        Assert.Equal(["Story three", "Story one"], feed["items"]!.AsArray().Select(item => item!["title"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_a_node_keeps_of_them_it_gives_up_when_one_of_them_changes_and_not_for_another()
    {
        var (kept, other) = (
            await world.Admin.ArticleAsync(new { headline = "Kept", slug = "kept" }, publish: true),
            await world.Admin.ArticleAsync(new { headline = "Other" }, publish: true)
        );
        var id = (await world.Anyone.ReadAsync($"{Articles}/{kept}")).Json["id"];
        var byId = $"{Articles}?ids={id}";
        var first = await world.Anyone.ReadAsync(byId);
        Assert.Equal($"article:{id}", first.Headers.GetValues("Cache-Tag").Single());

        (await world.Admin.PatchAsync($"/editorial/v1/articles/{other}", new { headline = "Other again" }, "\"r1\"")).Expect(
            HttpStatusCode.OK
        );
        await world.Admin.PublishAsync(other);
        await Eventually.TrueAsync(async () =>
            (await world.Anyone.ReadAsync($"{Articles}/{other}")).Text.Contains("Other again", StringComparison.Ordinal)
        );
        Assert.Equal(0, await world.Statements.CountReadsAsync(() => world.Anyone.ReadAsync(byId)));

        (
            await world.Admin.PatchAsync(
                $"/editorial/v1/articles/{kept}",
                new { headline = "Kept no more", slug = "kept-no-more" },
                "\"r1\""
            )
        ).Expect(HttpStatusCode.OK);
        await world.Admin.PublishAsync("kept-no-more");
        foreach (var requested in new[] { byId, $"{Articles}?ids=kept" })
            await Eventually.TrueAsync(async () =>
                (await world.Anyone.ReadAsync(requested)).Text.Contains("Kept no more", StringComparison.Ordinal)
            );
    }
}
