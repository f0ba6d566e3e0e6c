using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Tests.Architecture;

/// <summary>What the most frequent changes cost in hand-written files, as docs/architecture.md says.</summary>
public sealed partial class CostTests
{
    private const int Most = 8;

    // They have something to say about some of today's kinds, and say what any other kind needs without it.
    private static readonly string[] NeedNoEdit =
    [
        "src/HeadlessCms.Api/Feeds/Formats/NewsArticleJson.cs", // a person's job, a place's coordinates, a topic's code
        "src/HeadlessCms.Suggestions/Proposals/ProposedSuggestion.cs", // kinds of which texts propose new ones; a kind need not be
        "src/HeadlessCms.Api/Http/OpenApi/Examples.cs", // an example of an article, which names some concepts
    ];

    // Its columns have no kind in their names.
    private const string Columns = "migrations/HeadlessCms.Migrations/Definitions/live/concepts.sql";

    private static readonly string[] Formats = ["/Feeds/", "/Bulk/Formats/", "/Bulk/Stories/", "/Reports/"];

    public static TheoryData<ConceptKind> Kinds => [.. Enum.GetValues<ConceptKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_of_concept_is_in_few_files_and_the_documentation_names_those_of_all_kinds(ConceptKind kind)
    {
        var shared = Sources()
            .Where(file => ConceptKindNames.All.All(names => Names(names).IsMatch(file.Text)))
            .Select(file => file.Path)
            .Except(NeedNoEdit)
            .Append(Columns)
            .ToList();
        var title = ConceptKindNames.Of(kind).SingularTitle;
        var own = Sources()
            .Select(file => file.Path)
            .Where(path => Path.GetFileName(path).StartsWith(title, StringComparison.Ordinal))
            .Where(path => !Path.GetFileName(path).StartsWith("TopicModel", StringComparison.Ordinal)); // what was learned of stories
        var section = File.ReadAllText(Path.Combine(Root(), "docs/architecture.md")).Split("### A kind of concept")[1].Split("\n## ")[0];

        Assert.All(shared, path => Assert.Contains($"/{Path.GetFileName(path)}`", section, StringComparison.Ordinal));
        string[] all = [.. shared, .. own];
        Assert.True(all.Length <= Most, string.Join('\n', all));
    }

    // The byline is a member without a rule of its own, so each source that names it is one that a member costs. What comes from other
    // systems or goes to them has it only where their format has a place for it: feeds, imports and pasted reports.
    [Fact]
    public void A_member_of_an_article_is_in_few_files_besides_the_formats_of_others()
    {
        var files = Sources()
            .Where(file => Byline().IsMatch(file.Text) && Path.GetExtension(file.Path) != ".json")
            .Where(file => !Formats.Any(folder => file.Path.Contains(folder, StringComparison.Ordinal)))
            .Select(file => file.Path)
            .Except(NeedNoEdit)
            .ToList();
        Assert.NotEmpty(files);
        Assert.True(files.Count <= Most, string.Join('\n', files));
    }

    private static Regex Names(ConceptKindNames names) =>
        new(
            $"""\b(Live|Mentioned)?({names.SingularTitle}|{names.PluralTitle})(Request|Response)?\b"""
                + $"""|['"]({names.Singular}|{names.Plural})['"]"""
        );

    private static IEnumerable<(string Path, string Text)> Sources() =>
        new[] { ("src", "*.cs"), ("src", "newsroom.json"), ("migrations/HeadlessCms.Migrations/Definitions", "*.sql") }
            .SelectMany(of => Directory.EnumerateFiles(Path.Combine(Root(), of.Item1), of.Item2, SearchOption.AllDirectories))
            .Select(path => (Path: Path.GetRelativePath(Root(), path).Replace('\\', '/'), Full: path))
            .Where(file => !Generated().IsMatch(file.Path))
            .Select(file => (file.Path, Comment().Replace(File.ReadAllText(file.Full), "")));

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex(@"\bbyline\b", RegexOptions.IgnoreCase)]
    private static partial Regex Byline();

    [GeneratedRegex(@"(?<!:)//.*|--.*")]
    private static partial Regex Comment();

    [GeneratedRegex("/(bin|obj)/")]
    private static partial Regex Generated();
}
