using System.Diagnostics;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Bodies that are short to send and dear to render.</summary>
public sealed class BodyLimitTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/editorial/v1/articles";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string TableHead = Times("|a", 1_000) + "|\n" + Times("|-", 1_000) + "|\n";

    public static TheoryData<string, string, string> TooMuch =>
        new()
        {
            { "markdown", "tooMany", TableHead + Times("|\n", 500) },
            { "markdown", "tooMany", "> - |a|b\n>   |-|-\n" + Times("|" + new string('|', 100) + "\n", 100) },
            { "markdown", "tooMany", Times("|a|b|c|\n|-|-|-|\n|1|\n\n", 1_200) },
            { "markdown", "tooMany", TableHead.Replace("|-", "|\\-", StringComparison.Ordinal) + Times("|\n", 500) },
            { "markdown", "tooDeep", Times("> ", 20_000) + "deep" },
            { "markdown", "tooDeep", Times(">", 101) + "deep" },
            { "markdown", "tooDeep", Times("- ", 60) + "deep" + Times("\n", 30_000) },
            { "markdown", "tooDeep", Times("1. ", 60) + "deep" },
            { "markdown", "tooDeep", string.Concat(Enumerable.Range(0, 400).Select(level => new string(' ', 2 * level) + "- a\n")) },
            { "markdown", "tooDeep", Times("[", 1_000) + "deep" },
            { "markdown", "tooDeep", Times("*a _b ", 150) + "deep" + Times(" b_ a*", 150) },
            { "markdown", "tooMany", Times("[a](", 250_000) },
            { "markdown", "tooMany", Times("*a _b ~c ", 100_000) },
            { "markdown", "tooLong", $"[a]: https://a.example/{new string('a', 10_000)}\n" + Times("\n[a]", 1_000) },
            { "markdown", "tooMany", Times("<b>a</b>", 20_001) },
            { "html", "tooDeep", Times("<blockquote>", 20_000) },
            { "html", "tooDeep", Times("<div>", 101) + "deep" + Times("</div>", 101) },
            { "html", "tooDeep", string.Concat(Enumerable.Range(0, 101).Select(one => $"<p><b title={one}>")) + "deep" },
            { "html", "tooDeep", Times("<template>", 10_000) },
            { "html", "tooDeep", Times("<table><td>", 60) },
            { "html", "tooMany", Times("<br>", 20_001) },
            { "html", "tooMany", Times("</p>", 20_001) },
            {
                "html",
                "tooMany",
                "<p>" + string.Concat(Enumerable.Range(0, 90).Select(one => $"<b title={one}>")) + Times("</p><p>a", 9_000)
            },
            { "html", "tooMany", $"<p {string.Concat(Enumerable.Range(0, 100_000).Select(one => $" a{one}"))}>flood</p>" },
            { "text", "tooMany", Times("a\n", 20_001) },
            { "text", "tooLong", Times("&", 500_000) },
        };

    [Theory]
    [MemberData(nameof(TooMuch))]
    public async Task A_body_that_would_cost_too_much_is_refused_at_once_and_says_why(string format, string code, string content)
    {
        await newsroom.Admin.PostAsync(Articles, Body("Warm", format, "warm"));
        var clock = Stopwatch.StartNew();

        var answer = await newsroom.Admin.PostAsync(Articles, Body("Too much", format, content));

        Assert.Equal([$"/body/content: {code}"], answer.Errors(HttpStatusCode.UnprocessableEntity));
        Assert.InRange(answer.Text.Length, 1, 500);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("markdown", "www.a.b ")]
    [InlineData("markdown", "`a``b```c")]
    [InlineData("markdown", "a\n=\n")]
    [InlineData("markdown", "[a]: b\n")]
    [InlineData("markdown", "- a\n\n")]
    [InlineData("markdown", "<!--")]
    [InlineData("html", "<!---->")]
    [InlineData("html", "&amp;")]
    [InlineData("html", "<")]
    [InlineData("html", "</")]
    [InlineData("html", "<style>(((")]
    [InlineData("html", "<svg><g>")]
    [InlineData("html", "<![CDATA[")]
    [InlineData("html", "<a <b='")]
    public async Task A_full_body_of_one_piece_over_and_over_is_saved_or_refused_in_time(string format, string piece)
    {
        var content = Times(piece, 500_000 / piece.Length);
        var clock = Stopwatch.StartNew();

        var answer = await newsroom.Admin.PostAsync(Articles, Body("Monotone", format, content));

        Assert.Contains(answer.Status, new[] { HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity });
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_long_report_with_tables_and_lists_and_links_is_within_the_limits()
    {
        var content =
            Times("A paragraph with **two** *words* and [a link](https://a.example/).\n\n", 1_500)
            + "|a|b|c|d|e|\n|-|-|-|-|-|\n"
            + Times("|1|2|[3](https://a.example/)|**4**|5|\n", 600)
            + "\n\n"
            + Times("> ", 40)
            + "deep\n\n"
            + string.Concat(Enumerable.Range(0, 20).Select(level => new string(' ', 2 * level) + "- a\n"));

        (await newsroom.Admin.PostAsync(Articles, new { headline = "Long report", body = new { format = "markdown", content } })).Expect(
            HttpStatusCode.Created
        );
        (
            await newsroom.Admin.PostAsync(
                Articles,
                new
                {
                    headline = "Deep report",
                    body = new { format = "html", content = Times("<div>", 100) + "deep" + Times("</div>", 100) },
                }
            )
        ).Expect(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public async Task Json_that_is_nested_too_deep_is_malformed(string open, string close)
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Deep patch" });
        foreach (var depth in new[] { 20, 70, 100_000 })
        {
            var deep = $"{{\"body\":{Times(open, depth)}1{Times(close, depth)}}}";
            Assert.Equal(HttpStatusCode.BadRequest, (await newsroom.Admin.PostAsync(Articles, deep)).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await newsroom.Admin.PatchAsync($"{Articles}/{slug}", deep, "*")).Status);
            var line = (await newsroom.Admin.BulkAsync($"{Articles}/bulk", deep, """{"headline":"After the deep"}"""))[0];
            Assert.Equal(400, line["problem"]!["status"]!.GetValue<int>());
        }
    }

    // The default encoder would make six characters of < and &.
    private static string Body(string headline, string format, string content) =>
        JsonSerializer.Serialize(new { headline, body = new { format, content } }, Relaxed);

    private static string Times(string piece, int count) => string.Concat(Enumerable.Repeat(piece, count));
}
