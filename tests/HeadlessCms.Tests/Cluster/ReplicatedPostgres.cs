using System.Diagnostics;
using System.Globalization;
using HeadlessCms.Postgres;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Cluster;

/// <summary>
/// Two PostgreSQL servers, of which the second replicates the first by streaming, with a database of the newsroom and a login of the read
/// side. The binaries of the versions have no <c>pg_basebackup</c>, so both begin as copies of one cluster.
/// </summary>
public sealed class ReplicatedPostgres : IAsyncDisposable
{
    private const string Owner = "cms";
    private const string Reader = "reader";

    private readonly TemporaryDirectory _directory = new();
    private readonly PostgresBinaries _binaries = PostgresBinaries.Find(PostgresVersions.Search(), null)!;
    private readonly HashSet<string> _running = [];

    private ReplicatedPostgres()
    {
        (FirstPort, SecondPort) = (Ports.Free(), Ports.Free());
        (First, Second) = (At($"127.0.0.1:{FirstPort}", Owner), At($"127.0.0.1:{SecondPort}", Owner));
    }

    public int FirstPort { get; }

    public int SecondPort { get; }

    /// <summary>The first server alone, as the owner.</summary>
    public string First { get; }

    /// <summary>The second server alone, as the owner.</summary>
    public string Second { get; }

    /// <summary>Both, as the owner.</summary>
    public string Newsroom => At($"127.0.0.1:{FirstPort},127.0.0.1:{SecondPort}", Owner);

    /// <summary>Both, as the read side.</summary>
    public string Live => At($"127.0.0.1:{SecondPort},127.0.0.1:{FirstPort}", Reader);

    private string FirstData => Path.Combine(_directory.Path, "first");

    private string SecondData => Path.Combine(_directory.Path, "second");

    /// <param name="synchronous">Whether a commit waits until the standby shows it.</param>
    public static async Task<ReplicatedPostgres> StartAsync(bool synchronous)
    {
        var servers = new ReplicatedPostgres();
        await servers.CreateAsync();
        await servers.StartAsync(servers.FirstData);
        await servers.StartAsync(servers.SecondData);
        await ExecuteAsync(Everywhere(servers.First), "create database cms");
        await ExecuteAsync(servers.First, "create role cms_live nologin", $"create role {Reader} login in role cms_live");
        if (synchronous)
            await ExecuteAsync(
                servers.First,
                "alter system set synchronous_standby_names = '*'",
                "alter system set synchronous_commit = 'remote_apply'",
                "select pg_reload_conf()"
            );
        await servers.CatchUpAsync();
        return servers;
    }

    /// <summary>Stops the replay of the second server: it stays as it is, and answers.</summary>
    public async Task PauseAsync()
    {
        await ExecuteAsync(Second, "select pg_wal_replay_pause()");
        await Eventually.TrueAsync(async () => await ReadAsync<string>(Second, "select pg_get_wal_replay_pause_state()") == "paused");
    }

    /// <summary>Goes on with the replay and waits until the second server has all that the first one has.</summary>
    public async Task ResumeAsync()
    {
        await ExecuteAsync(Second, "select pg_wal_replay_resume()");
        await CatchUpAsync();
    }

    /// <summary>kill -9 of the first server, with all its processes.</summary>
    public void KillFirst() => Kill(FirstData);

    /// <summary>kill -9 of the second server, with all its processes.</summary>
    public void KillSecond() => Kill(SecondData);

    /// <summary>Starts the first server after it was killed. It recovers what it had written.</summary>
    public Task StartFirstAsync() => StartAsync(FirstData);

    /// <summary>Starts the second server after it was killed. It follows the first one again.</summary>
    public Task StartSecondAsync() => StartAsync(SecondData);

    /// <summary>SIGSTOP to all processes of the first server, and SIGCONT when the task ends.</summary>
    public Task HangFirstAsync(Func<Task> meanwhile) => HangAsync(FirstData, meanwhile);

    /// <summary>SIGSTOP to all processes of the second server, and SIGCONT when the task ends.</summary>
    public Task HangSecondAsync(Func<Task> meanwhile) => HangAsync(SecondData, meanwhile);

