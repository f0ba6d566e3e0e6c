using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace HeadlessCms.Tests.Migrations;

/// <summary>A migration that CHANGELOG.md names under a released version does not change any more.</summary>
public sealed partial class ReleasedMigrationsTests
{
    private const string Id = "20261129120000_Baseline";

    [Fact]
    public void A_released_migration_is_as_it_was_released() =>
        Assert.Empty(Changed(File.ReadAllText(Path.Combine(Root(), "CHANGELOG.md")), Text));

    [Fact]
    public void A_change_to_a_released_migration_is_noticed_and_one_to_an_unreleased_is_not()
    {
        var hash = Hash("as released");
        var line = $"- Migrations: `{Id}` sha256:{hash}";
        var released = $"## [Unreleased]\n\n## [0.1.0] - 2026-12-01\n\n{line}\n";
        var unreleased = $"## [Unreleased]\n\n{line}\n\n## [0.0.9] - 2026-11-01\n";

        Assert.Empty(Changed(released, _ => "as released"));
        Assert.Empty(Changed(released, _ => "as released".Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.Equal([Id], Changed(released, _ => "edited"));
        Assert.Equal([Id], Changed(released, _ => null));
        Assert.Empty(Changed(unreleased, _ => "edited"));
        Assert.Equal([Id], Changed(unreleased + line, _ => "edited"));
    }

    /// <summary>What released sections of <paramref name="changelog"/> name with another hash than the file has.</summary>
    private static List<string> Changed(string changelog, Func<string, string?> textOf) =>
        [
            .. Section()
                .Split(changelog.ReplaceLineEndings("\n"))
                .Skip(1)
                .Where(section => !section.StartsWith("[Unreleased]", StringComparison.OrdinalIgnoreCase))
                .SelectMany(section => Migration().Matches(section))
                .Where(named => textOf(named.Groups["id"].Value) is not { } text || Hash(text) != named.Groups["hash"].Value)
                .Select(named => named.Groups["id"].Value),
        ];

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))));

    private static string? Text(string id)
    {
        var path = Path.Combine(Root(), "migrations", "HeadlessCms.Migrations", "Migrations", $"{id}.cs");
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex("`(?<id>[0-9]{14}_[A-Za-z0-9]+)` sha256:(?<hash>[0-9a-f]{64})")]
    private static partial Regex Migration();
}
