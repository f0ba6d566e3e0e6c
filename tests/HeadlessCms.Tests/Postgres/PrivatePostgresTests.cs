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
        // Only the user who creates a temporary directory may enter it.
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            Assert.Skip("Only root runs the server as another user.");
        using var data = new TemporaryDirectory();
        var inner = Path.Combine(data.Path, "home", "checkout");

        await using var postgres = await StartAsync(inner);

        Assert.Equal(1, await ExecuteAsync(postgres, "select 1"));
    }

    [Fact]
    public async Task Where_no_binaries_are_found_or_downloaded_the_message_names_three_ways_out()
    {
        using var data = new TemporaryDirectory();

        var failure = await Assert.ThrowsAsync<PostgresUnavailableException>(() => StartWithoutBinariesAsync(data.Path));

        Assert.All(["apt install postgresql\n", "postgresql@18", "PostgreSQL.PostgreSQL.18", "ConnectionStrings__Cms", "downloaded"], way =>
            Assert.Contains(way, failure.Message, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Where_the_version_that_created_the_cluster_is_gone_the_message_names_it()
    {
        using var data = new TemporaryDirectory();
        var cluster = Directory.CreateDirectory(Path.Combine(data.Path, "postgres", "data"));
        await File.WriteAllTextAsync(Path.Combine(cluster.FullName, "PG_VERSION"), "12\n", Cancellation);

        var failure = await Assert.ThrowsAsync<PostgresUnavailableException>(() => StartWithoutBinariesAsync(data.Path));

        Assert.All(
            [
                $"the data in {Path.Combine(data.Path, "postgres")} were created by PostgreSQL 12",
                "apt install postgresql-12",
                "postgresql@12",
                "ConnectionStrings__Cms",
                "downloaded",
                $"delete {Path.Combine(data.Path, "postgres")}",
            ],
            part => Assert.Contains(part, failure.Message, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("usr/lib/postgresql/{0}/bin")]
    [InlineData("usr/pgsql-{0}/bin")]
    [InlineData("usr/lib/postgresql{0}/bin")]
    [InlineData("opt/homebrew/opt/postgresql@{0}/bin")]
    [InlineData("usr/local/opt/postgresql@{0}/bin")]
    [InlineData("Applications/Postgres.app/Contents/Versions/{0}/bin")]
    [InlineData("Library/PostgreSQL/{0}/bin")]
    public void The_newest_supported_version_is_taken_or_the_one_that_created_the_cluster(string place)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-ins for the server are shell scripts.");
        using var root = new TemporaryDirectory();
        foreach (var major in new[] { 9, 16, 14, 17, 15 })
            WriteBinaries(Path.Combine(root.Path, string.Format(null, place, major)), major);
        Directory.CreateDirectory(Path.Combine(root.Path, string.Format(null, place, 18))); // what an uninstalled version leaves

        var search = PostgresBinaries.Search.In(root.Path, "");

        Assert.Equal(17, PostgresBinaries.Find(search, null)?.Major);
        Assert.Equal(14, PostgresBinaries.Find(search, 14)?.Major);
        Assert.Null(PostgresBinaries.Find(search, 18));
    }

    [Fact]
    public void Binaries_on_the_path_are_found_behind_a_link_and_win_over_others_of_their_version()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-ins for the server are shell scripts.");
        using var root = new TemporaryDirectory();
        var (linked, own) = (Path.Combine(root.Path, "libexec"), Path.Combine(root.Path, "bin"));
        WriteBinaries(linked, 17);
        WriteBinaries(Path.Combine(root.Path, "usr/lib/postgresql/17/bin"), 17);
        WriteBinaries(Path.Combine(root.Path, "usr/lib/postgresql/16/bin"), 16);
        Directory.CreateDirectory(own);
        File.CreateSymbolicLink(Path.Combine(own, "postgres"), Path.Combine(linked, "postgres"));

        var search = PostgresBinaries.Search.In(root.Path, own);

        Assert.Equal(new PostgresBinaries(linked, 17), PostgresBinaries.Find(search, null));
        Assert.Equal(16, PostgresBinaries.Find(search, 16)?.Major);
    }

    private static void WriteBinaries(string directory, int major)
    {
        Directory.CreateDirectory(directory);
        foreach (var program in new[] { "initdb", "pg_ctl", "postgres" })
        {
            var file = Path.Combine(directory, program);
            File.WriteAllText(file, $"#!/bin/sh\necho 'postgres (PostgreSQL) {major}.2'\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static Task<PrivatePostgres> StartWithoutBinariesAsync(string directory) =>
        PrivatePostgres.StartAsync(
            new()
            {
                DataDirectory = directory,
                Durable = false,
                Search = () => new PostgresBinaries.Search([]),
                PortableRepository = new Uri("http://127.0.0.1:9/nothing-listens-here"),
            },
            Cancellation
        );

    private static Task<PrivatePostgres> StartAsync(string directory, bool durable = false) =>
        PrivatePostgres.StartAsync(
            new()
            {
                DataDirectory = directory,
                Durable = durable,
                MaxConnections = 20,
                Search = PostgresVersions.Search,
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
