using System.Runtime.CompilerServices;
using System.Text;
using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Core.Articles;

namespace HeadlessCms.Tests.Editorial;

/// <summary>
/// Texts as people paste them: from Word, Google Docs, Pages, LibreOffice, mailers and web pages. Each file of <c>Corpus</c> has a reviewed
/// result beside it, with its warnings. <c>HEADLESS_CMS_WRITE_CORPUS=1</c> writes the results anew, for review.
/// </summary>
public sealed class BodyCorpusTests
{
    private const string Result = ".result";

    private static readonly Dictionary<string, BodyFormat> Formats = new()
    {
        [".html"] = BodyFormat.Html,
        [".md"] = BodyFormat.Markdown,
        [".txt"] = BodyFormat.Text,
    };

    private readonly BodyRenderer _bodies = BodyTests.Renderer("https://news.example");

    public static TheoryData<string> Names =>
        [
            .. Directory
                .GetFiles(Corpus())
                .Select(path => Path.GetFileName(path)!)
                .Where(name => !name.EndsWith(Result, StringComparison.Ordinal))
                .Order(),
        ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pasted_text_comes_out_as_it_was_reviewed_and_stays_so(string name)
    {
        var path = Path.Combine(Corpus(), name);
        var rendered = _bodies.Render(Formats[Path.GetExtension(name)], File.ReadAllText(path), TestContext.Current.CancellationToken);

        var result = new StringBuilder(rendered.Body.Html).Append('\n');
        foreach (var warning in rendered.Warnings)
            result.Append($"! {warning.Code}: {warning.Detail}{(warning.Line is { } line ? $" (line {line})" : "")}\n");
        if (Environment.GetEnvironmentVariable("HEADLESS_CMS_WRITE_CORPUS") == "1")
            File.WriteAllText(path + Result, result.ToString());
        Assert.Equal(File.ReadAllText(path + Result), result.ToString());
        Assert.Equal(
            rendered.Body.Html,
            _bodies.Render(BodyFormat.Html, rendered.Body.Html, TestContext.Current.CancellationToken).Body.Html
        );
    }

    [Fact]
    public void There_are_sixty_of_them() => Assert.InRange(Names.Count, 60, 200);

    private static string Corpus([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Corpus");
}
