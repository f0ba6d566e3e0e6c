using System.Runtime.CompilerServices;
using System.Text.Json;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>
/// Runs Redocly and Spectral, whose checks differ, over a document with the rules in <c>lint/</c>. Run <c>npm ci</c> in
/// <c>tests/HeadlessCms.Tests/OpenApi/lint</c> to install them.
/// </summary>
internal static class Lint
{
    // Disables telemetry and update checks.
    private static readonly (string, string)[] Quietly =
    [
        ("REDOCLY_TELEMETRY", "off"),
        ("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"),
        ("NO_COLOR", "1"),
    ];

    private static readonly string[] SpectralSeverities = ["error", "warning", "info", "hint"];

    /// <summary>The findings of both, one per line. The test is skipped if a tool is missing.</summary>
    public static async Task<string> RunAsync(string documentJson, string name)
    {
        var folder = Folder();
        Assert.True(File.Exists(Path.Combine(folder, "package.json")), $"{folder} is not there: build the tests where they are run.");
        var redocly = Path.Combine(folder, "node_modules", "@redocly", "cli", "bin", "cli.js");
        var spectral = Path.Combine(folder, "node_modules", "@stoplight", "spectral-cli", "dist", "index.js");
        Assert.SkipUnless(File.Exists(redocly), "@redocly/cli is not installed: run npm ci in tests/HeadlessCms.Tests/OpenApi/lint.");
        Assert.SkipUnless(
            File.Exists(spectral),
            "@stoplight/spectral-cli is not installed: run npm ci in tests/HeadlessCms.Tests/OpenApi/lint."
        );

        var scratch = Directory.CreateTempSubdirectory("openapi-lint-");
        try
        {
            var file = Path.Combine(scratch.FullName, name + ".json");
            await File.WriteAllTextAsync(file, documentJson, TestContext.Current.CancellationToken);
            var findings = await Task.WhenAll(
                FindAsync(
                    folder,
                    RedoclyFindings,
                    redocly,
                    "lint",
                    file,
                    "--config",
                    "redocly.yaml",
                    "--format",
                    "json",
                    "--max-problems",
                    "1000"
                ),
                FindAsync(
                    folder,
                    SpectralFindings,
                    spectral,
                    "lint",
                    file,
                    "--ruleset",
                    ".spectral.yaml",
                    "--fail-severity",
                    "hint",
                    "--format",
                    "json",
                    "--quiet"
                )
            );
            return string.Join('\n', findings.SelectMany(f => f).Select(f => $"{name}: {f}"));
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static async Task<List<string>> FindAsync(string folder, Func<JsonElement, IEnumerable<string>> read, params string[] arguments)
    {
        var (exitCode, output, log) = await Tool.RunAsync("node", arguments, folder, Quietly);
        try
        {
            using var report = JsonDocument.Parse(output);
            var findings = read(report.RootElement).ToList();
            if (exitCode != 0 && findings.Count == 0)
                findings.Add($"{Path.GetFileName(arguments[0])} ended with {exitCode}: {log}");
            return findings;
        }
        catch (JsonException)
        {
            // A linter that cannot start prints text instead of JSON.
            return [$"{arguments[0]} ended with {exitCode}: {output}{log}"];
        }
    }

    private static IEnumerable<string> RedoclyFindings(JsonElement report) =>
        from problem in report.GetProperty("problems").EnumerateArray()
        let place = problem
            .GetProperty("location")
            .EnumerateArray()
            .Select(l => l.TryGetProperty("pointer", out var pointer) ? pointer.GetString() : "")
            .FirstOrDefault()
        select $"redocly {problem.GetProperty("severity")} {problem.GetProperty("ruleId")} at {place}: {problem.GetProperty("message")}";

    private static IEnumerable<string> SpectralFindings(JsonElement report) =>
        from finding in report.EnumerateArray()
        let steps = finding.GetProperty("path").EnumerateArray().Select(p => p.ToString().Replace("/", "~1", StringComparison.Ordinal))
        let place = "#/" + string.Join('/', steps)
        select $"spectral {SpectralSeverities[finding.GetProperty("severity").GetInt32()]} {finding.GetProperty("code")} at {place}: "
            + finding.GetProperty("message");

    // The linters have too many files to copy to every output folder.
    private static string Folder([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "lint");
}
