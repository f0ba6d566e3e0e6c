using System.Net;
using HeadlessCms.Postgres;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Hosting;

/// <summary>The app without configuration, on its private PostgreSQL.</summary>
[Trait("Postgres", "AnyVersion")] // once is enough: it says nothing about a version
public sealed class ProcessTests
{
    [Fact]
    public async Task Twenty_kills_between_acknowledged_writes_lose_none_and_each_next_start_needs_no_help()
    {
        using var data = new TemporaryDirectory();
        var acknowledged = new List<(string Slug, string Tag)>();
        for (var round = 0; round < 20; round++)
        {
            using var app = await AppProcess.StartAsync(data.Path);
            using var editor = app.Client(data.Path);
            foreach (var (slug, tag) in acknowledged)
                Assert.Equal(tag, (await editor.ReadAsync($"/editorial/v1/articles/{slug}")).Tag);

            var made = await editor.ArticleAsync(new { headline = $"Round {round}" }, publish: true);
            acknowledged.Add(
                (made, (await editor.PutAsync($"/editorial/v1/articles/{made}", new { headline = $"Round {round}, saved" }, "\"r1\"")).Tag)
            );
            var inFlight = editor.PostAsync("/editorial/v1/articles", new { headline = "Not acknowledged" });
            app.Kill();
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await inFlight;
                throw new OperationCanceledException("It was acknowledged after all.");
            });
        }

        using var last = await AppProcess.StartAsync(data.Path);
        using var reader = last.Client(data.Path);
        Assert.Equal(20, acknowledged.Count);
        foreach (var (slug, _) in acknowledged)
            (await reader.ReadAsync($"/content/v1/articles/{slug}")).Expect(HttpStatusCode.OK);
        await last.StopAsync();
    }

    [Fact]
    public async Task Two_copies_of_the_app_share_one_postgres_and_the_last_one_out_stops_it()
    {
        using var data = new TemporaryDirectory();
        var copies = await Task.WhenAll(AppProcess.StartAsync(data.Path), AppProcess.StartAsync(data.Path));
        using var first = copies[0];
        using var second = copies[1];
        using (var editor = first.Client(data.Path))
            await editor.ArticleAsync(new { headline = "Shared" }, publish: true);
        await first.StopAsync();

        using (var reader = second.Client(data.Path))
            (await reader.ReadAsync("/content/v1/articles/shared")).Expect(HttpStatusCode.OK);
        Assert.True(File.Exists(Path.Combine(data.Path, "postgres", "data", "postmaster.pid")));
        await second.StopAsync();
        Assert.False(File.Exists(Path.Combine(data.Path, "postgres", "data", "postmaster.pid")));
    }

    [Fact]
    public async Task The_verb_migrate_migrates_and_ends_and_the_verb_health_asks()
    {
        using var data = new TemporaryDirectory();
        await using var postgres = await PrivatePostgres.StartAsync(
            new()
            {
                DataDirectory = data.Path,
                Durable = false,
                Search = PostgresVersions.Search,
            },
            TestContext.Current.CancellationToken
        );
        await postgres.EnsureDatabaseAsync("cms", TestContext.Current.CancellationToken);

        Assert.Equal(
            0,
            await AppProcess.RunToEndAsync(data.Path, "migrate", $"--ConnectionStrings:Cms={postgres.ConnectionString("cms")}")
        );
        await using (var connection = new Npgsql.NpgsqlConnection(postgres.ConnectionString("cms")))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var count = new Npgsql.NpgsqlCommand("select count(*) from live.articles", connection);
            Assert.Equal(0L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }

        using var app = await AppProcess.StartAsync(data.Path, $"--ConnectionStrings:Cms={postgres.ConnectionString("cms")}");
        Assert.Equal(0, await AppProcess.RunToEndAsync(data.Path, "health", $"--urls={app.Address}"));
        await app.StopAsync();
        Assert.Equal(1, await AppProcess.RunToEndAsync(data.Path, "health", $"--urls={app.Address}"));
    }
}
