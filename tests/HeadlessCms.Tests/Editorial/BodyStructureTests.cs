using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Core.Articles;

namespace HeadlessCms.Tests.Editorial;

/// <summary>What a text says by its structure is there for readers.</summary>
public sealed class BodyStructureTests
{
    private const string Rel = "rel=\"noopener noreferrer\"";

    [Theory]
    [InlineData("<h1>a</h1><h2>b</h2><h6>c</h6>", "<h2>a</h2><h3>b</h3><h6>c</h6>")]
    [InlineData("<h2>a</h2><h3>b</h3>", "<h2>a</h2><h3>b</h3>")]
    [InlineData("<div>Zebra.</div><div>Okapi</div>", "<p>Zebra.</p><p>Okapi</p>")]
    [InlineData(
        "Zebra.<section>Okapi<article>Gnu</article>Eland</section>Kudu",
        "<p>Zebra.</p><p>Okapi</p><p>Gnu</p><p>Eland</p><p>Kudu</p>"
    )]
    [InlineData("<main><address>a</address><center>b</center></main>", "<p>a</p><p>b</p>")]
    [InlineData("<p>a<div>b</div>c</p>", "<p>a</p><p>b</p><p>c</p>")]
    [InlineData("one<br><br>two<br>three", "<p>one</p><p>two<br>three</p>")]
    [InlineData("<p>one<br>\n<br>two</p>", "<p>one</p><p>two</p>")]
    [InlineData("<p>&nbsp;</p><p><br></p><p>a</p><p></p>", "<p>a</p>")]
    [InlineData("<details open><summary>More</summary>text</details>", "<details open=\"\"><summary>More</summary>text</details>")]
    [InlineData(
        "<ol reversed start=\"3\" type=\"a\"><li value=\"7\">x</li></ol>",
        "<ol reversed=\"\" start=\"3\" type=\"a\"><li value=\"7\">x</li></ol>"
    )]
    [InlineData("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>")]
    [InlineData("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>")]
    [InlineData("<ul>a<li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>")]
    [InlineData("<li>a</li><li>b</li>", "<ul><li>a</li><li>b</li></ul>")]
    [InlineData("<li><h3>a</h3>b</li>", "<ul><li><h3>a</h3>b</li></ul>")]
    [InlineData("<ul><li><div>a</div></li><li><div>b</div><div>c</div></li></ul>", "<ul><li>a</li><li><p>b</p><p>c</p></li></ul>")]
    [InlineData("<dl><div><dt>a</dt><dd>b</dd></div></dl>", "<dl><dt>a</dt><dd>b</dd></dl>")]
    [InlineData("<td>Zebra</td><td>Okapi</td>", "<table><tbody><tr><td>Zebra</td><td>Okapi</td></tr></tbody></table>")]
    [InlineData(
        "<table><caption>c</caption><thead><tr><th scope=col colspan=2>h</th></tr></thead><tr><td rowspan=2><div>a</div></td></tr></table>",
        "<table><caption>c</caption><thead><tr><th scope=\"col\" colspan=\"2\">h</th></tr></thead>"
            + "<tbody><tr><td rowspan=\"2\">a</td></tr></tbody></table>"
    )]
    [InlineData(
        "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby><kbd>a</kbd><samp>b</samp><var>c</var><dfn>d</dfn><bdi>e</bdi>"
            + "<bdo dir=\"rtl\">f</bdo>g<wbr>h</p>",
        "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby><kbd>a</kbd><samp>b</samp><var>c</var><dfn>d</dfn><bdi>e</bdi>"
            + "<bdo dir=\"rtl\">f</bdo>g<wbr>h</p>"
    )]
    [InlineData(
        "<p><strike>a</strike> <tt>b</tt> <acronym title=\"c\">c</acronym></p>",
        "<p><s>a</s> <code>b</code> <abbr title=\"c\">c</abbr></p>"
    )]
    [InlineData("<pre><code class=\"hljs language-c++\">\n\na\n b</code></pre>", "<pre><code class=\"language-c++\">a\n b</code></pre>")]
    [InlineData("<pre><div>a</div><div>b</div></pre>", "<pre>a\nb\n</pre>")]
    [InlineData("<p class=\"language-x\">a</p>", "<p>a</p>")]
    [InlineData("<div dir=rtl><p>a</p><ul><li>b</li></ul></div>", "<p dir=\"rtl\">a</p><ul dir=\"rtl\"><li>b</li></ul>")]
    [InlineData("<p><span lang=\"fr\">a</span> <span>b</span></p>", "<p><bdi lang=\"fr\">a</bdi> b</p>")]
    [InlineData("<b><p>a</p><p>b</p></b>", "<p><b>a</b></p><p><b>b</b></p>")]
    [InlineData("<h2><div>a</div><div>b</div></h2>", "<h2>a b</h2>")]
    [InlineData("<label>a</label><button>b</button>", "<p>a b</p>")]
    [InlineData("<figure>a<figcaption><div>b</div></figcaption></figure>", "<figure>a<figcaption>b</figcaption></figure>")]
    [InlineData("<p>“a” — ‘b’ …\u00A0c\u200Dd</p>", "<p>“a” — ‘b’ …&nbsp;c\u200Dd</p>")]
    [InlineData("<p>a&#1;b</p>", "<p>ab</p>")]
    public void Html_keeps_its_structure(string source, string html) => Assert.Equal(html, Render(source));

