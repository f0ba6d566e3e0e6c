using System.Net;
using System.Net.Http.Headers;
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
    public async Task A_served_document_passes_redoclys_and_spectrals_rules_without_a_finding(string api)
    {
        var json = (await newsroom.Anyone.ReadAsync($"/openapi/{api}.json")).Text;

        Assert.StartsWith("3.1.", System.Text.Json.Nodes.JsonNode.Parse(json)!["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("", await Lint.RunAsync(json, api));
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
    public async Task A_whole_article_requires_its_members_and_one_with_selected_fields_requires_none(string path, string name)
    {
        var document = (await newsroom.Anyone.ReadAsync("/openapi/content.json")).Json;
        var schemas = document["components"]!["schemas"]!;
        var answers = document["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["anyOf"]!;

        Assert.Equal(
            [$"#/components/schemas/{name}", $"#/components/schemas/Selected{name}"],
            answers.AsArray().Select(one => one!["$ref"]!.GetValue<string>())
        );
        Assert.Contains("headline", schemas["Article"]!["required"]!.AsArray().Select(member => member!.GetValue<string>()));
        Assert.Null(schemas["SelectedArticle"]!["required"]);
        Assert.NotNull(schemas["SelectedArticlePage"]!["required"]);
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
        Assert.All(newsroom.Documents, document => Assert.Contains($"/openapi/{document.Name}.json", script, StringComparison.Ordinal));
    }
}
