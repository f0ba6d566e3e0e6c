using System.Collections.Concurrent;
using System.Net;
using HeadlessCms.Api.Outbox.OutboundHttp;
using HeadlessCms.Tests.Harness;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace HeadlessCms.Tests.Webhooks;

/// <summary>Addresses to which no request is sent, by any route.</summary>
public sealed class OutboundTests
{
    [Theory]
    [InlineData("0.0.0.0", "0.255.255.255")]
    [InlineData("10.0.0.0", "10.255.255.255")]
    [InlineData("100.64.0.0", "100.127.255.255")]
    [InlineData("127.0.0.0", "127.255.255.255")]
    [InlineData("169.254.0.0", "169.254.255.255")]
    [InlineData("172.16.0.0", "172.31.255.255")]
    [InlineData("192.0.0.0", "192.0.0.255")]
    [InlineData("192.0.2.0", "192.0.2.255")]
    [InlineData("192.88.99.0", "192.88.99.255")]
    [InlineData("192.168.0.0", "192.168.255.255")]
    [InlineData("198.18.0.0", "198.19.255.255")]
    [InlineData("198.51.100.0", "198.51.100.255")]
    [InlineData("203.0.113.0", "203.0.113.255")]
    [InlineData("224.0.0.0", "239.255.255.255")]
    [InlineData("240.0.0.0", "255.255.255.255")]
    [InlineData("::", "::1")]
    [InlineData("::ffff:0.0.0.0", "::ffff:10.1.2.3")]
    [InlineData("::ffff:127.0.0.1", "::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1", "::8.8.8.8")]
    [InlineData("64:ff9b::", "64:ff9b::ffff:ffff")]
    [InlineData("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("100::", "100::ffff:ffff:ffff:ffff")]
    [InlineData("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2002::", "2002:7f00:1::")]
    [InlineData("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("fe80::1", "fe80::1%2")]
    [InlineData("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void An_address_that_is_nobodys_on_the_public_internet_is_refused_from_the_first_of_its_network_to_the_last(
        string first,
        string last
    )
    {
        Assert.False(PublicAddress.IsPublic(IPAddress.Parse(first)));
        Assert.False(PublicAddress.IsPublic(IPAddress.Parse(last)));
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("169.253.255.255")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("192.167.255.255")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2001:200::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2a00:1450:4001:80b::200e")]
    public void The_addresses_beside_them_are_not(string address) => Assert.True(PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("Production", "http", "localhost")]
    [InlineData("Production", "http", "127.0.0.1")]
    [InlineData("Production", "https", "localhost")]
    [InlineData("Production", "http", "[::ffff:127.0.0.1]")]
    [InlineData("Development", "http", "0.0.0.0")]
    public async Task A_name_that_leads_to_where_nothing_is_sent_is_not_connected_to(string environment, string scheme, string host)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var client = OutboundClient.Create(RulesIn(environment));

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() =>
            client.GetAsync(new Uri($"{scheme}://{host}:{receiver.Address.Port}/"), TestContext.Current.CancellationToken)
        );

        Assert.IsType<AddressRefusedException>(refused.InnerException);
        Assert.Empty(receiver.All);
    }

    [Fact]
    public async Task Each_request_has_a_connection_of_its_own_and_so_a_check_of_its_own()
    {
        var connections = new ConcurrentBag<string>();
        await using var receiver = await WebhookReceiver.StartAsync(
            (_, context) =>
            {
                connections.Add(context.Connection.Id);
                return Task.CompletedTask;
            }
        );
        using var client = OutboundClient.Create(RulesIn(Environments.Development));

        for (var turn = 0; turn < 3; turn++)
            (await client.GetAsync(receiver.Address, TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal(3, connections.Distinct().Count());
    }

    private static OutboundRules RulesIn(string environment) => new(new HostingEnvironment { EnvironmentName = environment });
}
