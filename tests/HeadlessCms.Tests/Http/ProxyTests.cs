using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Http;

/// <summary>A newsroom behind proxies at 127.0.0.1 and in 10.0.0.0/8.</summary>
public sealed class ProxiedNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:Proxies"] = "127.0.0.1, 10.0.0.0/8" };
}

public sealed class ProxyTests(ProxiedNewsroom newsroom) : IClassFixture<ProxiedNewsroom>
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7, 10.1.2.3", "203.0.113.7")]
    [InlineData("198.51.100.1, 203.0.113.7, 10.1.2.3, 10.9.9.9", "203.0.113.7")] // what the caller itself sent is not believed
    [InlineData("2001:db8::7", "2001:db8::7")]
    public async Task The_address_is_the_nearest_that_is_no_proxy(string forwarded, string address) =>
        Assert.Equal(address, await SeenAddressAsync(newsroom, newsroom.Address, "127.0.0.1", forwarded));

    [Fact]
    public async Task A_caller_that_is_no_proxy_keeps_its_own_address() =>
        Assert.Equal("127.0.0.2", await SeenAddressAsync(newsroom, newsroom.Address, "127.0.0.2", "203.0.113.7"));

    [Fact]
    public async Task Without_proxies_the_header_is_ignored()
    {
        var node = newsroom.AnotherNode(("Cms:Proxies", ""));

        Assert.Equal("127.0.0.1", await SeenAddressAsync(newsroom, node, "127.0.0.1", "203.0.113.7"));
    }

    /// <summary>The address in the audit trail after a request from <paramref name="from"/>.</summary>
    private static async Task<string> SeenAddressAsync(Newsroom newsroom, Uri node, string from, string forwarded)
    {
        using var client = Patience.Client(node, Patience.From(from));
        client.DefaultRequestHeaders.Authorization = new("Bearer", Newsroom.AdminKey);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        var slug = await client.ArticleAsync(new { headline = $"Sent from {forwarded}" });
        var trail = await newsroom.Admin.ReadAsync($"/editorial/v1/audit?subject={slug}");
        return trail.Expect(HttpStatusCode.OK)["items"]![0]!["address"]!.GetValue<string>();
    }
}
