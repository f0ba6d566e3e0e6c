using System.ComponentModel;
using System.Diagnostics;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Cluster;

/// <summary>
/// PgBouncer in transaction mode before one database, with a few connections, so that each transaction may get another session.
/// </summary>
internal sealed class PgBouncer : IDisposable
{
    private const int Sessions = 5;

    private readonly TemporaryDirectory _directory;
    private readonly int _port;
    private readonly string _anyDatabase;
    private readonly string _ignores;
    private Process _process;

    private PgBouncer(TemporaryDirectory directory, Process process, int port, string anyDatabase, string ignores) =>
        (_directory, _process, _port, _anyDatabase, _ignores) = (directory, process, port, anyDatabase, ignores);

    /// <summary>Starts it. Skips the test where it is not installed.</summary>
    /// <param name="direct">Where PostgreSQL is, for each login by which the pooler is asked for a database of this name.</param>
    /// <param name="ignores">The startup parameters that are dropped. Others are refused.</param>
    public static async Task<PgBouncer> StartAsync(
        IReadOnlyDictionary<string, NpgsqlConnectionStringBuilder> direct,
        string ignores = "extra_float_digits, options"
    )
    {
        var (directory, port) = (new TemporaryDirectory(), Ports.Free());
        var file = FileIn(directory);
        await WriteAsync(file, port, direct, ignores);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(directory.Path, (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);
        }

        Process process;
        try
        {
            process = Launch(file);
        }
        catch (Win32Exception)
        {
            directory.Dispose();
            Assert.Skip("pgbouncer is not installed.");
            throw;
        }

        var pooler = new PgBouncer(directory, process, port, direct.Keys.First(), ignores);
        await pooler.ReadyAsync();
        return pooler;
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGSTOP or SIGCONT.</summary>
    public Task SignalAsync(string name) => AppProcess.SignalAsync(_process, name);

    /// <summary>Starts it after it was killed, on the same port.</summary>
    public Task StartAgainAsync()
    {
        _process.Dispose();
        _process = Launch(FileIn(_directory));
        return ReadyAsync();
    }

    /// <summary>Leads to other servers from now on, as an operator does after a failover.</summary>
    public async Task LeadToAsync(IReadOnlyDictionary<string, NpgsqlConnectionStringBuilder> direct)
    {
        await WriteAsync(FileIn(_directory), _port, direct, _ignores);
        await SignalAsync("HUP");
    }

    /// <summary>The way to the database through the pooler.</summary>
    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = _port,
            Database = database,
            Username = "anyone",
        }.ConnectionString;

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
        _directory.Dispose();
    }

    private static Task WriteAsync(string file, int port, IReadOnlyDictionary<string, NpgsqlConnectionStringBuilder> direct, string ignores)
    {
        var databases = direct.Select(one =>
            $"{one.Key} = host={one.Value.Host} port={one.Value.Port} dbname={one.Value.Database} user={one.Value.Username}"
            + (one.Value.Password is { } password ? $" password={password}" : "")
        );
        return File.WriteAllTextAsync(
            file,
            $"""
            [databases]
            {string.Join('\n', databases)}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = {Sessions}
            max_client_conn = 400
            server_login_retry = 1
            ignore_startup_parameters = {ignores}
            """
        );
    }

    private static string FileIn(TemporaryDirectory directory) => Path.Combine(directory.Path, "pgbouncer.ini");

    private static Process Launch(string file)
    {
        // It refuses to run as root.
        string[] user = Environment.IsPrivilegedProcess ? ["-u", "postgres"] : [];
        var process = Process.Start(new ProcessStartInfo("pgbouncer", ["-q", .. user, file]) { RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { }; // or the pipe fills
        process.BeginErrorReadLine();
        return process;
    }

    private async Task ReadyAsync()
    {
        var probe = ConnectionString(_anyDatabase) + ";Pooling=false";
        await Eventually.TrueAsync(async () =>
        {
            Assert.False(_process.HasExited, "pgbouncer ended.");
            try
            {
                await using var connection = new NpgsqlConnection(probe);
                await connection.OpenAsync(TestContext.Current.CancellationToken);
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        });
    }
}
