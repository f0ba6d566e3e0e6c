using System.Net;
using AngleSharp.Html.Parser;
using CsCheck;
using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core.Articles;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

public sealed class BodyTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly string[] Allowed = (
        "p h2 h3 h4 h5 h6 ul ol li blockquote a em strong b i s u sub sup small mark abbr cite q code kbd samp var dfn bdi bdo wbr "
        + "ruby rt rp pre hr br figure figcaption img table caption thead tbody tfoot tr th td dl dt dd time del ins details summary"
    ).Split(' ');

    private static readonly string[] Hostile =
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<p onclick=alert(1)>a</p>",
        "<img src=x onerror=alert(1)>",
        "<img src=\"https://i.example/x.jpg\" onload=alert(1)>",
        "<a href=\"javascript:alert(1)\">a</a>",
        "<a href=\"jav&#x09;ascript:alert(1)\">a</a>",
        "<a href=\" &#14; javascript:alert(1)\">a</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">a</a>",
        "<a href=\"//evil.example\">a</a>",
        "<a href=\"/relative\">a</a>",
        "<img src=\"//evil.example/x.gif\">",
        "<p style=\"background:url(https://evil.example)\">a</p>",
        "<p style=position:fixed>a</p>",
        "<svg><script>alert(1)</script></svg>",
        "<svg onload=alert(1)><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<iframe src=https://evil.example></iframe>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<form action=https://evil.example><input name=a><button>b</button></form>",
        "<base href=https://evil.example>",
        "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
        "<link rel=stylesheet href=https://evil.example>",
        "<template><script>alert(1)</script></template>",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<object data=x></object><embed src=x>",
        "<textarea></textarea><script>alert(1)</script>",
        "<xmp><script>alert(1)</script></xmp>",
        "<title></title><img src=x onerror=alert(1)>",
        "<select><template><style><!--</style><a rel=\"--></style></template></select><img id=x src=1 onerror=alert(1)>\">",
        "<p id=top class=x data-x=1>a</p>",
        "<a href=https://ok.example target=_blank>a</a>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<details open ontoggle=alert(1)>a</details>",
        "<video><source onerror=alert(1)></video>",
        "<style>p{color:red}</style>",
    ];

    public static TheoryData<string> Vectors => [.. Hostile];

    private readonly BodyRenderer _bodies = Renderer();

    internal static BodyRenderer Renderer(string? site = null)
    {
        var options = new CmsOptions { SiteUrl = site };
        return new BodyRenderer(new Site(options), new EmbedServices(options));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task Html_that_is_hostile_comes_out_harmless(string source)
    {
        foreach (var format in new[] { "html", "markdown" })
        {
            var slug = await newsroom.Admin.ArticleAsync(
                new { headline = "Hostile", body = new { format, content = source } },
                publish: true
            );
            var html = (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Expect(HttpStatusCode.OK)[
                "bodyHtml"
            ]!.GetValue<string>();
            IsHarmless(html);
            Assert.Equal(
                source,
                (await newsroom.Admin.ReadAsync($"/editorial/v1/articles/{slug}")).Json["body"]!["content"]!.GetValue<string>()
            );
        }
    }

    [Theory]
    [InlineData("html", "<div>kept <span>text</span></div>", "<p>kept text</p>")]
    [InlineData(
        "html",
        "<p><a href=\"https://a.example/x?y=1\" title=\"t\">a</a></p>",
        "<p><a href=\"https://a.example/x?y=1\" title=\"t\" rel=\"noopener noreferrer\">a</a></p>"
    )]
    [InlineData("html", "<h1>No</h1><h2>Yes</h2>", "<h2>No</h2><h3>Yes</h3>")]
    [InlineData(
        "markdown",
        "**a** [b](https://b.example)\n\n- c",
        "<p><strong>a</strong> <a href=\"https://b.example\" rel=\"noopener noreferrer\">b</a></p>\n<ul>\n<li>c</li>\n</ul>"
    )]
    [InlineData("markdown", "[x](javascript:alert(1))", "<p>x</p>")]
    [InlineData("text", "a < b & c\n\nsecond\nline\n\n\n", "<p>a &lt; b &amp; c</p>\n<p>second<br>line</p>")]
    [InlineData("text", "", "")]
    public void A_body_becomes_html(string format, string source, string html) =>
        Assert.Equal(html, Render(Enum.Parse<BodyFormat>(format, ignoreCase: true), source).Html);

    [Theory]
    [InlineData("<p>One two</p><p>three</p>", 3)]
    [InlineData("<p>don’t stop well-kept 3.14</p>", 4)]
    [InlineData("<p>東京で会談</p>", 5)]
    [InlineData("<ul><li>a</li><li>b</li></ul>c<br>d", 4)]
    [InlineData("", 0)]
    public void Words_are_counted(string html, int words) => Assert.Equal(words, Render(BodyFormat.Html, html).WordCount);

    [Fact]
    public void What_was_sanitised_stays_as_it_is_when_sanitised_again_and_is_always_harmless()
    {
        var pieces = Gen.OneOf(
            Gen.OneOf(Hostile),
            Gen.OneOf(
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<table>",
                "<tr>",
                "<td>",
                "</table>",
                "<a href='https://x.example'>",
                "</a>",
                "<li>",
                "<svg>",
                "</svg>",
                "<math>",
                "<style>",
                "</style>",
                "<!--",
                "-->",
                "<br>",
                "&lt;",
                "&amp;lt;",
                "<div>",
                "<pre>\n\n",
                "]]>",
                "<h1>",
                "</h1>",
                "<ul>",
                "</ul>",
                "<ol start=3 reversed>",
                "<details open>",
                "<summary>",
                "</details>",
                "<figure>",
                "<figcaption>",
                "</figure>",
                "<dl><dt>",
                "<dd>",
                "<section>",
                "</section>",
                "<blockquote>",
                "</blockquote>",
                "<a href='#x'>",
                "<i id=x>",
                "<a name='a b%'>",
                "<ruby>漢<rt>",
                "<code class='language-c++ x'>",
                "</code>",
                "<br><br>",
                "<span style='font-weight:bold;text-decoration:underline'>",
                "</span>",
                "<b style='font-weight:normal'>",
                "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>",
                "<span style='mso-list:Ignore'>iv.</span>",
                "<o:p></o:p>",
                "<iframe src='https://www.youtube.com/embed/abcdefghijk'>",
                "</iframe>",
                "<video src='https://v.example/a.mp4'>",
                "</video>",
                "https://vimeo.com/123456",
                "<img data-src='https://i.example/1.jpg' alt='&quot;'>",
                "<figure data-embed=x data-url='https://x.com/a/status/123456'>",
                "<div dir=rtl lang=he>",
                "</div>",
                "<wbr>",
                "&nbsp;"
            ),
            Gen.String[Gen.Char["abc <>&\"'/=;é東\n\t"], 0, 12]
        );
        pieces
            .Array[0, 12]
            .Select(string.Concat)
            .Sample(
                source =>
                {
                    var once = Render(BodyFormat.Html, source).Html;
                    Assert.Equal(once, Render(BodyFormat.Html, once).Html);
                    IsHarmless(once);
                },
                iter: 3_000
            );
    }

    private Body Render(BodyFormat format, string source) => _bodies.Render(format, source, TestContext.Current.CancellationToken).Body;

    private static void IsHarmless(string html)
    {
        using var document = new HtmlParser().ParseDocument($"<body>{html}</body>");
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            Assert.Contains(element.LocalName, Allowed);
            Assert.DoesNotContain(element.Attributes, attribute =>
                attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name is "style" or "target"
            );
            if (element.GetAttribute("id") is { } id)
                Assert.StartsWith(BodyIds.Prefix, id);
            if (element.GetAttribute("class") is { } code)
                Assert.Matches("^language-", code);
            foreach (var name in new[] { "href", "src", "cite" })
                if (element.GetAttribute(name) is { } url)
                    Assert.Matches("^(https?://|mailto:|tel:|#user-content-)", url);
        }
    }
}
