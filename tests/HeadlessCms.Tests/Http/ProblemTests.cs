using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Http;

public sealed partial class ProblemTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/content/v1/articles/", 404)]
    [InlineData("GET", "/Content/v1/articles", 404)]
    [InlineData("GET", "/content/v1/articles;a", 404)]
    [InlineData("GET", "/content/v1/articles/no-such-thing", 404)]
    [InlineData("DELETE", "/content/v1/articles", 405)]
    [InlineData("GET", "/editorial/v1/articles", 401)]
    [InlineData("GET", "/content/v1/articles?limit=x", 400)]
    public async Task Every_error_is_a_problem_whichever_part_of_the_app_made_it(string method, string path, int status)
    {
        var answer = await newsroom.Anyone.SendAsync(new HttpMethod(method), path);

        var problem = answer.Expect((HttpStatusCode)status);
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType!.ToString());
        Assert.Equal(status, problem["status"]!.GetValue<int>());
        Assert.StartsWith("urn:headless-cms:problem:", problem["type"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(problem["title"]!.GetValue<string>());
        Assert.NotEmpty(problem["traceId"]!.GetValue<string>());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain("HeadlessCms.", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public void The_documents_list_every_type_of_problem_that_the_code_has_and_no_other()
    {
        var source = Directory
            .EnumerateFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file =>
                Path.GetFileName(file) != "ProblemTypes.cs"
                && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            )
            .Select(File.ReadAllText)
            .ToList();
        foreach (var code in ProblemTypes.All.Where(type => type != ProblemTypes.Blank).Select(type => type.Split(':')[^1]))
            Assert.Contains(source, text => text.Contains($"\"{code}\"", StringComparison.Ordinal));
        Assert.All(source.SelectMany(text => CodeOfProblem().Matches(text)).Select(match => match.Groups[1].Value), code =>
            Assert.Contains(ProblemTypes.Of(code), ProblemTypes.All)
        );
    }

    [Theory]
    [InlineData("/content/v1/articles", "GET, HEAD, OPTIONS")]
    [InlineData("/editorial/v1/articles", "GET, HEAD, OPTIONS, POST")]
    [InlineData("/editorial/v1/articles/x", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")]
    public async Task Options_and_405_name_every_method(string path, string methods)
    {
        var options = await newsroom.Anyone.SendAsync(HttpMethod.Options, path);
        Assert.Equal(HttpStatusCode.NoContent, options.Status);
        Assert.Equal(methods, string.Join(", ", options.ContentHeaders.Allow.Order(StringComparer.Ordinal)));
        var refused = await newsroom.Anyone.SendAsync(new HttpMethod("TRACK"), path);
        Assert.Equal(
            (HttpStatusCode.MethodNotAllowed, methods),
            (refused.Status, string.Join(", ", refused.ContentHeaders.Allow.Order(StringComparer.Ordinal)))
        );
    }

    [Fact]
    public async Task Head_works_wherever_get_does_with_its_headers_and_no_body()
    {
        var person = await newsroom.Admin.ConceptAsync("people", new { name = "Head" });
        var article = await newsroom.Admin.ArticleAsync(new { headline = "Head", people = new[] { new { person } } }, publish: true);
        string[] paths =
        [
            "/content/v1/articles",
            $"/content/v1/articles/{article}",
            "/content/v1/people",
            $"/content/v1/people/{person}",
            $"/content/v1/people/{person}/articles",
            "/content/v1/articles/none",
            "/editorial/v1/articles",
            $"/editorial/v1/articles/{article}",
            $"/editorial/v1/articles/{article}/revisions",
            $"/editorial/v1/articles/{article}/revisions/1",
            $"/editorial/v1/articles/{article}/publications",
            "/editorial/v1/people",
            $"/editorial/v1/people/{person}",
            $"/editorial/v1/people/{person}/articles",
            "/editorial/v1/keys",
            "/health/live",
            "/health/ready",
        ];
        foreach (var path in paths)
        {
            var get = await newsroom.Admin.ReadAsync(path);
            var head = await newsroom.Admin.SendAsync(HttpMethod.Head, path);
            Assert.Equal((get.Status, ""), (head.Status, head.Text));
            Assert.Equal(get.ContentHeaders.ContentType, head.ContentHeaders.ContentType);
            Assert.Equal(get.Headers.ETag, head.Headers.ETag);
            Assert.Equal(get.Headers.CacheControl, head.Headers.CacheControl);
        }
    }

    [Fact]
    public async Task What_editors_read_and_what_a_key_reads_is_kept_by_no_cache()
    {
        Assert.Equal("no-store, private", (await newsroom.Admin.ReadAsync("/editorial/v1/articles")).Headers.CacheControl!.ToString());
        Assert.Equal("no-store, private", (await newsroom.Admin.ReadAsync("/content/v1/articles")).Headers.CacheControl!.ToString());
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex(@"(?:(?:ConflictProblem|RuleException)\(\s*|\(\s*(?:[45]\d\d|status),\s*)""([a-z]\w+)"",")]
    private static partial Regex CodeOfProblem();
}

/// <summary>A site that is not open to anyone.</summary>
public sealed class PrivateSite(TestCluster cluster) : Newsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:PrivateSite"] = "true" };
}

public sealed class PrivateSiteTests(PrivateSite newsroom) : IClassFixture<PrivateSite>
{
    [Fact]
    public async Task A_private_site_asks_for_a_key_of_any_role()
    {
        Assert.Equal("unauthenticated", (await newsroom.Anyone.ReadAsync("/content/v1/articles")).Problem(HttpStatusCode.Unauthorized));
        using var reader = await newsroom.AsAsync(HeadlessCms.Core.Access.Role.Reader);
        (await reader.ReadAsync("/content/v1/articles")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_preview_of_a_private_site_is_shown_to_a_key_that_sends_its_token_in_a_header()
    {
        using var reader = await newsroom.AsAsync(HeadlessCms.Core.Access.Role.Reader);
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "A draft of a private site" });
        var token = (await newsroom.Admin.PostAsync("/editorial/v1/previews", new { article = slug })).Expect(HttpStatusCode.Created)[
            "token"
        ]!.GetValue<string>();

        foreach (var (client, status) in new[] { (reader, HttpStatusCode.OK), (newsroom.Anyone, HttpStatusCode.Unauthorized) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/content/v1/articles/{slug}");
            request.Headers.Add("Preview-Token", token);
            (await client.AnswerAsync(request)).Expect(status);
        }
    }
}
