using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace HeadlessCms.Tests.Architecture;

/// <summary>The documentation names files and pages that exist.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Pages =>
        [
            .. Directory
                .EnumerateFiles(Root(), "*.md")
                .Concat(Directory.EnumerateFiles(At("docs"), "*.md", SearchOption.AllDirectories))
                .Select(Relative),
        ];

    [Theory, MemberData(nameof(Pages))]
    public void Every_file_that_a_page_names_exists(string page)
    {
        var files = Sources().ToList();
        var named = FileName().Matches(File.ReadAllText(At(page))).Select(match => match.Groups[1].Value).Distinct();
        Assert.All(named, name => Assert.Contains(files, file => $"/{file}".EndsWith($"/{name}", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Pages))]
    public void Every_relative_link_leads_to_a_file(string page)
    {
        var links = Link().Matches(File.ReadAllText(At(page))).Select(match => match.Groups[1].Value);
        Assert.All(links.Where(link => !link.Contains("://", StringComparison.Ordinal)), link =>
            Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(At(page))!, link)), link)
        );
    }

    private static IEnumerable<string> Sources() =>
        new[] { "src", "tests", "migrations", ".ci" }
            .SelectMany(folder => Directory.EnumerateFiles(At(folder), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Root()))
            .Select(Relative)
            .Where(path => !Generated().IsMatch(path));

    private static string At(string path) => Path.Combine(Root(), path);

    private static string Relative(string path) => Path.GetRelativePath(Root(), path).Replace('\\', '/');

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex(@"`([\w./-]+\.(?:cs|sql|csproj|props))`")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\]\(([^)#]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex("/(bin|obj|node_modules)/")]
    private static partial Regex Generated();
}
