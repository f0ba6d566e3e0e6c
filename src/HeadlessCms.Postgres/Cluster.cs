using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace HeadlessCms.Postgres;

/// <summary>A cluster on disk and its server. Callers hold the lock of the directory.</summary>
internal sealed class Cluster(string home, PostgresBinaries binaries, PrivatePostgresOptions options)
{
    public const string User = "cms";

    // Another process may take the free port before the server does.
    private const int Attempts = 5;

    // A busy machine, or recovery after a crash, may take minutes.
    private const int StartSeconds = 300;

    private readonly string _data = Path.Combine(home, "data");
    private readonly string _log = Path.Combine(home, "server.log");

    public string Password { get; private set; } = "";

    /// <summary>The major version that created the cluster in <paramref name="home"/>; null where there is none.</summary>
    public static int? MajorOf(string home)
    {
        var file = Path.Combine(home, "data", "PG_VERSION");
        return File.Exists(file) ? int.Parse(File.ReadAllText(file).Trim().Split('.')[0], CultureInfo.InvariantCulture) : null;
    }

    public string ConnectionString(int port, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = User,
            Password = Password,
            Database = database,
        }.ConnectionString;

    /// <summary>Creates the cluster unless it exists. One that a crash left incomplete is created anew.</summary>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        var passwordFile = Path.Combine(home, "password");
        if (!File.Exists(passwordFile) || !Directory.Exists(_data))
        {
            var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using var writer = new StreamWriter(passwordFile, file);
            await writer.WriteAsync(RandomNumberGenerator.GetHexString(32, lowercase: true));
        }

        Password = await File.ReadAllTextAsync(passwordFile, cancellation);
        if (Directory.Exists(_data))
            return;

        options.Log?.Invoke($"Creating a private PostgreSQL {binaries.Major} in {home}");
        var half = _data + ".new";
        if (Directory.Exists(half))
            Directory.Delete(half, recursive: true);
        ServerUser.Current.Own(home);
        string[] sync = options.Durable ? [] : ["--no-sync"];
        var (code, output) = await ServerUser.Current.RunAsync(
            binaries.PathOf("initdb"),
            ["-D", half, "-U", User, $"--pwfile={passwordFile}", "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", .. sync],
            cancellation
        );
        if (code != 0)
            throw new PostgresUnavailableException($"initdb failed:\n{output}");
        Directory.Move(half, _data);
    }

    /// <summary>The port of the server that already runs on the cluster; null where none does.</summary>
    public async Task<int?> RunningPortAsync(CancellationToken cancellation)
    {
        var file = Path.Combine(_data, "postmaster.pid");
        if (!File.Exists(file))
            return null;
        var lines = await File.ReadAllLinesAsync(file, cancellation);
        if (lines.Length < 4 || !int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port))
            return null;
        return await AnswersAsync(port, cancellation) ? port : null;
    }

    // MB: a quarter of the memory, as PostgreSQL's documentation advises, up to a gigabyte. Pages are allocated on first use.
    private static long SharedBuffers => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / 1024 / 1024, 128, 1024);

    public async Task<int> StartAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var settings =
                $"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections={options.MaxConnections}"
                + " -c timezone=UTC -c log_timezone=UTC"
                + (
                    options.Durable
                        ? $" -c shared_buffers={SharedBuffers}MB"
                        : " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
                );
            var (code, output) = await ServerUser.Current.RunAsync(
                binaries.PathOf("pg_ctl"),
                ["start", "-w", "-t", $"{StartSeconds}", "-D", _data, "-l", _log, "-o", settings],
                cancellation
            );
            if (code == 0)
                return port;
            if (attempt == Attempts)
                throw new PostgresUnavailableException($"the server did not start:\n{output}\n{LastOfLog()}");
        }
    }

    public async Task StopAsync()
    {
        var (code, output) = await ServerUser.Current.RunAsync(
            binaries.PathOf("pg_ctl"),
            ["stop", "-m", "fast", "-w", "-D", _data],
            CancellationToken.None
        );
        if (code != 0)
            options.Log?.Invoke($"The private PostgreSQL did not stop: {output}");
    }

    // A killed server leaves a file with a port that another program may have taken since, so the server must accept our password.
    private async Task<bool> AnswersAsync(int port, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString(port, "postgres")) { Pooling = false, Timeout = 30 };
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < TimeSpan.FromSeconds(StartSeconds))
        {
            try
            {
                await using var connection = new NpgsqlConnection(settings.ConnectionString);
                await connection.OpenAsync(cancellation);
                return true;
            }
            catch (PostgresException starting) when (starting.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), cancellation); // starting, recovering or stopping
            }
            catch (NpgsqlException)
            {
                return false;
            }
        }

        return false;
    }

    private string LastOfLog() => File.Exists(_log) ? string.Join('\n', File.ReadLines(_log).TakeLast(10)) : "";

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
