using System.Net;
using System.Net.Http.Headers;
using System.Text;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Http;

/// <summary>One answer names everything that is wrong, and what may have been meant.</summary>
public sealed class AllErrorsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/editorial/v1/articles";

    private const string WrongInManyWays = """
        {
          "title": "x", "headline": 7, "standfirst": null, "isAdmin": true,
          "body": { "format": "HTML", "content": "x", "html": "y" },
          "language": "!", "embargoUntil": "2026-01-01", "dateline": { "place": ["tokyo"] },
          "people": [ { "person": "nobody-at-all", "relation": "abuot" }, { "name": "x" }, null, 3 ],
          "topics": {}, "slug": "Not A Slug"
        }
        """;

    private static readonly string[] AllOfIt =
    [
        "/title: unknownMember",
        "/headline: wrongType",
        "/isAdmin: unknownMember",
        "/body/format: unknownValue",
        "/body/html: unknownMember",
        "/embargoUntil: invalidInstant",
        "/dateline/place: wrongType",
        "/people/0/relation: unknownValue",
        "/people/1/name: unknownMember",
        "/people/2: null",
        "/people/3: wrongType",
        "/topics: wrongType",
    ];

    [Fact]
    public async Task Everything_wrong_in_a_body_is_named_at_once()
    {
        var errors = (await newsroom.Admin.PostAsync(Articles, WrongInManyWays)).Errors(HttpStatusCode.BadRequest);
        Assert.Equal(AllOfIt, errors.Take(AllOfIt.Length));
        Assert.Contains("/language: invalidForm", errors);
        Assert.Contains("/slug: invalidForm", errors);
        Assert.DoesNotContain("/headline: required", errors);
    }

    [Fact]
    public async Task What_follows_a_refused_item_of_a_list_keeps_its_place()
    {
        var errors = (
            await newsroom.Admin.PostAsync(
                Articles,
                """
                {
                  "headline": "Places in a list", "language": "!",
                  "people": [ 3, { "name": "a member of readers" }, { "person": "a-fine-name", "relation": "abuot" }, null ],
                  "dateline": { "date": "2026-01-01", "place": 4 }
                }
                """
            )
        ).Errors(HttpStatusCode.BadRequest);
        Assert.Equal(
            [
                "/people/0: wrongType",
                "/people/1/name: unknownMember",
                "/people/2/relation: unknownValue",
                "/people/3: null",
                "/dateline/date: unknownMember",
                "/dateline/place: wrongType",
                "/language: invalidForm",
            ],
            errors
        );
    }

    [Fact]
    public async Task Everything_wrong_in_a_patch_is_named_at_once()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Patched wrongly" });
        var read = await newsroom.Admin.ReadAsync($"{Articles}/{slug}");
        var errors = (await newsroom.Admin.PatchAsync($"{Articles}/{slug}", """{"title":"x","language":"!","genre":4}""", read.Tag)).Errors(
            HttpStatusCode.BadRequest
        );
        Assert.Equal(["/genre: wrongType", "/language: invalidForm", "/title: unknownMember"], errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Everything_wrong_in_a_line_of_a_bulk_request_is_named_at_once()
    {
        var line = WrongInManyWays.ReplaceLineEndings(" ");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Articles}/bulk")
        {
            Content = new StringContent(line, MediaTypeHeaderValue.Parse("application/x-ndjson")),
        };
        var answer = await newsroom.Admin.AnswerAsync(request);
        var result = System.Text.Json.Nodes.JsonNode.Parse(answer.Text.Split('\n')[0])!;
        Assert.Equal(AllOfIt, result["problem"]!["errors"]!.AsArray().Select(error => $"{error!["pointer"]}: {error["code"]}"));
    }

    [Theory]
    [InlineData("places", """{"name":"x","kind":"city","parent":"japan"}""", "/parent", "within")]
    [InlineData("topics", """{"name":"x","parent":"politics"}""", "/parent", "broader")]
    [InlineData("places", """{"name":"x","kind":"twon"}""", "/kind", null)]
    [InlineData("places", """{"name":"x","kind":"citty"}""", "/kind", "city")]
    [InlineData("places", """{"name":"x","kind":"City"}""", "/kind", "city")]
    [InlineData("places", """{"name":"x","kind":"city","lat":1}""", "/lat", "latitude")]
    [InlineData("people", """{"Name":"x"}""", "/Name", "name")]
    [InlineData("people", """{"name":"x","given_name":"y"}""", "/given_name", "givenName")]
    [InlineData("people", """{"name":"x","birthdate":"1960-01-01"}""", "/birthdate", "birthDate")]
    [InlineData("people", """{"name":"x","zzz":1}""", "/zzz", null)]
    [InlineData("articles", """{"title":"x"}""", "/title", "headline")]
    [InlineData("articles", """{"headline":"x","people":[{"person":"y","relation":"abuot"}]}""", "/people/0/relation", "about")]
    [InlineData("articles", """{"headline":"x","tags":["a"]}""", "/tags", "topics")]
    [InlineData("articles", """{"headline":"x","standfrist":"a"}""", "/standfrist", "standfirst")]
    [InlineData("articles", """{"headline":"x","body":{"format":"markdwon","content":""}}""", "/body/format", "markdown")]
    [InlineData("articles", """{"headline":"x","body":{"format":"text","text":""}}""", "/body/text", null)]
    public async Task An_error_names_the_nearest_member_or_value(string resource, string body, string pointer, string? meant)
    {
        var answer = await newsroom.Admin.PostAsync($"/editorial/v1/{resource}", body);
        Assert.InRange((int)answer.Status, 400, 422);
        var error = answer.Json["errors"]!.AsArray().First(one => (string?)one!["pointer"] == pointer)!;
        Assert.Equal(meant, (string?)error["didYouMean"]);
    }

    [Theory]
    [InlineData("/content/v1/articles?langauge=en", "langauge", "language")]
    [InlineData("/content/v1/articles?tag=x", "tag", "topic")]
    [InlineData("/content/v1/articles?pageSize=3", "pageSize", "limit")]
    [InlineData("/content/v1/articles?sort=publishedat", "sort", "publishedAt")]
    [InlineData("/content/v1/articles?facets=topic", "facets", "topics")]
    [InlineData("/content/v1/articles?fields=title", "fields", "headline")]
    [InlineData("/editorial/v1/articles?status=Live", "status", "live")]
    [InlineData("/editorial/v1/articles?search=x", "search", "q")]
    [InlineData("/editorial/v1/articles?xyzzy=x", "xyzzy", null)]
    public async Task An_error_names_the_nearest_parameter_or_value(string path, string parameter, string? meant)
    {
        var error = (await newsroom.Admin.ReadAsync(path)).Expect(HttpStatusCode.BadRequest)["errors"]![0]!;
        Assert.Equal((parameter, meant), ((string?)error["parameter"], (string?)error["didYouMean"]));
    }

    [Theory]
    [InlineData("r1", "\"r1\"")]
    [InlineData("\"r1", "\"r1\"")]
    [InlineData("1, 2", null)]
    [InlineData("W/r1", null)]
    public async Task An_entity_tag_without_quotes_is_told_as_that(string sent, string? meant)
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Tagged badly" });
        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Delete })
        {
            using var request = new HttpRequestMessage(method, $"{Articles}/{slug}");
            request.Headers.TryAddWithoutValidation("If-Match", sent);
            if (method == HttpMethod.Put)
                request.Content = new StringContent("""{"headline":"x"}""", Encoding.UTF8, "application/json");
            var error = (await newsroom.Admin.AnswerAsync(request)).Expect(HttpStatusCode.BadRequest)["errors"]![0]!;
            Assert.Equal(("If-Match", "invalidForm"), ((string?)error["header"], (string?)error["code"]));
            if (meant is not null)
                Assert.Equal(meant, (string?)error["didYouMean"]);
        }
    }

    [Fact]
    public async Task A_stale_tag_is_answered_with_who_saved_when_and_the_tag_to_send()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Saved meanwhile" });
        var path = $"{Articles}/{slug}";
        var read = await newsroom.Admin.ReadAsync(path);
        var saved = (await newsroom.Admin.PutAsync(path, new { headline = "By somebody else" }, read.Tag)).Expect(HttpStatusCode.OK);

        foreach (
            var stale in new[]
            {
                await newsroom.Admin.PutAsync(path, new { headline = "Mine" }, read.Tag),
                await newsroom.Admin.PatchAsync(path, new { headline = "Mine" }, read.Tag),
                await newsroom.Admin.DeleteAsync(path, read.Tag),
            }
        )
        {
            Assert.Equal("stale", stale.Problem(HttpStatusCode.PreconditionFailed));
            var current = stale.Json["current"]!;
            Assert.Equal(("\"r2\"", 2), ((string?)current["etag"], (int)current["revision"]!));
            Assert.Equal((string?)saved["savedBy"], (string?)current["savedBy"]);
            Assert.Equal((string?)saved["savedAt"], (string?)current["savedAt"]);
            Assert.Contains($"{saved["savedBy"]} saved version 2", (string?)stale.Json["detail"], StringComparison.Ordinal);
        }

        var person = await newsroom.Admin.ConceptAsync("people", new { name = "Stale person" });
        var concept = await newsroom.Admin.PatchAsync($"/editorial/v1/people/{person}", new { title = "x" }, "\"v9\"");
        Assert.Equal(1, (int)concept.Expect(HttpStatusCode.PreconditionFailed)["current"]!["revision"]!);
    }

    [Fact]
    public async Task Of_many_who_save_at_once_each_loser_is_told_what_won()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Raced" });
        var path = $"{Articles}/{slug}";
        var read = await newsroom.Admin.ReadAsync(path);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(number => newsroom.Admin.PutAsync(path, new { headline = $"Racer {number}" }, read.Tag))
        );
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer =>
            Assert.Equal("\"r2\"", (string?)answer.Expect(HttpStatusCode.PreconditionFailed)["current"]!["etag"])
        );
    }

    [Fact]
    public async Task What_is_wrong_beside_a_refused_member_is_named_and_what_it_lacks_by_it_is_not()
    {
        const string body = """{"body":{"fromat":"html","content":"x"},"people":[{"person":7},{"person":"nobody-here"}],"slug":"A B"}""";
        Assert.Equal(
            ["/body/fromat: unknownMember", "/headline: required", "/people/0/person: wrongType", "/slug: invalidForm"],
            (await newsroom.Admin.PostAsync(Articles, body)).Errors(HttpStatusCode.BadRequest).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("{\"headline\":\"x\",\"topics\":[", "1", "]}")]
    [InlineData("{\"headline\":\"x\"", ",\"headlin#\":1", "}")]
    [InlineData("{\"name\":\"x\"", ",\"isAdministrator#\":1", "}")]
    public async Task A_body_of_errors_costs_little_and_lists_a_hundred(string begin, string error, string end)
    {
        var body = new StringBuilder(begin);
        var separator = error[0] == ',' ? "" : ",";
        for (var number = 0; body.Length < 1_000_000; number++)
            body.Append(number == 0 ? "" : separator).Append(error.Replace("#", $"{number}", StringComparison.Ordinal));
        var answer = await newsroom.Admin.PostAsync(Articles, body.Append(end).ToString());
        var errors = answer.Errors(HttpStatusCode.BadRequest);
        Assert.Equal(101, errors.Count);
        Assert.EndsWith(": more", errors[^1], StringComparison.Ordinal);
    }
}
