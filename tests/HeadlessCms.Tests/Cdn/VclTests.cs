using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Cdn;

/// <summary>What the VCL of the documentation stores, for whom, in which coding, and who may purge.</summary>
public sealed class VclTests(VarnishNewsroom newsroom) : IClassFixture<VarnishNewsroom>
{
    private HttpClient Editor => newsroom.Admin;

    [Theory]
    [InlineData("Authorization", $"Bearer {Newsroom.AdminKey}")]
    [InlineData("Cookie", "session=1")]
    [InlineData("Preview-Token", "none")]
    public async Task Requests_with_credentials_are_passed(string header, string value)
    {
        var slug = await Editor.ArticleAsync(new { headline = $"Passed {header}" }, publish: true);
        await newsroom.SettledAsync();
        var path = $"/content/v1/articles/{slug}";
        await newsroom.StoreAsync(path);

        Assert.Equal("miss", await CachedAsync(path, (header, value)));
        Assert.Equal("hit", await CachedAsync(path));
    }

    [Fact]
    public async Task Writes_pass_and_are_read_back()
    {
        using var editor = newsroom.Client(Newsroom.AdminKey, newsroom.Varnish.Address);

        var slug = await editor.ArticleAsync(new { headline = "Written through Varnish" }, publish: true);

        (await editor.ReadAsync($"/editorial/v1/articles/{slug}")).Expect(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await newsroom.Reader.LiveStatusAsync(slug));
    }

    [Fact]
    public async Task A_reader_gets_the_coding_that_it_accepts_with_one_entity_tag_and_304()
    {
        var text = string.Concat(Enumerable.Repeat("A long story goes on and on. ", 300));
        var slug = await Editor.ArticleAsync(new { headline = "Coded", body = new { format = "text", content = text } }, publish: true);
        await newsroom.SettledAsync();
        var path = $"/content/v1/articles/{slug}";
        var plain = await newsroom.Reader.ReadAsync(path);
        foreach (
            var (accepted, coding) in new[]
            {
                ("gzip, deflate, br", "br"),
                ("br;q=1.0, gzip;q=0.5", "br"),
                ("gzip", "gzip"),
                ("gzip, br;q=0", "gzip"),
                ("identity", ""),
            }
        )
        {
            for (var time = 0; time < 2; time++)
            {
                using var answer = await SendAsync(path, ("Accept-Encoding", accepted));
                Assert.Equal(coding, string.Join(',', answer.Content.Headers.ContentEncoding));
                Assert.Equal(plain.Tag, answer.Headers.ETag!.ToString());
                await using var sent = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
                await using var body = coding switch
                {
                    "br" => new System.IO.Compression.BrotliStream(sent, System.IO.Compression.CompressionMode.Decompress),
                    "gzip" => new System.IO.Compression.GZipStream(sent, System.IO.Compression.CompressionMode.Decompress),
                    _ => sent,
                };
                using var reader = new StreamReader(body);
                Assert.Equal(plain.Text, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
            }

            using var again = await SendAsync(path, ("Accept-Encoding", accepted), ("If-None-Match", plain.Tag));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        }
    }

    [Fact]
    public async Task What_was_for_the_cache_alone_does_not_reach_the_reader_and_browsers_may_keep_a_hit()
    {
        var slug = await Editor.ArticleAsync(new { headline = "For the cache" }, publish: true);
        await newsroom.SettledAsync();
        var path = $"/content/v1/articles/{slug}";
        var direct = await newsroom.Anyone.ReadAsync(path);
        await newsroom.StoreAsync(path);
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken); // an age

        var answer = await newsroom.Reader.ReadAsync(path);

        Assert.StartsWith($"article:{direct.Json["id"]}", direct.Headers.GetValues("xkey").Single(), StringComparison.Ordinal);
        Assert.Equal(
            "max-age=3600, stale-while-revalidate=120, stale-if-error=600",
            direct.Headers.GetValues("CDN-Cache-Control").Single()
        );
        foreach (var header in new[] { "xkey", "CDN-Cache-Control", "Age", "X-Varnish", "Via" })
            Assert.False(answer.Headers.Contains(header), header);
        Assert.Equal("hit", answer.Headers.GetValues("X-Cache").Single());
        Assert.Equal(TimeSpan.FromSeconds(15), answer.Headers.CacheControl!.MaxAge);
    }

    [Fact]
    public async Task Only_the_list_of_addresses_or_the_secret_purges()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Kept from strangers" }, publish: true);
        await newsroom.SettledAsync();
        var path = $"/content/v1/articles/{slug}";
        var tag = $"article:{(await newsroom.Anyone.ReadAsync(path)).Json["id"]}";
        await newsroom.StoreAsync(path);

        foreach (var secret in new[] { null, "", "wrong", Varnish.Secret + "x" })
            Assert.Equal(HttpStatusCode.Forbidden, await PurgeAsync(newsroom.Crowd, tag, secret));
        Assert.Equal("hit", await CachedAsync(path));

        Assert.Equal(HttpStatusCode.OK, await PurgeAsync(newsroom.Crowd, tag, Varnish.Secret));
        Assert.Equal("miss", await CachedAsync(path));
        await newsroom.StoreAsync(path);
        using var allowed = Patience.Client(newsroom.Varnish.Address, Patience.From(Varnish.Purger));
        Assert.Equal(HttpStatusCode.OK, await PurgeAsync(allowed, tag, null));
        Assert.Equal("miss", await CachedAsync(path));
        Assert.Equal(HttpStatusCode.BadRequest, await PurgeAsync(allowed, "", null));
    }

    private static async Task<HttpStatusCode> PurgeAsync(HttpClient client, string tag, string? secret)
    {
        using var request = new HttpRequestMessage(new HttpMethod("PURGE"), "/");
        request.Headers.TryAddWithoutValidation("xkey-purge", tag);
        if (secret is not null)
            request.Headers.TryAddWithoutValidation("X-Purge-Secret", secret);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task<string> CachedAsync(string path, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(path, headers);
        return answer.Headers.GetValues("X-Cache").Single();
    }

    private async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await newsroom.Crowd.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