    /// <summary>Makes the second server the primary.</summary>
    public Task PromoteSecondAsync() => ExecuteAsync(Second, "select pg_promote()");

    /// <summary>Reads a value.</summary>
    public static async Task<T> ReadAsync<T>(string server, string query)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var data in _running)
            await RunAsync("pg_ctl", "stop", "-m", "immediate", "-w", "-D", data);
        _directory.Dispose();
    }

    private static async Task ExecuteAsync(string server, params string[] statements)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until the second server has all that the first one has.</summary>
    public async Task CatchUpAsync()
    {
        var written = await ReadAsync<string>(First, "select pg_current_wal_lsn()::text");
        var second = Everywhere(Second); // the newsroom's database may be among what it still lacks
        await Eventually.TrueAsync(async () => await ReadAsync<bool>(second, $"select pg_last_wal_replay_lsn() >= '{written}'"));
    }

    private async Task CreateAsync()
    {
        ServerUser.Current.Own(_directory.Path);
        await RunAsync("initdb", "-D", FirstData, "-U", Owner, "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync");
        await AppendAsync(
            FirstData,
            $"""
            port = {FirstPort}
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            timezone = 'UTC'
            max_connections = 200
            wal_keep_size = '1GB'
            fsync = off
            full_page_writes = off
            """
        );
        using (var copy = Process.Start("cp", ["-a", FirstData, SecondData]))
            await copy.WaitForExitAsync(TestContext.Current.CancellationToken);
        await AppendAsync(
            SecondData,
            $"""
            port = {SecondPort}
            primary_conninfo = 'host=127.0.0.1 port={FirstPort} user={Owner}'
            wal_retrieve_retry_interval = '200ms'
            """
        );
        await File.WriteAllTextAsync(Path.Combine(SecondData, "standby.signal"), "", TestContext.Current.CancellationToken);
        ServerUser.Current.Own(_directory.Path);
    }

    private static Task AppendAsync(string data, string settings) =>
        File.AppendAllTextAsync(Path.Combine(data, "postgresql.conf"), $"\n{settings}\n", TestContext.Current.CancellationToken);

    private async Task StartAsync(string data)
    {
        await RunAsync("pg_ctl", "start", "-w", "-t", "300", "-D", data, "-l", data + ".log");
        _running.Add(data);
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        var (code, printed) = await ServerUser.Current.RunAsync(_binaries.PathOf(program), arguments, CancellationToken.None);
        Assert.True(code == 0, printed);
    }

    private void Kill(string data)
    {
        foreach (var id in ProcessesOf(data))
            Kill(id);
        _running.Remove(data);
    }

    private static async Task HangAsync(string data, Func<Task> meanwhile)
    {
        var all = ProcessesOf(data);
        await SignalAsync("STOP", all);
        try
        {
            await meanwhile();
        }
        finally
        {
            await SignalAsync("CONT", all);
        }
    }

    // Some of them may have ended meanwhile.
    private static async Task SignalAsync(string name, IEnumerable<int> processes)
    {
        using var kill = Process.Start(
            new ProcessStartInfo("kill", [$"-{name}", .. processes.Select(id => $"{id}")]) { RedirectStandardError = true }
        )!;
        await kill.WaitForExitAsync(CancellationToken.None);
    }

    private static List<int> ProcessesOf(string data)
    {
        var postmaster = int.Parse(File.ReadAllLines(Path.Combine(data, "postmaster.pid"))[0], CultureInfo.InvariantCulture);
        return [postmaster, .. ChildrenOf(postmaster)];
    }

    private static IEnumerable<int> ChildrenOf(int parent) =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => name!.All(char.IsAsciiDigit))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Where(id => ParentOf(id) == parent);

    // The name of the program, in parentheses, may have spaces.
    private static int ParentOf(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it has ended
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit();
        }
        catch (ArgumentException)
        {
            // it has ended
        }
    }

    private static string Everywhere(string server) => new NpgsqlConnectionStringBuilder(server) { Database = "postgres" }.ConnectionString;

    private static string At(string hosts, string user) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = hosts,
            Username = user,
            Database = "cms",
        }.ConnectionString;
}
