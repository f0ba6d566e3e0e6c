using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>The documents break no client of those that the last release served, which are in <c>docs/openapi</c>.</summary>
[Trait("Postgres", "AnyVersion")] // once is enough: it says nothing about PostgreSQL
public sealed class CompatibilityTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    // The sample has no enumerations, and its request no optional member.
    private static readonly string Sample = SampleDocument
        .Json.Replace(
            "\"Older ones.\", \"schema\": { \"type\": \"string\" }",
            "\"Older ones.\", \"schema\": { \"type\": \"string\", \"enum\": [\"day\", \"week\"] }",
            StringComparison.Ordinal
        )
        .Replace(
            "\"text\": { \"type\": \"string\" },",
            "\"text\": { \"type\": \"string\", \"enum\": [\"a\", \"b\"] },",
            StringComparison.Ordinal
        )
        .Replace(
            "\"text\": { \"type\": \"string\", \"min",
            "\"by\": { \"type\": \"string\" }, \"text\": { \"type\": \"string\", \"min",
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("editorial")]
    [InlineData("content")]
    [InlineData("feeds")]
    public async Task A_document_breaks_no_client_of_the_last_release(string api)
    {
        var present = (await newsroom.Anyone.ReadAsync($"/openapi/{api}.json")).Text;
        var kept = Path.Combine(Folder(), $"{api}.json");
        if (Environment.GetEnvironmentVariable("HEADLESS_CMS_RELEASE") == "1")
            await File.WriteAllTextAsync(kept, present + "\n", TestContext.Current.CancellationToken);

        Assert.Empty(await BreaksAsync(await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken), present));
    }

    [Theory]
    [InlineData("\"/sample/v1/notes/latest\"", "\"/sample/v1/notes/newest\"", "remove paths /sample/v1/notes/latest get")]
    [InlineData("\"delete\"", "\"patch\"", "remove paths /sample/v1/notes/{id} delete")]
    [InlineData("\"listNotes\"", "\"findNotes\"", "replace paths /sample/v1/notes get operationId")]
    [InlineData("\"name\": \"before\"", "\"required\": true, \"name\": \"before\"", "add paths /sample/v1/notes get parameters 2 required")]
    [InlineData("\"name\": \"before\"", "\"name\": \"until\"", "remove paths /sample/v1/notes get parameters 2")]
    [InlineData("\"day\", \"week\"", "\"day\"", "remove paths /sample/v1/notes get parameters 2 schema enum")]
    [InlineData("\"required\": [\"text\"]", "\"required\": [\"text\", \"by\"]", "add paths /sample/v1/notes post requestBody")]
    [InlineData(
        "\"text\": { \"type\": \"string\", \"min",
        "\"words\": { \"type\": \"string\", \"min",
        "remove paths /sample/v1/notes post requestBody"
    )]
    [InlineData("\"maxLength\": 200", "\"maxLength\": 100", "replace paths /sample/v1/notes post requestBody")]
    [InlineData("\"201\"", "\"202\"", "remove paths /sample/v1/notes post responses 201")]
    [InlineData(
        "\"text\": { \"type\": \"string\", \"enum",
        "\"words\": { \"type\": \"string\", \"enum",
        "remove paths /sample/v1/notes post responses 201"
    )]
    [InlineData(
        "\"required\": [\"id\", \"text\", \"by\"]",
        "\"required\": [\"id\", \"by\"]",
        "remove paths /sample/v1/notes post responses 201"
    )]
    [InlineData(
        "{ \"name\": { \"type\": \"string\" } }",
        "{ \"name\": { \"type\": \"integer\" } }",
        "replace paths /sample/v1/notes post responses 201"
    )]
    [InlineData(
        "{ \"name\": { \"type\": \"string\" } }",
        "{ \"name\": { \"type\": [\"string\", \"null\"] } }",
        "replace paths /sample/v1/notes post responses 201"
    )]
    [InlineData("Person\"", "Human\"", "remove components schemas Person")]
    public async Task What_breaks_a_client_is_found(string before, string after, string found)
    {
        Assert.Contains(before, Sample, StringComparison.Ordinal);

        var breaks = await BreaksAsync(Sample, Sample.Replace(before, after, StringComparison.Ordinal));

        Assert.Contains(breaks, line => line.StartsWith(found, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"summary\": \"Lists notes\"", "\"summary\": \"Lists all notes\"")]
    [InlineData(
        "\"/sample/v1/notes/latest\"",
        "\"/sample/v1/notes/count\": { \"get\": { \"responses\": {} } }, \"/sample/v1/notes/latest\""
    )]
    [InlineData(
        "{ \"name\": \"before\"",
        "{ \"name\": \"after\", \"in\": \"query\", \"schema\": { \"type\": \"string\" } }, { \"name\": \"before\""
    )]
    [InlineData("\"day\", \"week\"", "\"hour\", \"day\", \"week\"")]
    [InlineData("\"properties\": { \"by\"", "\"properties\": { \"note\": { \"type\": \"string\" }, \"by\"")]
    [InlineData("\"maxLength\": 200", "\"maxLength\": 300")]
    [InlineData("[\"a\", \"b\"]", "[\"a\", \"b\", \"c\"]")]
    [InlineData(
        "\"required\": [\"name\"], \"properties\": { ",
        "\"required\": [\"name\", \"slug\"], \"properties\": { \"slug\": { \"type\": \"string\" }, "
    )]
    [InlineData("\"404\": { \"$ref\"", "\"410\": { \"$ref\": \"#/components/responses/Problem\" }, \"404\": { \"$ref\"")]
    public async Task An_addition_breaks_no_client(string before, string after)
    {
        Assert.Contains(before, Sample, StringComparison.Ordinal);

        Assert.Empty(await BreaksAsync(Sample, Sample.Replace(before, after, StringComparison.Ordinal)));
    }

    private static async Task<string[]> BreaksAsync(string before, string after)
    {
        var lines = await new NodeScript("clients", "compare.js", "api-smart-diff").AskAsync([
            new { before = JsonNode.Parse(before), after = JsonNode.Parse(after) },
        ]);
        return [.. JsonNode.Parse(Assert.Single(lines))!.AsArray().Select(line => line!.GetValue<string>())];
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "openapi"));
}
