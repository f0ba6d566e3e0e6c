using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>A newsroom whose documents name a server: a client from a file that names none has no address.</summary>
public sealed class AddressedNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:ApiUrl"] = "https://cms.example" };
}

/// <summary>Clients are generated from the served documents without a complaint, and work.</summary>
[Trait("Postgres", "AnyVersion")] // once is enough: it says nothing about PostgreSQL
public sealed partial class ClientTests(AddressedNewsroom newsroom) : IClassFixture<AddressedNewsroom>
{
    private static readonly string[] Doors = ["editorial", "content", "feeds"];

    [Fact]
    public async Task TypeScript_is_generated_without_a_warning_compiles_strictly_and_works_a_day()
    {
        using var clients = new TypeScriptClients(await DocumentsAsync());

        foreach (var generator in new[] { "openapi-typescript", "hey-api", "orval" })
            AssertQuiet(await clients.GenerateAsync(generator));
        foreach (var project in new[] { "tsconfig.json", "tsconfig.hey-api.json" })
            AssertSilent(await clients.CompileAsync(project));

        var day = await clients.RunAsync("day.js", $"{newsroom.Address}", Newsroom.AdminKey);
        Assert.True(day.ExitCode == 0, $"{day}");
        var seen = JsonNode.Parse(day.Output)!;
        AssertDay(
            seen,
            "Harbour to get a new bridge",
            "Two lanes, and one for bicycles.",
            "Grace Lind, Mayor",
            "harbour-to-get-a-new-bridge",
            "Harbour to get a new <mark>bridge</mark>"
        );
        Assert.Equal("urn:headless-cms:problem:stale", seen["stale"]!["type"]!.GetValue<string>());
        Assert.Equal("urn:headless-cms:problem:invalid", seen["invalid"]!["type"]!.GetValue<string>());
        Assert.Equal(["headline", "people"], Texts(seen["picked"]));
        Assert.Equal("article.published /content/v1/articles/harbour-to-get-a-new-bridge", Texts(seen["changes"])[0]);
    }

    [Fact]
    public async Task Kiotas_client_is_generated_without_a_warning_compiles_without_one_and_works_a_day()
    {
        using var clients = new CSharpClients(await DocumentsAsync());
        Assert.All(await clients.KiotaAsync(), AssertQuiet);

        var day = clients.Compile("Kiota", "KiotaDay.cs").GetType("KiotaDay")!.GetMethod("RunAsync")!;
        var seen = JsonNode.Parse(await (Task<string>)day.Invoke(null, [$"{newsroom.Address}", Newsroom.AdminKey])!)!;

        AssertDay(
            seen,
            "Ferry to sail on Sundays",
            "Until October.",
            "Omar Haddad, Harbour master",
            "ferry-to-sail-on-sundays",
            "<mark>Ferry</mark> to sail on Sundays"
        );
        Assert.Equal("UrnHeadlessCmsProblemStale", seen["stale"]!["type"]!.GetValue<string>());
        Assert.Equal("UrnHeadlessCmsProblemInvalid", seen["invalid"]!["type"]!.GetValue<string>());
        Assert.Equal("ArticlePublished /content/v1/articles/ferry-to-sail-on-sundays", Texts(seen["changes"])[0]);
    }

    [Fact]
    public async Task Nswags_client_is_generated_without_a_warning_compiles_without_one_and_works_a_day()
    {
        using var clients = new CSharpClients(await DocumentsAsync());
        Assert.All(await clients.NSwagAsync(), AssertQuiet);

        var assembly = clients.Compile("NSwag", "NSwagDay.cs");
        var names = assembly.GetTypes().Select(type => type.FullName).ToList();
        var day = assembly.GetType("NSwagDay")!.GetMethod("RunAsync")!;
        var seen = JsonNode.Parse(await (Task<string>)day.Invoke(null, [$"{newsroom.Address}", Newsroom.AdminKey])!)!;

        AssertDay(
            seen,
            "Lighthouse to shine again",
            "After ten years.",
            "Ana Sousa, Keeper",
            "lighthouse-to-shine-again",
            "<mark>Lighthouse</mark> to shine again"
        );
        Assert.Equal("UrnHeadlessCmsProblemStale", seen["stale"]!["type"]!.GetValue<string>());
        Assert.Equal("UrnHeadlessCmsProblemInvalid", seen["invalid"]!["type"]!.GetValue<string>());
        Assert.Equal("Article_published /content/v1/articles/lighthouse-to-shine-again", Texts(seen["changes"])[0]);
        // A type without a name of its own gets a number, which the next operation changes.
        Assert.DoesNotContain(names, name => Numbered().IsMatch(name!));
    }

    private static void AssertDay(JsonNode seen, string headline, string standfirst, string person, string slug, string highlight)
    {
        Assert.Equal([1, 2, 3], seen["saved"]!.AsArray().Select(revision => revision!.GetValue<int>()));
        Assert.Equal(["/headline: required", "/language: invalidForm"], Texts(seen["invalid"]!["errors"]));
        Assert.Equal(3, seen["liveRevision"]!.GetValue<int>());
        Assert.Equal(headline, seen["headline"]!.GetValue<string>());
        Assert.Equal(standfirst, seen["standfirst"]!.GetValue<string>());
        Assert.Contains("<strong>", seen["bodyHtml"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal([person], Texts(seen["people"]));
        Assert.Equal([slug], Texts(seen["list"]));
        Assert.Equal(1, seen["total"]!.GetValue<int>());
        Assert.Equal([$"{person.Split(',')[0]}: 1"], Texts(seen["facet"]));
        Assert.Equal([highlight], Texts(seen["found"]));
        Assert.Equal(3, seen["changes"]!.AsArray().Count); // the story and, with it, the person and the topic
    }

    private static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(text => text!.GetValue<string>())];

    private static void AssertSilent(ToolRun run) => Assert.True(run is { ExitCode: 0, Output: "", Log: "" }, $"{run}");

    private static void AssertQuiet(ToolRun run) => Assert.False(run.ExitCode != 0 || Complaint().IsMatch($"{run}"), $"{run}");

    private async Task<List<(string, string)>> DocumentsAsync()
    {
        var documents = new List<(string, string)>();
        foreach (var door in Doors)
            documents.Add((door, (await newsroom.Anyone.ReadAsync($"/openapi/{door}.json")).Text));
        return documents;
    }

    [GeneratedRegex(@"warn|error|fail|crit|invalid|deprecat|unsupported|cannot|unable|⚠|❌", RegexOptions.IgnoreCase)]
    private static partial Regex Complaint();

    [GeneratedRegex(@"\.[A-Za-z]+[0-9]+$")]
    private static partial Regex Numbered();
}