    [Theory]
    [InlineData(
        "<a href=https://a.example rel=\"sponsored nofollow ugc\">a</a>",
        "<p><a href=\"https://a.example\" rel=\"sponsored nofollow ugc noopener noreferrer\">a</a></p>"
    )]
    [InlineData("<a href=\"tel:+49 30 1\">a</a>", $"<p><a href=\"tel:+49301\" {Rel}>a</a></p>")]
    [InlineData("<a href=//a.example/b>a</a>", $"<p><a href=\"https://a.example/b\" {Rel}>a</a></p>")]
    [InlineData("<a href=www.a.example>a</a>", $"<p><a href=\"https://www.a.example\" {Rel}>a</a></p>")]
    [InlineData("<a href=/b?c#d>a</a>", $"<p><a href=\"https://news.example/b?c#d\" {Rel}>a</a></p>")]
    [InlineData("<img src=\"i/a b.jpg\" alt=a>", "<p><img src=\"https://news.example/i/a%20b.jpg\" alt=\"a\"></p>")]
    [InlineData("<a href=\"jav\tascript:alert(1)\">a</a>", "<p>a</p>")]
    [InlineData("<a href=https://>a</a>", "<p>a</p>")]
    [InlineData(
        "<p><a href=\"#a b\">x</a></p><h2 id=\"a b\">y</h2><p id=\"a b\">z</p>",
        $"<p><a href=\"#user-content-a-b\" {Rel}>x</a></p><h2 id=\"user-content-a-b\">y</h2><p>z</p>"
    )]
    [InlineData(
        "<p><a href=\"#z\">x</a><a name=z></a>y</p>",
        $"<p><a href=\"#user-content-z\" {Rel}>x</a><a id=\"user-content-z\"></a>y</p>"
    )]
    [InlineData(
        "<a href=https://a.example><div>b</div><div>c</div></a>",
        $"<p><a href=\"https://a.example\" {Rel}>b</a></p><p><a href=\"https://a.example\" {Rel}>c</a></p>"
    )]
    [InlineData(
        "<picture><source srcset=\"https://a.example/1.webp 1x, https://a.example/2.webp 2x\">"
            + "<img src=\"data:image/gif;base64,AA\"></picture>",
        "<p><img src=\"https://a.example/2.webp\"></p>"
    )]
    [InlineData("<img data-src=https://a.example/1.jpg src=data:image/gif;base64,AA>", "<p><img src=\"https://a.example/1.jpg\"></p>")]
    public void Links_and_pictures_lead_where_they_led(string source, string html) =>
        Assert.Equal(html, Render(source, "https://news.example"));

