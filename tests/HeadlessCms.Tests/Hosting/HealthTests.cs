using System.Net;
using HeadlessCms.Api.Hosting.Health;
using HeadlessCms.Api.Hosting.Shutdown;
using HeadlessCms.Tests.Harness;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HeadlessCms.Tests.Hosting;

public sealed class HealthTests(QuietManagedNewsroom newsroom) : IClassFixture<QuietManagedNewsroom>
{
    private const string Ready = "/health/ready";

    [Theory]
    [InlineData("live")]
    [InlineData("ready")]
    public async Task The_public_address_says_the_status_and_nothing_else(string check)
    {
        await ReadyAsync();

        var answer = await newsroom.Anyone.ReadAsync($"/health/{check}");

        Assert.Equal((HttpStatusCode.OK, $$"""{"status":"{{check}}"}"""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task The_management_address_says_what_is_checked_and_since_when()
    {
        await ReadyAsync();

        var check = (await newsroom.Manager.ReadAsync(Ready)).Expect(HttpStatusCode.OK)["checks"]!.AsArray().Single()!;

        Assert.Equal(("database", "healthy"), (check["name"]!.GetValue<string>(), check["status"]!.GetValue<string>()));
        Assert.True(check["since"]!.GetValue<DateTimeOffset>() <= TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Probes_make_no_statement_of_their_own()
    {
        await using var hold = await HoldMigrationsAsync();
        await Eventually.TrueAsync(async () => await WaitingAsync() > 0);

        var waiting = new List<long>();
        var statements = await newsroom.Statements.CountAsync(async () =>
        {
            var probes = Task.WhenAll(
                Enumerable.Range(0, 1_000).Select(number => (number % 2 == 0 ? newsroom.Anyone : newsroom.Manager).ReadAsync(Ready))
            );
            do waiting.Add(await WaitingAsync());
            while (!probes.IsCompleted);
            await probes;
        });

        Assert.Equal(0, statements);
        Assert.InRange(waiting.Max(), 0, 10); // those of the background: one a second, each for three seconds
    }

    [Fact]
    public async Task A_check_that_hangs_makes_it_not_ready_until_it_ends()
    {
        await ReadyAsync();
        await using (await HoldMigrationsAsync())
        {
            await NotReadyAsync();
            var details = (await newsroom.Manager.ReadAsync(Ready)).Expect(HttpStatusCode.ServiceUnavailable);
            Assert.Equal("unhealthy", details["checks"]![0]!["status"]!.GetValue<string>());
            Assert.False(string.IsNullOrEmpty(details["checks"]![0]!["reason"]!.GetValue<string>()));
        }

        await ReadyAsync();
    }

    [Fact]
    public async Task A_database_that_goes_away_makes_it_not_ready_until_it_is_back_and_is_not_named()
    {
        await ReadyAsync();
        var settings = new NpgsqlConnectionStringBuilder(newsroom.ConnectionString);
        var name = settings.Database!;
        settings.Database = "postgres";
        await using var server = NpgsqlDataSource.Create(settings);
        try
        {
            await ExecuteAsync(server, $"alter database {name} allow_connections false");
            await ExecuteAsync(server, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
            await NotReadyAsync();
            var answer = await newsroom.Manager.ReadAsync(Ready);
            Assert.All([name, settings.Host!, settings.Username!], secret =>
                Assert.DoesNotContain(secret, answer.Text, StringComparison.OrdinalIgnoreCase)
            );
        }
        finally
        {
            await ExecuteAsync(server, $"alter database {name} allow_connections true");
        }

        await ReadyAsync();
    }

    [Fact]
    public async Task An_app_that_begins_to_stop_is_not_ready_at_once()
    {
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        var readiness = new Readiness(lifetime, new Drain(), NullLogger<Readiness>.Instance);
        Assert.False(readiness.IsReady);
        await readiness.PublishAsync(Report(HealthStatus.Healthy, TimeSpan.Zero), CancellationToken.None);
        Assert.True(readiness.IsReady);

        lifetime.StopApplication();

        Assert.False(readiness.IsReady);
    }

    [Fact]
    public async Task An_app_that_drains_is_not_ready_before_it_stops()
    {
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        var drain = new Drain();
        var readiness = new Readiness(lifetime, drain, NullLogger<Readiness>.Instance);
        await readiness.PublishAsync(Report(HealthStatus.Healthy, TimeSpan.Zero), CancellationToken.None);
        Assert.True(readiness.IsReady);

        drain.Begin();

        Assert.Equal((false, false), (readiness.IsReady, lifetime.ApplicationStopping.IsCancellationRequested));
    }

    [Fact]
    public async Task A_report_that_took_long_does_not_replace_one_that_began_later()
    {
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        var readiness = new Readiness(lifetime, new Drain(), NullLogger<Readiness>.Instance);
        await readiness.PublishAsync(Report(HealthStatus.Healthy, TimeSpan.Zero), CancellationToken.None);

        await readiness.PublishAsync(Report(HealthStatus.Unhealthy, TimeSpan.FromMinutes(1)), CancellationToken.None);

        Assert.True(readiness.IsReady);
    }

    private static HealthReport Report(HealthStatus status, TimeSpan took) =>
        new(new Dictionary<string, HealthReportEntry> { ["database"] = new(status, "A reason.", took, null, null) }, took);

    private Task ReadyAsync() => Eventually.TrueAsync(async () => (await newsroom.Anyone.ReadAsync(Ready)).Status == HttpStatusCode.OK);

    private Task NotReadyAsync() =>
        Eventually.TrueAsync(async () => (await newsroom.Anyone.ReadAsync(Ready)).Status == HttpStatusCode.ServiceUnavailable);

    // The background check reads this table.
    private async Task<NpgsqlConnection> HoldMigrationsAsync()
    {
        var connection = new NpgsqlConnection(newsroom.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var hold = new NpgsqlCommand("""lock table "__EFMigrationsHistory" in access exclusive mode""", connection);
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private async Task<long> WaitingAsync() =>
        (long)
            (
                await newsroom.SqlAsync(
                    """
                    select count(*) from pg_locks
                    where not granted and database = (select oid from pg_database where datname = current_database())
                    """
                )
            )!;

    private static async Task ExecuteAsync(NpgsqlDataSource server, string sql)
    {
        await using var command = server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
