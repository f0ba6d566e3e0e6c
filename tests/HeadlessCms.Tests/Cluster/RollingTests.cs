using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Cluster;

/// <summary>Three nodes behind HAProxy are replaced one by one under load, there and back.</summary>
[Collection(WholeMachine.Tests)]
[Trait("Postgres", "AnyVersion")] // once is enough: it says nothing about a version
public sealed class RollingTests(TestCluster cluster, ITestOutputHelper output)
{
    [Fact]
    public async Task A_rolling_deploy_there_and_back_fails_no_request_loses_no_write_and_sends_each_webhook_once()
    {
        await using var group = await NodeGroup.StartAsync(await cluster.NewDatabaseAsync(), "--Cms:Drain=00:00:04");
        await using var subscribers = await Subscribers.BeginAsync(group);
        var traffic = new NewsTraffic(group, editors: 2);
        await traffic.BeginAsync();
        using var end = new CancellationTokenSource();
        var load = Task.WhenAll(traffic.RunAsync(end.Token), subscribers.RunAsync(end.Token));

        foreach (var node in new[] { 0, 1, 2, 2, 1, 0 })
        {
            // The schema of the node that starts is another than the one that it finds.
            await group.SqlAsync<string>("update applied_definitions set hash = 'of another version' returning hash");
            Assert.Equal(0, await group.StopNodeAsync(node));
            await group.StartNodeAsync(node);
            await group.Balancer.ReadyAsync();
        }

        await end.CancelAsync();
        await load;
        output.WriteLine(
            $"{traffic.Reads} reads, {traffic.Writes} writes, {subscribers.Streams} streams, {subscribers.Repeated} webhooks sent again"
        );
        Assert.True(traffic.Failed.Count == 0, string.Join('\n', traffic.Failed));
        Assert.Empty(traffic.Wrong);
        Assert.True(traffic.Writes > 100, "Too little was written to say anything.");
        await traffic.CheckAsync();
        await subscribers.CheckAsync(traffic.Stories.Values);
        Assert.Equal(0, subscribers.Repeated);
    }
}
