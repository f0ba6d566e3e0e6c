using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>A newsroom with the sample content and a site URL.</summary>
public class SampleNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:SampleContent"] = "true", ["Cms:SiteUrl"] = "https://news.example" };
}

/// <summary>Another one, because examples create what they name.</summary>
public sealed class OtherSampleNewsroom(TestCluster cluster) : SampleNewsroom(cluster);

public sealed class DocumentTests(SampleNewsroom newsroom, OtherSampleNewsroom other)
    : IClassFixture<SampleNewsroom>,
        IClassFixture<OtherSampleNewsroom>
{
    [Theory]
    [InlineData("editorial")]
    [InlineData("content")]
    [InlineData("feeds")]
    [InlineData("page/editorial")]
    public async Task A_served_document_passes_redoclys_and_spectrals_rules_without_a_finding(string api)
    {
        var json = (await newsroom.Anyone.ReadAsync($"/openapi/{api}.json")).Text;

        Assert.StartsWith("3.1.", System.Text.Json.Nodes.JsonNode.Parse(json)!["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("", await Lint.RunAsync(json, api.Replace('/', '-')));
    }

    [Theory]
    [InlineData("editorial", null, null, "/")]
    [InlineData("editorial", null, "https://cms.example/", "https://cms.example")]
    [InlineData("content", "https://news.example/", "https://cms.example", "https://cms.example")]
    [InlineData("feeds", null, "https://cms.example", "https://cms.example")]
    [InlineData("feeds", "https://news.example/", "https://cms.example", "https://news.example")]
    public async Task A_document_names_the_address_at_which_programs_reach_what_it_describes(
        string api,
        string? siteUrl,
        string? apiUrl,
        string server
    )
    {
        var node = newsroom.AnotherNode(("Cms:SiteUrl", siteUrl ?? ""), ("Cms:ApiUrl", apiUrl ?? ""), ("Cms:BackgroundWork", "false"));
        using var anyone = newsroom.Client(null, node);

        var servers = (await anyone.ReadAsync($"/openapi/{api}.json")).Json["servers"]!.AsArray();

        Assert.Equal(server, Assert.Single(servers)!["url"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_page_has_the_forms_first_and_its_own_origin_and_programs_have_one_body_for_each_request_and_no_pages()
    {
        var page = (await newsroom.Anyone.ReadAsync("/openapi/page/editorial.json")).Json;
        var programs = (await newsroom.Anyone.ReadAsync("/openapi/editorial.json")).Json;

        Assert.Equal(
            ["multipart/form-data", "application/json"],
            page["paths"]!["/editorial/v1/articles"]!["post"]!["requestBody"]!["content"]!.AsObject().Select(media => media.Key)
        );
        Assert.Equal("/", Assert.Single(page["servers"]!.AsArray())!["url"]!.GetValue<string>());
        Assert.Equal(
            page["paths"]!.AsObject().Select(path => path.Key.Replace("{event}", "{eventId}", StringComparison.Ordinal)),
            programs["paths"]!.AsObject().Select(path => path.Key)
        );
        foreach (var operation in programs["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()))
        {
            if (operation.Value!["requestBody"] is { } body)
                Assert.Single(body["content"]!.AsObject());
            Assert.DoesNotContain("text/html", operation.Value["responses"]!.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(programs["components"]!["schemas"]!.AsObject(), schema =>
            schema.Key.EndsWith("Form", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("editorial", "br")]
    [InlineData("content", "gzip")]
    [InlineData("feeds", "br")]
    public async Task A_document_is_sent_compressed_with_a_tag_and_not_sent_again_to_who_has_it(string api, string coding)
    {
        var plain = await newsroom.Anyone.ReadAsync($"/openapi/{api}.json");
        using var browser = Patience.Client(newsroom.Address);
        using var ask = new HttpRequestMessage(HttpMethod.Get, $"/openapi/{api}.json")
        {
            Headers = { AcceptEncoding = { new StringWithQualityHeaderValue(coding) } },
        };
        using var compressed = await browser.SendAsync(ask, TestContext.Current.CancellationToken);
        using var askAgain = new HttpRequestMessage(HttpMethod.Get, $"/openapi/{api}.json")
        {
            Headers = { IfNoneMatch = { compressed.Headers.ETag! } },
        };
        using var again = await browser.SendAsync(askAgain, TestContext.Current.CancellationToken);

        Assert.Equal([coding], compressed.Content.Headers.ContentEncoding);
        Assert.InRange(compressed.Content.Headers.ContentLength!.Value, 1, plain.Text.Length / 5);
        Assert.Equal((true, TimeSpan.FromMinutes(5)), (compressed.Headers.CacheControl!.Public, compressed.Headers.CacheControl.MaxAge));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Anyone.ReadAsync("/openapi/other.json")).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_example_succeeds_when_sent_as_it_stands_in_the_order_of_the_page(bool asForms)
    {
        foreach (var document in newsroom.Documents)
        {
            using var client = (asForms ? newsroom : other).Client(document.Name == "editorial" ? Newsroom.AdminKey : null);
            var steps = await ExampleWalk.RunAsync(document, client, null, TestContext.Current.CancellationToken, asForms);
            Assert.All(steps, step => Assert.True(step.Succeeded, $"{step.Method} {step.Path}: {(int)step.Status} {step.Body}"));
            Assert.Equal(document.Operations.Count(), steps.Count);
        }
    }

    [Theory]
    [InlineData("/content/v1/articles/{article}", "Article")]
    [InlineData("/content/v1/articles", "ArticlePage")]
    public async Task A_response_has_the_type_of_the_whole_which_requires_its_members(string path, string name)
    {
        var document = (await newsroom.Anyone.ReadAsync("/openapi/content.json")).Json;
        var operation = document["paths"]![path]!["get"]!;

        Assert.Equal(
            $"#/components/schemas/{name}",
            operation["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>()
        );
        foreach (var schema in new[] { "Article", "ArticleItem" })
            Assert.Contains(
                "headline",
                document["components"]!["schemas"]![schema]!["required"]!.AsArray().Select(member => member!.GetValue<string>())
            );
    }

    [Theory]
    [InlineData("/content/v1/articles/{article}", "SelectedArticle")]
    [InlineData("/content/v1/articles", "SelectedArticlePage")]
    [InlineData("/content/v1/people/{person}/articles", "SelectedArticlePage")]
    public async Task Fields_name_a_type_of_their_own_that_requires_no_member_of_an_article(string path, string name)
    {
        var document = (await newsroom.Anyone.ReadAsync("/openapi/content.json")).Json;
        var fields = document["paths"]![path]!["get"]!["parameters"]!
            .AsArray()
            .Single(parameter => parameter!["name"]!.GetValue<string>() == "fields")!;

        Assert.Equal($"#/components/schemas/{name}", fields["schema"]!["$defs"]!["response"]!["$ref"]!.GetValue<string>());
        Assert.Contains("SelectedArticle", fields["description"]!.GetValue<string>(), StringComparison.Ordinal);
        var schemas = document["components"]!["schemas"]!.AsObject();
        foreach (var (selected, schema) in schemas.Where(one => one.Key.StartsWith("Selected", StringComparison.Ordinal)))
        {
            var whole = schemas[selected["Selected".Length..]]!;
            Assert.Equal(
                whole["properties"]!.AsObject().Select(member => member.Key),
                schema!["properties"]!.AsObject().Select(m => m.Key)
            );
            Assert.Equal(whole["properties"]!["nextCursor"] is null, schema["required"] is null);
        }

        Assert.Equal(
            "#/components/schemas/SelectedMentionedPerson",
            schemas["SelectedArticle"]!["properties"]!["people"]!["items"]!["$ref"]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task All_documents_can_be_asked_for_at_once_on_several_nodes_that_have_just_started()
    {
        string[] paths = [.. new[] { "editorial", "content", "feeds" }.SelectMany(api => new[] { $"{api}.json", $"page/{api}.json" })];
        var nodes = Enumerable.Range(0, 3).Select(_ => newsroom.AnotherNode(("Cms:BackgroundWork", "false"))).ToList();
        var asked = nodes.SelectMany(node => paths.Select(path => (Client: newsroom.Client(null, node), Path: $"/openapi/{path}")));

        var answers = await Task.WhenAll(asked.Select(one => one.Client.ReadAsync(one.Path)));

        Assert.All(answers, answer => Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status));
    }

    // Generators number the types without a name, so that one that is added would rename others.
    [Theory]
    [InlineData("editorial")]
    [InlineData("content")]
    [InlineData("feeds")]
    public async Task Every_enumeration_and_every_object_with_members_has_a_name(string api)
    {
        var document = (await newsroom.Anyone.ReadAsync($"/openapi/{api}.json")).Json;
        var named = document["components"]!["schemas"]!.AsObject().Select(schema => schema.Value).ToHashSet();

        var unnamed = Below(document)
            .OfType<JsonObject>()
            .Where(node => !named.Contains(node) && (node["enum"] ?? node["properties"]) is not null);

        Assert.Empty(unnamed.Select(node => node.GetPath()));
    }

    private static IEnumerable<JsonNode> Below(JsonNode node) =>
        node switch
        {
            JsonObject members => [node, .. members.Select(member => member.Value).OfType<JsonNode>().SelectMany(Below)],
            JsonArray items => [node, .. items.OfType<JsonNode>().SelectMany(Below)],
            _ => [],
        };

    [Fact]
    public void A_body_is_required_unless_every_member_of_it_has_a_default()
    {
        var optional = newsroom
            .Documents.SelectMany(document => document.Operations)
            .Where(operation =>
                operation.RequestBody is { } body && !(body.TryGetProperty("required", out var required) && required.GetBoolean())
            )
            .Select(operation => operation.Id);

        Assert.Equal(["unpublishArticle", "rotateKey", "rotateWebhook"], optional);
    }

    [Fact]
    public void Every_operation_has_an_id_a_summary_a_tag_and_every_body_an_example()
    {
        foreach (var operation in newsroom.Documents.SelectMany(document => document.Operations))
        {
            Assert.NotNull(operation.Id);
            Assert.False(string.IsNullOrEmpty(operation.Node.GetProperty("summary").GetString()), operation.Id);
            Assert.Equal(1, operation.Node.GetProperty("tags").GetArrayLength());
            if (operation.RequestBody is { } body)
                Assert.All(body.GetProperty("content").EnumerateObject(), media =>
                    Assert.True(media.Value.TryGetProperty("example", out _), operation.Id)
                );
            Assert.All(operation.Parameters, parameter =>
                Assert.True(parameter.Node.TryGetProperty("description", out _), $"{operation.Id} {parameter.Name}")
            );
        }
    }

    [Fact]
    public async Task Swagger_ui_is_at_docs_offers_the_three_documents_and_the_root_leads_there()
    {
        using var browser = Patience.Client(newsroom.Address, new HttpClientHandler { AllowAutoRedirect = false });
        using var root = await browser.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Found, "/docs"), (root.StatusCode, root.Headers.Location!.ToString()));

        using var accept = new HttpRequestMessage(HttpMethod.Get, "/docs/index.html")
        {
            Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/html") } },
        };
        using var page = await browser.SendAsync(accept, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var script = await browser.GetStringAsync("/docs/index.js", TestContext.Current.CancellationToken);
        Assert.All(newsroom.Documents, document =>
            Assert.Contains($"/openapi/page/{document.Name}.json", script, StringComparison.Ordinal)
        );
    }
}
