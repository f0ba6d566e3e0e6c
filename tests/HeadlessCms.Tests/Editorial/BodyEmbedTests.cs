using System.Net;
using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core.Articles;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Players and posts of other services in a text.</summary>
public sealed class BodyEmbedTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("https://www.youtube.com/embed/dQw4w9WgXcQ?start=30&rel=0", "youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=30")]
    [InlineData("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ?si=x", "youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://m.youtube.com/watch?feature=share&v=dQw4w9WgXcQ", "youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/shorts/dQw4w9WgXcQ", "youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/embed/videoseries?list=PL12345", "youtube", "https://www.youtube.com/playlist?list=PL12345")]
    [InlineData("//player.vimeo.com/video/76979871?h=8272103f6e", "vimeo", "https://vimeo.com/76979871/8272103f6e")]
    [InlineData(
        "https://open.spotify.com/embed/track/4uLU6hMCjMI75M1A2tKUQC?utm_source=x",
        "spotify",
        "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC"
    )]
    [InlineData(
        "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a-b/c-d&color=x",
        "soundcloud",
        "https://soundcloud.com/a-b/c-d"
    )]
    [InlineData("https://twitter.com/port/status/1700000000000000000?s=20", "x", "https://x.com/port/status/1700000000000000000")]
    [InlineData("https://x.com/port/status/1700000000000000000/photo/1", "x", "https://x.com/port/status/1700000000000000000")]
    [InlineData("https://mastodon.social/@port/109999999999999999/embed", "mastodon", "https://mastodon.social/@port/109999999999999999")]
    [InlineData("https://bsky.app/profile/port.example/post/3kabc", "bluesky", "https://bsky.app/profile/port.example/post/3kabc")]
    [InlineData("https://www.instagram.com/p/CaBcDeF/embed/captioned", "instagram", "https://www.instagram.com/p/CaBcDeF/")]
    [InlineData(
        "https://www.tiktok.com/@port/video/7000000000000000000",
        "tiktok",
        "https://www.tiktok.com/@port/video/7000000000000000000"
    )]
    [InlineData(
        "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fport%2Fvideos%2F123%2F&width=5",
        "facebook",
        "https://www.facebook.com/port/videos/123"
    )]
    [InlineData("https://datawrapper.dwcdn.net/AbCd1/7/", "datawrapper", "https://datawrapper.dwcdn.net/AbCd1/")]
    [InlineData("https://flo.uri.sh/visualisation/123456/embed", "flourish", "https://public.flourish.studio/visualisation/123456/")]
    public void A_player_of_a_known_service_is_a_figure_with_a_link_to_its_page(string address, string provider, string url)
    {
        var attribute = WebUtility.HtmlEncode(address);
        foreach (var source in new[] { $"<iframe src=\"{attribute}\" title=\"T\"></iframe>", $"<p><a href=\"{attribute}\">T</a></p>" })
        {
            var html = Render(source);

            Assert.Equal([new Embed(provider, url)], Embed.In(html));
            Assert.StartsWith(
                $"<figure data-embed=\"{provider}\" data-url=\"{WebUtility.HtmlEncode(url)}\"",
                html,
                StringComparison.Ordinal
            );
            Assert.Contains("<a href=\"http", html, StringComparison.Ordinal);
            Assert.Contains(">T</a>", html, StringComparison.Ordinal);
            Assert.Equal(html, Render(html));
        }
    }

    [Theory]
    [InlineData("https://www.youtube.com/@port")]
    [InlineData("https://x.com/port")]
    [InlineData("https://www.youtube.com.evil.example/embed/dQw4w9WgXcQ")]
    [InlineData("https://evil.example/?https://www.youtube.com/embed/dQw4w9WgXcQ")]
    [InlineData("https://user@www.youtube.com/embed/dQw4w9WgXcQ")]
    [InlineData("https://w.soundcloud.com/player/?url=https://evil.example/a")]
    public void A_player_of_another_service_is_a_plain_link(string address)
    {
        var html = Render($"<p>a</p><iframe src=\"{address}\"></iframe><p>b</p>");

        Assert.Empty(Embed.In(html));
        Assert.Equal($"<p>a</p><p><a href=\"{address}\" rel=\"noopener noreferrer\">{address}</a></p><p>b</p>", html);
    }

    [Theory]
    [InlineData("<video src=\"https://v.example/a.mp4\">No video</video>", "https://v.example/a.mp4")]
    [InlineData("<audio controls><source src=\"https://v.example/a.mp3\"></audio>", "https://v.example/a.mp3")]
    [InlineData("<object data=\"https://v.example/a.pdf\"></object>", "https://v.example/a.pdf")]
    [InlineData("<embed src=\"https://v.example/a.swf\">", "https://v.example/a.swf")]
    public void Media_of_others_are_links_and_of_allowed_hosts_embeds(string source, string url)
    {
        Assert.Equal($"<p><a href=\"{url}\" rel=\"noopener noreferrer\">{url}</a></p>", Render(source));
        Assert.Equal([new Embed("v.example", url)], Embed.In(Render(source, "v.example")));
    }

    [Fact]
    public void Nothing_is_embedded_where_nothing_is_allowed() =>
        Assert.Empty(
            Embed.In(Render("<iframe src=\"https://www.youtube.com/embed/dQw4w9WgXcQ\"></iframe><p>https://vimeo.com/1</p>", "none"))
        );

    [Fact]
    public void A_post_keeps_its_words()
    {
        var html = Render(
            "<blockquote class=\"twitter-tweet\"><p lang=\"en\">We sail.</p>&mdash; Port "
                + "<a href=\"https://twitter.com/port/status/170\">1 May</a></blockquote>"
                + "<script src=\"https://platform.twitter.com/widgets.js\"></script>"
        );

        Assert.Equal(
            "<figure data-embed=\"x\" data-url=\"https://x.com/port/status/170\"><blockquote><p lang=\"en\">We sail.</p>— Port "
                + "<a href=\"https://twitter.com/port/status/170\" rel=\"noopener noreferrer\">1 May</a></blockquote></figure>",
            html
        );
    }

    [Theory]
    [InlineData("<figure data-embed=\"evil\" data-url=\"https://vimeo.com/123\">a</figure>", "vimeo")]
    [InlineData("<figure data-embed=\"vimeo\" data-url=\"https://evil.example\"><a href=\"https://evil.example\">a</a></figure>", null)]
    [InlineData("<figure data-embed=\"vimeo\" data-url=\"javascript:alert(1)\">a</figure>", null)]
    public void What_a_figure_says_that_it_embeds_is_checked(string source, string? provider) =>
        Assert.Equal(provider, Embed.In(Render(source)).SingleOrDefault()?.Provider);

    [Fact]
    public void The_settings_name_the_services_that_are_known() => Assert.Equal(CmsOptions.EmbedNames.Order(), EmbedServices.Names.Order());

    [Fact]
    public async Task Content_offers_the_embeds_of_an_article()
    {
        var slug = await newsroom.Admin.ArticleAsync(
            new
            {
                headline = "Embeds",
                body = new { format = "markdown", content = "a\n\nhttps://vimeo.com/123\n\nhttps://youtu.be/dQw4w9WgXcQ\n" },
            },
            publish: true
        );
        var bare = await newsroom.Admin.ArticleAsync(new { headline = "No embeds" }, publish: true);

        var article = (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Expect(HttpStatusCode.OK);
        var picked = (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}?fields=embeds.url")).Expect(HttpStatusCode.OK);
        var listed = (await newsroom.Anyone.ReadAsync($"/content/v1/articles?ids={slug}&fields=slug,embeds")).Expect(HttpStatusCode.OK);

        const string embeds =
            """[{"provider":"vimeo","url":"https://vimeo.com/123"},"""
            + """{"provider":"youtube","url":"https://www.youtube.com/watch?v=dQw4w9WgXcQ"}]""";
        Assert.Equal(embeds, article["embeds"]!.ToJsonString());
        Assert.Equal(
            """{"embeds":[{"url":"https://vimeo.com/123"},{"url":"https://www.youtube.com/watch?v=dQw4w9WgXcQ"}]}""",
            picked.ToJsonString()
        );
        Assert.Equal(embeds, listed["items"]![0]!["embeds"]!.ToJsonString());
        Assert.Equal("[]", (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{bare}")).Json["embeds"]!.ToJsonString());
        Assert.Null((await newsroom.Anyone.ReadAsync("/content/v1/articles")).Json["items"]![0]!["embeds"]);
        foreach (var format in new[] { "rss", "atom", "json" })
            Assert.Contains(
                "https://vimeo.com/123",
                (await newsroom.Anyone.ReadAsync($"/feeds/articles.{format}")).Text,
                StringComparison.Ordinal
            );
    }

    private static string Render(string source, params string[] embeds)
    {
        var options = embeds.Length == 0 ? new CmsOptions() : new CmsOptions { Embeds = embeds };
        return new BodyRenderer(new Api.Hosting.Site(options), new EmbedServices(options))
            .Render(BodyFormat.Html, source, TestContext.Current.CancellationToken)
            .Body.Html;
    }
}
