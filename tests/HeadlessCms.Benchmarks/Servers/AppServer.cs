using System.Diagnostics;
using System.Net;

namespace HeadlessCms.Benchmarks.Servers;

/// <summary>The Release app or the yardsticks: a process that serves HTTP.</summary>
internal sealed class AppServer : IAsyncDisposable
{
    /// <summary>The key for writes.</summary>
    public const string AdminKey = "cms_bench001_0123456789abcdefghijklmnopqrstuvABCDEFGH";

    // A large newsroom from an earlier run may have to be migrated first.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private AppServer(ChildProcess process, IPEndPoint address, TimeSpan start)
    {
        (Process, Address, Start) = (process, address, start);
        Client = new HttpClient { BaseAddress = new Uri($"http://{address}"), Timeout = Patience };
    }

    public ChildProcess Process { get; }

    public IPEndPoint Address { get; }

    public HttpClient Client { get; }

    /// <summary>The time from process start to the first 200.</summary>
    public TimeSpan Start { get; }

    /// <summary>Starts the app on a database, which the app migrates first.</summary>
    public static Task<AppServer> StartAsync(string connectionString, bool cached = false, params string[] settings) =>
        WaitAsync(
            address =>
                ChildProcess.Start(
                    Path.Combine("app", "HeadlessCms.Api.dll"),
                    [$"--urls=http://{address}", .. cached ? Array.Empty<string>() : ["--Cms:Cache:MaxBytes=0"], .. settings],
                    new Dictionary<string, string>
                    {
                        ["ASPNETCORE_ENVIRONMENT"] = "Production",
                        ["ConnectionStrings__Cms"] = connectionString,
                        ["Cms__AdminKey"] = AdminKey,
                        ["Logging__LogLevel__Default"] = "Warning",
                    }
                ),
            "/content/v1/articles?limit=1"
        );

    /// <summary>Starts the yardsticks on the database of the app.</summary>
    public static Task<AppServer> StartYardsticksAsync(string connectionString) =>
        WaitAsync(
            address =>
                ChildProcess.Start(
                    "HeadlessCms.Benchmarks.dll",
                    ["yardsticks", "--urls", $"http://{address}", "--database", connectionString],
                    new Dictionary<string, string>()
                ),
            "/hello/100"
        );

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
    }

    private static async Task<AppServer> WaitAsync(Func<IPEndPoint, ChildProcess> start, string first)
    {
        var address = new IPEndPoint(IPAddress.Loopback, ChildProcess.FreePort());
        var started = Stopwatch.GetTimestamp();
        var process = start(address);
        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}"), Timeout = Patience };
        while (Stopwatch.GetElapsedTime(started) < Patience && !process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(first);
                if (answer.IsSuccessStatusCode)
                    return new AppServer(process, address, Stopwatch.GetElapsedTime(started));
            }
            catch (HttpRequestException)
            {
                // The server is not listening yet.
            }

            await Task.Delay(5);
        }

        throw new InvalidOperationException($"The server did not start:\n{process.LastLines}");
    }
}