    [Theory]
    [InlineData("<a href=/b>a</a>", "<p>a</p>", "1 link (relative, and Cms:SiteUrl is not set)")]
    [InlineData("<p>a<img src=b.jpg></p>", "<p>a</p>", "1 img (relative, and Cms:SiteUrl is not set)")]
    public void Without_a_site_what_is_relative_is_taken_out_and_says_why(string source, string html, string warning)
    {
        var rendered = BodyTests.Renderer().Render(BodyFormat.Html, source, TestContext.Current.CancellationToken);

        Assert.Equal(html, rendered.Body.Html);
        Assert.Equal([("removed", warning)], rendered.Warnings.Select(one => (one.Code, one.Detail)));
    }

    [Theory]
    [InlineData("# H1\n\n## H2", "<h2>H1</h2>\n<h3>H2</h3>")]
    [InlineData("~~a~~ ==b== H~2~O", "<p><del>a</del> <mark>b</mark> H<sub>2</sub>O</p>")]
    [InlineData("**「反対」**と", "<p><strong>「反対」</strong>と</p>")]
    [InlineData("これは*（笑）*です。**重要。**次", "<p>これは<em>（笑）</em>です。<strong>重要。</strong>次</p>")]
    [InlineData("**“강조”**는", "<p><strong>“강조”</strong>는</p>")]
    [InlineData("- [x] a\n- [ ] b", "<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>")]
    [InlineData("a\n: b", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>")]
    [InlineData(
        "|a|\n|-|\n|b|",
        "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>"
    )]
    [InlineData("https://a.example", $"<p><a href=\"https://a.example\" {Rel}>https://a.example</a></p>")]
    [InlineData(
        "[x](#my-part)\n\n## My part",
        $"<p><a href=\"#user-content-my-part\" {Rel}>x</a></p>\n<h2 id=\"user-content-my-part\">My part</h2>"
    )]
    [InlineData("---\ntitle: a\ntags: [b]\n---\nText", "<p>Text</p>")]
    [InlineData("+++\ntitle = \"a\"\n+++\r\n\r\nText", "<p>Text</p>")]
    [InlineData("+++\nweight=1\n[params]\n  a=\"b\"\n+++\nText", "<p>Text</p>")]
    [InlineData("---\n\nA sentence.\n\n---\n", "<hr>\n<p>A sentence.</p>\n<hr>")]
    [InlineData("```c#\na<b\n```", "<pre><code class=\"language-c#\">a&lt;b\n</code></pre>")]
    [InlineData("<div>\n\n**a**\n\n</div>\n\n<kbd>b</kbd>", "<p><strong>a</strong></p>\n<p><kbd>b</kbd></p>")]
    public void Markdown_is_read_as_newsrooms_write_it(string source, string html) =>
        Assert.Equal(html, BodyTests.Renderer().Render(BodyFormat.Markdown, source, TestContext.Current.CancellationToken).Body.Html);

    [Theory]
    [InlineData("A[^1].\n\n[^1]: Note.")]
    [InlineData("A[^1].\n\n- item\n\n[^1]: Note.")]
    [InlineData("A[^1].\n\nTerm\n: Definition\n\n[^1]: Note.")]
    public void A_footnote_and_its_place_lead_to_each_other(string source)
    {
        var html = BodyTests.Renderer().Render(BodyFormat.Markdown, source, TestContext.Current.CancellationToken).Body.Html;

        foreach (var id in new[] { "fn:1", "fnref:1" })
        {
            Assert.Contains($"id=\"{BodyIds.Prefix}{id}\"", html, StringComparison.Ordinal);
            Assert.Contains($"href=\"#{BodyIds.Prefix}{id}\"", html, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("[^", html, StringComparison.Ordinal);
    }

    private static string Render(string source, string? site = null) =>
        BodyTests.Renderer(site).Render(BodyFormat.Html, source, TestContext.Current.CancellationToken).Body.Html;
}
