using System.Diagnostics;
using HeadlessCms.Postgres;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Postgres;

public sealed class PrivatePostgresTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_committed_survives_a_kill_of_the_server_and_its_stale_pid_file_is_no_hindrance()
    {
        using var data = new TemporaryDirectory();
        await using (var postgres = await StartAsync(data.Path, durable: true))
        {
            await ExecuteAsync(postgres, "create table kept (n int); insert into kept values (7)");
            var pid = int.Parse(
                File.ReadLines(Path.Combine(data.Path, "postgres", "data", "postmaster.pid")).First(),
                System.Globalization.CultureInfo.InvariantCulture
            );
            using var server = Process.GetProcessById(pid);
            server.Kill();
            await server.WaitForExitAsync(Cancellation);

            await using var again = await StartAsync(data.Path, durable: true);
            Assert.Equal(7, await ExecuteAsync(again, "select n from kept"));
        }

        await using var later = await StartAsync(data.Path, durable: true);
        Assert.Equal(7, await ExecuteAsync(later, "select n from kept"));
    }

    [Fact]
    public async Task Starts_at_the_same_instant_share_one_server_which_stops_with_the_last()
    {
        using var data = new TemporaryDirectory();
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync(data.Path)));
        Assert.Single(all.Select(postgres => postgres.Port).Distinct());

        foreach (var postgres in all[..3])
            await postgres.DisposeAsync();
        Assert.Equal(1, await ExecuteAsync(all[3], "select 1"));
        var connectionString = all[3].ConnectionString("postgres");
        await all[3].DisposeAsync();
        NpgsqlConnection.ClearAllPools();

        await using var closed = new NpgsqlConnection(connectionString);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => closed.OpenAsync(Cancellation));
    }

    [Fact]
    public async Task A_database_is_made_once_though_several_ask_for_it_at_once()
    {
        using var data = new TemporaryDirectory();
        await using var postgres = await StartAsync(data.Path);

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => postgres.EnsureDatabaseAsync("a \"quoted\" name", Cancellation)));

        Assert.Single(made, true);
    }

    [Fact]
    public async Task It_works_in_a_directory_that_its_user_may_not_enter()
    {
        // A temporary directory is open to the user who makes it alone.
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            Assert.Skip("Only root runs the server as another user.");
        using var data = new TemporaryDirectory();
        var inner = Path.Combine(data.Path, "home", "checkout");

        await using var postgres = await StartAsync(inner);

        Assert.Equal(1, await ExecuteAsync(postgres, "select 1"));
    }

    [Fact]
    public async Task Where_there_are_no_binaries_and_none_can_be_downloaded_the_message_names_three_ways_out()
    {
        using var data = new TemporaryDirectory();
        Environment.SetEnvironmentVariable("PGEMBED_CACHE_DIR", Path.Combine(data.Path, "cache"));
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        giveUp.CancelAfter(TimeSpan.FromSeconds(120));

        Exception? failure = null;
        try
        {
            await using var postgres = await PrivatePostgres.StartAsync(
                new()
                {
                    DataDirectory = data.Path,
                    Durable = false,
                    Search = () => new PostgresBinaries.Search([]),
                },
                giveUp.Token
            );
            Assert.Skip("The portable binaries can be downloaded here, and they run.");
        }
        catch (PostgresUnavailableException unavailable)
        {
            failure = unavailable;
        }

        Assert.All(["apt install postgresql", "ConnectionStrings__Cms", "downloaded"], way =>
            Assert.Contains(way, failure.Message, StringComparison.Ordinal)
        );
    }

    private static Task<PrivatePostgres> StartAsync(string directory, bool durable = false) =>
        PrivatePostgres.StartAsync(
            new()
            {
                DataDirectory = directory,
                Durable = durable,
                MaxConnections = 20,
            },
            Cancellation
        );

    private static async Task<object?> ExecuteAsync(PrivatePostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
