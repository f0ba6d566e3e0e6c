using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Hosting;

public sealed class MetricsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Who_runs_the_app_reads_how_it_is_doing_and_nothing_of_what_was_asked_for()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "A canary of the metrics" });
        await newsroom.Anyone.ReadAsync("/metrics"); // the first read starts the measurement
        await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}");
        await newsroom.Anyone.ReadAsync("/content/v1/articles");
        await newsroom.Anyone.ReadAsync("/content/v1/articles");

        var answer = await newsroom.Anyone.ReadAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("text/plain", answer.ContentHeaders.ContentType!.MediaType);
        Assert.Matches(
            """http_server_request_duration_count\{[^}]*http_route="/content/v1/articles/\{article\}"[^}]*\} [1-9]""",
            answer.Text
        );
        Assert.Matches("""headless_cms_answers(_total)?\{[^}]*from="memory"[^}]*\} [1-9]""", answer.Text);
        Assert.Contains("process_working_set_bytes", answer.Text, StringComparison.Ordinal);
        Assert.Contains("db_client_", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", answer.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, ""), await HeadAsync());
    }

    private async Task<(HttpStatusCode, string)> HeadAsync()
    {
        var head = await newsroom.Anyone.SendAsync(HttpMethod.Head, "/metrics");
        return (head.Status, head.Text);
    }
}
