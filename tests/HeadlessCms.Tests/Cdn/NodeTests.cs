using System.Net;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Cdn;

/// <summary>A node that is killed, and readers behind Varnish while it is away.</summary>
[Collection(WholeMachine.Tests)]
[Trait("Postgres", "AnyVersion")] // once is enough: it says nothing about a version
public sealed class NodeTests(TestCluster cluster)
{
    [Fact]
    public async Task A_killed_node_loses_no_purge_and_readers_get_what_was_while_it_is_away()
    {
        using var data = new TemporaryDirectory();
        var connectionString = await cluster.NewDatabaseAsync();
        using var toVarnish = new Relay();
        using var toApp = new Relay();
        string[] settings =
        [
            $"--ConnectionStrings:Cms={connectionString}",
            $"--Cms:AdminKey={Newsroom.AdminKey}",
            "--Cms:Cdn:Provider=varnish",
            $"--Cms:Cdn:Addresses={toVarnish.Address}",
            $"--Cms:Cdn:Token={Varnish.Secret}",
        ];
        using (var first = await AppProcess.StartAsync(data.Path, settings))
        {
            toApp.Target = first.Address.Port;
            toApp.Open();
            using var varnish = await Varnish.StartAsync(toApp.Port);
            toVarnish.Target = varnish.Address.Port;
            toVarnish.Open();
            using var reader = Patience.Client(varnish.Address);
            using var editor = EditorOf(first);
            var slug = await editor.ArticleAsync(new { headline = "As it was" }, publish: true);
            var other = await editor.ArticleAsync(new { headline = "Never read" }, publish: true);
            await SettledAsync(connectionString);
            var path = $"/content/v1/articles/{slug}";
            await StoreAsync(reader, path);
            var before = (await reader.ReadAsync(path)).Expect(HttpStatusCode.OK).ToJsonString();

            // The change is committed, and Varnish does not know of it when the node dies.
            toVarnish.Cut();
            await editor.UpdateAsync(slug);
            first.Kill();
            toApp.Cut();

            var stale = await reader.ReadAsync(path);
            Assert.Equal(("hit", before), (stale.Headers.GetValues("X-Cache").Single(), stale.Expect(HttpStatusCode.OK).ToJsonString()));
            var missing = await reader.ReadAsync($"/content/v1/articles/{other}");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, missing.Status);
            Assert.Equal("application/problem+json", missing.ContentHeaders.ContentType!.MediaType);

            using var second = await AppProcess.StartAsync(data.Path, settings);
            toApp.Target = second.Address.Port;
            toApp.Open();
            toVarnish.Open();
            await Eventually.TrueAsync(async () =>
            {
                var answer = await reader.ReadAsync(path);
                return answer.Status == HttpStatusCode.OK && answer.Json.ToJsonString() != before;
            });
            await SettledAsync(connectionString);
        }
    }

    [Fact]
    public async Task A_response_that_has_ended_is_given_while_the_app_fails()
    {
        using var data = new TemporaryDirectory();
        var connectionString = await cluster.NewDatabaseAsync();
        using var toApp = new Relay();
        using var app = await AppProcess.StartAsync(
            data.Path,
            $"--ConnectionStrings:Cms={connectionString}",
            $"--Cms:AdminKey={Newsroom.AdminKey}",
            "--Cms:Cdn:Provider=varnish",
            "--Cms:Cdn:Addresses=http://127.0.0.1:9",
            "--Cms:Cdn:MaxAge=00:00:01"
        );
        toApp.Target = app.Address.Port;
        toApp.Open();
        using var varnish = await Varnish.StartAsync(toApp.Port);
        using var reader = Patience.Client(varnish.Address);
        using var editor = EditorOf(app);
        var slug = await editor.ArticleAsync(new { headline = "Ends in a second" }, publish: true);
        var path = $"/content/v1/articles/{slug}";
        await StoreAsync(reader, path);
        var before = (await reader.ReadAsync(path)).Expect(HttpStatusCode.OK).ToJsonString();

        toApp.Cut();
        for (var time = 0; time < 8; time++)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken); // beyond its second
            Assert.Equal(before, (await reader.ReadAsync(path)).Expect(HttpStatusCode.OK).ToJsonString());
        }

        toApp.Open();
        await editor.UpdateAsync(slug);
        await Eventually.TrueAsync(async () =>
        {
            var answer = await reader.ReadAsync(path);
            return answer.Status == HttpStatusCode.OK && answer.Json.ToJsonString() != before;
        });
    }

    // A node that has not heard from its database for a second lets nobody store anything.
    private static Task StoreAsync(HttpClient reader, string path) =>
        Eventually.TrueAsync(async () => (await reader.ReadAsync(path)).Headers.GetValues("X-Cache").Single() == "hit");

    private static HttpClient EditorOf(AppProcess app)
    {
        var editor = Patience.Client(app.Address);
        editor.DefaultRequestHeaders.Authorization = new("Bearer", Newsroom.AdminKey);
        return editor;
    }

    private static Task SettledAsync(string connectionString) =>
        Eventually.TrueAsync(async () =>
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var settled = new NpgsqlCommand(
                "select (select position from cdn_progress) = (select max(position) from changes) and not exists (select from cdn_purges)",
                connection
            );
            return (bool)(await settled.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        });
}
