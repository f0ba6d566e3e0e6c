using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace HeadlessCms.Benchmarks.Servers;

/// <summary>Varnish with the VCL of docs/varnish before the app, as an ordinary user.</summary>
internal sealed class VarnishServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/varnishd";

    private readonly string _directory;
    private readonly Process _process;

    private VarnishServer(string directory, Process process, IPEndPoint address) =>
        (_directory, _process, Address) = (directory, process, address);

    public static bool IsInstalled => File.Exists(Program);

    public IPEndPoint Address { get; }

    private string Work => Path.Combine(_directory, "work");

    public static async Task<VarnishServer> StartAsync(IPEndPoint app, int port)
    {
        var directory = Directory.CreateTempSubdirectory("headless-cms-varnish-").FullName;
        var work = Directory.CreateDirectory(Path.Combine(directory, "work")).FullName;
        File.Copy(Path.Combine(Documents(), "default.vcl"), Path.Combine(directory, "default.vcl"));
        await File.WriteAllTextAsync(
            Path.Combine(directory, "site.vcl"),
            $$"""
            backend default { .host = "127.0.0.1"; .port = "{{app.Port}}"; }
            acl purgers { "127.0.0.1"; }
            """
        );
        if (!OperatingSystem.IsWindows())
        {
            foreach (var path in new[] { directory, work })
                File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        }

        string[] user = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];
        string[] command = [.. user, Program, "-F", "-j", "none", "-n", work, "-a", $"127.0.0.1:{port}", "-s", "malloc,256m"];
        var process = Process.Start(
            command[0],
            [.. command[1..], "-f", Path.Combine(directory, "default.vcl"), "-p", $"vcl_path={directory}"]
        );
        var server = new VarnishServer(directory, process, new IPEndPoint(IPAddress.Loopback, port));
        using var client = new HttpClient();
        while (!process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync($"http://{server.Address}/health/live");
                return server;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50); // it compiles the VCL first
            }
        }

        await server.DisposeAsync();
        throw new InvalidOperationException("varnishd ended.");
    }

    /// <summary>How many requests were hits and misses so far.</summary>
    public async Task<(long Hits, long Misses)> CountAsync()
    {
        var start = new ProcessStartInfo("varnishstat", ["-1", "-n", Work, "-f", "MAIN.cache_hit", "-f", "MAIN.cache_miss"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var counters = (await process.StandardOutput.ReadToEndAsync())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(fields => fields[0], fields => long.Parse(fields[1], CultureInfo.InvariantCulture));
        await process.WaitForExitAsync();
        return (counters["MAIN.cache_hit"], counters["MAIN.cache_miss"]);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
                await kill.WaitForExitAsync();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    // The benchmark runs from the output folder of the checkout.
    private static string Documents()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "docs", "varnish") is var documents && Directory.Exists(documents))
                return documents;
        throw new InvalidOperationException("docs/varnish is not above the output folder.");
    }
}
