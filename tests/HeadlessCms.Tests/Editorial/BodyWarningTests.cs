using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>The answer to a save says what was taken out of a text or changed.</summary>
public sealed class BodyWarningTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/editorial/v1/articles";
    private const string Lossy = "<p>a</p>\n<script>x</script><script>y</script>\n<iframe srcdoc=\"z\"></iframe>";
    private static readonly string[] Losses = ["/body removed: 2 script", "/body removed: 1 iframe"];

    [Theory]
    [InlineData("<iframe src=\"https://a.example\"></iframe><iframe src=\"https://b.example\"></iframe>", "changed: 2 iframe to link")]
    [InlineData("<form><input><input></form>", "removed: 2 input")]
    [InlineData("<svg><path/></svg><math></math>", "removed: 1 svg", "removed: 1 math")]
    [InlineData("<p onclick=\"a()\">a</p>", "removed: 1 onclick attribute")]
    [InlineData("<p style=\"color:red\">a</p>", "removed: 1 style attribute")]
    [InlineData("<p style=\"font-weight:bold\">a</p>")]
    [InlineData("<p>a <b>b</b></p><div>c</div>")]
    [InlineData("<h1>a</h1>", "changed: 1 h1 to h2")]
    [InlineData("<a href=\"javascript:a()\">a</a>", "removed: 1 link (javascript:)")]
    [InlineData("<a href=\"#gone\">a</a>", "noTarget: 1 link to #gone")]
    [InlineData("<img src=\"data:image/png;base64,AA\">", "removed: 1 img (data:)")]
    [InlineData("<p>a</p><iframe src=\"https://vimeo.com/123\"><p>b</p>", "unclosed: 1 iframe")]
    [InlineData("<p>a</p><video src=\"https://a.example/b.mp4\"><p>b</p>", "unclosed: 1 video", "changed: 1 video to link")]
    [InlineData("<p>a</p><!-- b <p>c</p>", "unclosed: 1 comment: the text after it is not shown")]
    [InlineData("<p>a</p><p title=\"b>c</p>", "unclosed: 1 tag: the text after it is not shown")]
    [InlineData("<p>a</p><style>b", "unclosed: 1 style: the text after it is not shown", "removed: 1 style")]
    public async Task What_a_text_loses_is_told(string content, params string[] warnings)
    {
        var saved = (await SaveAsync(content)).Expect(HttpStatusCode.Created);

        Assert.Equal(warnings.Select(warning => $"/body {warning}").Order(), Of(saved).Order());
    }

    [Fact]
    public async Task The_text_after_an_iframe_that_is_never_closed_is_there()
    {
        var saved = (await SaveAsync("<p>a</p><iframe src=\"https://vimeo.com/123\">\n<p>after</p>")).Expect(HttpStatusCode.Created);

        Assert.EndsWith("<p>after</p>", saved["bodyHtml"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(1, saved["warnings"]![0]!["line"]!.GetValue<int>());
    }

    [Fact]
    public async Task Every_way_to_save_tells_and_a_reader_of_it_is_not_told()
    {
        var created = await SaveAsync(Lossy);
        var path = $"{Articles}/{created.Json["slug"]}";
        Assert.Equal(Losses.Order(), Of(created.Json).Order());
        Assert.Equal([2, 3], created.Json["warnings"]!.AsArray().Select(one => one!["line"]!.GetValue<int>()).Order());

        var replaced = await newsroom.Admin.PutAsync(path, Content("Put", Lossy), "*");
        Assert.Equal(Losses.Order(), Of(replaced.Expect(HttpStatusCode.OK)).Order());
        var patched = await newsroom.Admin.PatchAsync(path, new { body = new { format = "html", content = "<p>b</p>" } }, "*");
        Assert.Empty(Of(patched.Expect(HttpStatusCode.OK)));
        var restored = await newsroom.Admin.PostAsync($"{path}/revisions/1/restore");
        Assert.Equal(Losses.Order(), Of(restored.Expect(HttpStatusCode.OK)).Order());
        Assert.Empty(Of((await newsroom.Admin.ReadAsync(path)).Json));

        var lines = await newsroom.Admin.BulkAsync($"{Articles}/bulk", Content("Line one", Lossy), Content("Line two", "<p>a</p>"));
        Assert.Equal(Losses.Order(), Of(lines[0]).Order());
        Assert.Null(lines[1]["warnings"]);
    }

    [Fact]
    public async Task There_are_no_more_than_fifty_kinds_of_warning_and_names_are_short()
    {
        var attributes = string.Concat(Enumerable.Range(0, 90).Select(one => $" a{one}{new string('b', 500)}=1"));

        var warnings = (await SaveAsync($"<p{attributes}>a</p>")).Expect(HttpStatusCode.Created)["warnings"]!.AsArray();

        Assert.Equal(51, warnings.Count);
        Assert.Equal("40 others", warnings[^1]!["detail"]!.GetValue<string>());
        Assert.All(warnings, warning => Assert.InRange(warning!["detail"]!.GetValue<string>().Length, 1, 150));
    }

    private Task<Answer> SaveAsync(string content) => newsroom.Admin.PostAsync(Articles, Content("Warnings", content));

    private static object Content(string headline, string content) => new { headline, body = new { format = "html", content } };

    private static IEnumerable<string> Of(JsonNode saved) =>
        saved["warnings"]!.AsArray().Select(warning => $"{warning!["pointer"]} {warning["code"]}: {warning["detail"]}");
}
