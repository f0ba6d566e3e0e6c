using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace HeadlessCms.Postgres;

/// <summary>A cluster on disk, and the server that runs it. Whoever calls holds the lock.</summary>
internal sealed class Cluster(string home, PostgresBinaries binaries, PrivatePostgresOptions options)
{
    public const string User = "cms";

    private const int Attempts = 5;
    private readonly string _data = Path.Combine(home, "data");
    private readonly string _log = Path.Combine(home, "server.log");

    public string Password { get; private set; } = "";

    /// <summary>The major version of the cluster in <paramref name="home"/>; null where there is none.</summary>
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

    /// <summary>Makes the cluster, unless it is there. What a crash left half-made is thrown away.</summary>
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

        options.Log?.Invoke($"Making a private PostgreSQL {binaries.Major} in {home}");
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

    /// <summary>The port of the server that runs the cluster and answers; null where none does.</summary>
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

    // In MB: a quarter of what memory there is, as PostgreSQL's handbook advises, but no more than a gigabyte. It is taken as it is used.
    private static long SharedBuffers => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / 1024 / 1024, 128, 1024);

    public async Task<int> StartAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var settings =
                $"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections={options.MaxConnections} -c timezone=UTC -c log_timezone=UTC"
                + (
                    options.Durable
                        ? $" -c shared_buffers={SharedBuffers}MB"
                        : " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
                );
            var (code, output) = await ServerUser.Current.RunAsync(
                binaries.PathOf("pg_ctl"),
                ["start", "-w", "-t", "60", "-D", _data, "-l", _log, "-o", settings],
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

    // A server that was killed leaves a file that names a port which somebody else may have by now: it must open to our password.
    private async Task<bool> AnswersAsync(int port, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString(port, "postgres")) { Pooling = false, Timeout = 5 };
        for (var attempt = 1; attempt <= 20; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(settings.ConnectionString);
                await connection.OpenAsync(cancellation);
                return true;
            }
            catch (PostgresException starting) when (starting.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), cancellation); // recovering from a crash
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
