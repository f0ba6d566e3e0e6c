using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Hosting;

public sealed class MetricsTests(ManagedNewsroom newsroom) : IClassFixture<ManagedNewsroom>
{
    [Fact]
    public async Task Metrics_show_routes_cache_memory_and_database_and_nothing_of_what_was_asked_for()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "A canary of the metrics" });
        await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}");
        await newsroom.Anyone.ReadAsync("/content/v1/articles");

        var answer = await newsroom.Manager.ReadAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("text/plain", answer.ContentHeaders.ContentType!.MediaType);
        Assert.Matches(
            """http_server_request_duration_seconds_count\{[^}]*http_route="/content/v1/articles/\{article\}"[^}]*\} [1-9]""",
            answer.Text
        );
        Assert.Matches("""headless_cms_answers_total\{[^}]*from="database"[^}]*\} [1-9]""", answer.Text);
        Assert.Contains("dotnet_process_memory_working_set_bytes", answer.Text, StringComparison.Ordinal);
        Assert.Contains("db_client_connection_pool_name=\"live\"", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_request_for_metrics_has_no_body()
    {
        var head = await newsroom.Manager.SendAsync(HttpMethod.Head, "/metrics");

        Assert.Equal((HttpStatusCode.OK, ""), (head.Status, head.Text));
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/metrics/")]
    [InlineData("/Metrics")]
    public async Task The_public_address_has_no_metrics_whatever_host_is_named(string path)
    {
        foreach (var host in new[] { null, newsroom.Manager.BaseAddress!.Authority, "localhost", "management" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = host;
            using var answer = await newsroom.Admin.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/docs")]
    [InlineData("/openapi/content.json")]
    [InlineData("/content/v1/articles")]
    [InlineData("/editorial/v1/articles")]
    public async Task The_management_address_serves_nothing_of_the_public_one(string path) =>
        Assert.Equal((HttpStatusCode.NotFound, ""), await StatusAndTextAsync(path));

    [Fact]
    public async Task A_process_serves_metrics_on_its_management_address_and_without_one_not_at_all()
    {
        using var data = new TemporaryDirectory();
        var management = new Uri($"http://127.0.0.1:{Ports.Free()}");
        using var manager = Patience.Client(management);
        using (var managed = await AppProcess.StartAsync(data.Path, $"--Cms:Management:Urls={management}"))
        {
            using var anyone = Patience.Client(managed.Address);
            Assert.Equal(HttpStatusCode.OK, (await manager.ReadAsync("/metrics")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await anyone.ReadAsync("/metrics")).Status);
            await managed.StopAsync();
        }

        using var app = await AppProcess.StartAsync(data.Path);
        using var caller = Patience.Client(app.Address);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.ReadAsync("/metrics")).Status);
        await Assert.ThrowsAsync<HttpRequestException>(() => manager.ReadAsync("/metrics"));
        await app.StopAsync();
    }

    private async Task<(HttpStatusCode, string)> StatusAndTextAsync(string path)
    {
        var answer = await newsroom.Manager.ReadAsync(path);
        return (answer.Status, answer.Text);
    }
}
