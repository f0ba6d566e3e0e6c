using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>
/// A browser spends an editor's day in Swagger UI, from the URL that is printed at start. No other test runs meanwhile, because the day
/// measures how long the page takes.
/// </summary>
[Collection(nameof(EditorsDayTests))]
[CollectionDefinition(nameof(EditorsDayTests), DisableParallelization = true)]
[Trait("Postgres", "AnyVersion")] // once is enough: it says nothing about PostgreSQL
public sealed class EditorsDayTests
{
    // Of the work of a browser that draws a table of 2,000 rows: 25 ms where the page was made. Each is three times what it took there.
    private const double MostUnitsToBegin = 3 * 45;
    private const double MostUnitsToOpen = 3 * 6;
    private const double MostUnitsOfAKey = 3 * 0.6;

    private static readonly string? Chromium = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser" }.FirstOrDefault(File.Exists);

    [Fact]
    public async Task A_day_takes_at_most_60_clicks_and_150_keys_without_a_failed_attempt()
    {
        Assert.SkipWhen(Chromium is null, "chromium is not installed.");
        using var data = new TemporaryDirectory();
        using var app = await AppProcess.StartAsync(
            data.Path,
            "--Cms:SampleContent=true",
            "--Cms:ApiUrl=https://cms.example" // for programs: the page sends to its own origin
        );
        await Eventually.TrueAsync(() => Task.FromResult(DocsTests.PrintedUrl().IsMatch(app.Output)));

        var lines = await new NodeScript("browser", "day.mjs", "playwright-core").AskAsync([
            new
            {
                executablePath = Chromium,
                url = DocsTests.PrintedUrl().Match(app.Output).Value,
                screenshots = Environment.GetEnvironmentVariable("HEADLESS_CMS_SCREENSHOTS"),
            },
        ]);

        var day = JsonNode.Parse(Assert.Single(lines))!;
        TestContext.Current.TestOutputHelper?.WriteLine(day.ToJsonString());
        Assert.Empty(day["errors"]!.AsArray());
        Assert.Equal(20, day["steps"]!.AsArray().Count);
        Assert.All(day["steps"]!.AsArray(), step => Assert.InRange((int)step!["status"]!, 200, 299));
        Assert.InRange((int)day["figures"]!["clicks"]!, 1, 60);
        Assert.InRange((int)day["figures"]!["keys"]!, 1, 150);
        Assert.InRange((int)day["figures"]!["keysToNewArticle"]!, 1, 10);
        Assert.InRange(Median(day, "begun") / Median(day, "unit"), 0, MostUnitsToBegin);
        Assert.InRange((double)day["figures"]!["key"]! / Median(day, "unit"), 0, MostUnitsOfAKey);
        Assert.InRange(Median(day, "opened") / Median(day, "unit"), 0, MostUnitsToOpen);
        Assert.InRange(Median(day, "late") / Median(day, "unit"), 0, MostUnitsToOpen);
        await app.StopAsync();
    }

    private static double Median(JsonNode day, string figure)
    {
        var times = day["figures"]![figure]!.AsArray();
        return (double)times[times.Count / 2]!;
    }
}
