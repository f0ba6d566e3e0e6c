using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Http;

/// <summary>An answer is not larger than the request that it refuses, however much is wrong with it.</summary>
public sealed class ErrorLimitTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly string[] Wrong = [.. Enumerable.Range(0, 60_000).Select(number => $"no-one-{number}")];

    public static TheoryData<string, string, string> Lists =>
        new()
        {
            { "articles", "headline", "authors" },
            { "people", "name", "aliases" },
            { "people", "name", "sameAs" },
            { "webhooks", "name", "people" },
            { "webhooks", "name", "languages" },
        };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_that_is_too_long_is_one_error_however_wrong_its_items_are(string path, string name, string list)
    {
        var request = new JsonObject { [name] = "too-many", [list] = new JsonArray([.. Wrong.Select(item => (JsonNode)item)]) };
        if (path == "webhooks")
            (request["url"], request["events"]) = ("https://hooks.example/", new JsonArray("article.published"));

        var answer = await newsroom.Admin.PostAsync($"/editorial/v1/{path}", request);

        Assert.Equal([$"/{list}: tooMany"], answer.Errors(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task A_partners_limits_are_one_error_however_wrong_they_are()
    {
        var answer = await newsroom.Admin.PostAsync(
            "/editorial/v1/keys",
            new
            {
                name = "too-many",
                role = "reader",
                feeds = new { topics = Wrong[..20_000], languages = Wrong[..20_000] },
            }
        );

        Assert.Equal(["/feeds/topics: tooMany", "/feeds/languages: tooMany"], answer.Errors(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task After_a_hundred_errors_one_more_says_how_many_there_are()
    {
        var names = Wrong.Take(150).ToArray();
        var answer = await newsroom.Admin.PostAsync("/editorial/v1/articles", new { headline = "x", authors = names });

        var errors = answer.Expect(HttpStatusCode.UnprocessableEntity)["errors"]!.AsArray();

        Assert.Equal(101, errors.Count);
        Assert.Equal(("/authors/99", "unknown"), (errors[99]!["pointer"]!.GetValue<string>(), errors[99]!["code"]!.GetValue<string>()));
        Assert.Equal("""{"code":"more","detail":"50 more errors are not listed."}""", errors[100]!.ToJsonString());
        Assert.Equal(
            101,
            (await newsroom.Admin.ReadAsync($"/editorial/v1/articles?{string.Join('&', names)}")).Errors(HttpStatusCode.BadRequest).Count
        );
    }

    [Fact]
    public async Task A_long_name_is_not_repeated_in_full()
    {
        var name = new string('x', 100_000);
        foreach (
            var body in new object[]
            {
                new JsonObject { ["headline"] = "x", [name] = 1 },
                new { headline = "x", authors = new[] { name } },
                $$"""{"headline":"x","{{name}}":1,"{{name}}":2}""",
                $$"""{"headline":"x","body":{"{{name}}":[] } }""",
            }
        )
            Assert.InRange((await newsroom.Admin.PostAsync("/editorial/v1/articles", body)).Text.Length, 1, 1_500);
        Assert.InRange((await newsroom.Admin.ReadAsync($"/editorial/v1/articles?{name[..5_000]}=1")).Text.Length, 1, 1_500);
    }

    [Fact]
    public async Task A_bulk_answer_lists_errors_up_to_a_bound_and_then_one_a_line()
    {
        var line = new { headline = "x", authors = Wrong.Take(200).ToArray() };

        var results = await newsroom.Admin.BulkAsync("/editorial/v1/articles/bulk", Enumerable.Repeat(line, 150));

        Assert.Equal(150, results.Count);
        var counts = results.Select(result => result["problem"]!["errors"]!.AsArray().Count).ToArray();
        Assert.Equal((101, 2), (counts[0], counts[^1]));
        Assert.Equal("199 more errors are not listed.", results[^1]["problem"]!["errors"]![1]!["detail"]!.GetValue<string>());
        Assert.InRange(counts.Sum(), 1, 10_300);
    }
}
