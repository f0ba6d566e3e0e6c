using System.Diagnostics;
using System.Runtime.CompilerServices;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Cdn;

/// <summary>
/// Varnish with the VCL of docs/varnish, on a free port, as an ordinary user. Only 127.0.0.2 may purge without the secret.
/// </summary>
internal sealed class Varnish : IDisposable
{
    public const string Secret = "varnish-secret-of-the-tests";

    /// <summary>The address from which purges are accepted without the secret.</summary>
    public const string Purger = "127.0.0.2";

    private readonly TemporaryDirectory _directory = new();
    private readonly int _port = Ports.Free();
    private Process? _process;

    private Varnish() { }

    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>Starts it before a server of this port. Skips the test where it is not installed.</summary>
    public static async Task<Varnish> StartAsync(int backend)
    {
        var varnish = new Varnish();
        await File.WriteAllTextAsync(
            Path.Combine(varnish._directory.Path, "site.vcl"),
            $$"""
            backend default {
                .host = "127.0.0.1";
                .port = "{{backend}}";
                .probe = { .url = "/health/live"; .interval = 1s; .timeout = 5s; .window = 3; .threshold = 2; .initial = 2; }
            }
            acl purgers { "{{Purger}}"; }
            """
        );
        // Varnish reads them as an ordinary user, who may not enter the checkout.
        File.Copy(Path.Combine(Documents(), "default.vcl"), Path.Combine(varnish._directory.Path, "default.vcl"));
        try
        {
            await varnish.RunAsync();
        }
        catch
        {
            varnish.Dispose();
            throw;
        }

        return varnish;
    }

    /// <summary>Starts it anew on its port, after <see cref="StopAsync"/>, with an empty cache.</summary>
    public async Task RunAsync()
    {
        var work = Path.Combine(_directory.Path, $"work-{Guid.CreateVersion7():N}");
        Directory.CreateDirectory(work);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var path in new[] { _directory.Path, work })
                File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        }

        // setpriv becomes varnishd, so that the process is the one to end.
        string[] user = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];
        string[] command =
        [
            .. user,
            Program(),
            "-F",
            "-j",
            "none",
            "-n",
            work,
            "-a",
            $"127.0.0.1:{_port}",
            "-f",
            Path.Combine(_directory.Path, "default.vcl"),
            "-p",
            $"vcl_path={_directory.Path}",
            "-s",
            "malloc,256m",
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["CMS_PURGE_SECRET"] = Secret },
        };
        _process = Process.Start(start)!;
        var said = new System.Collections.Concurrent.ConcurrentQueue<string?>();
        _process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data); // or the pipe fills
        _process.OutputDataReceived += (_, line) => said.Enqueue(line.Data);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        using var client = Patience.Client(Address);
        await Eventually.TrueAsync(async () =>
        {
            Assert.False(_process.HasExited, $"varnishd ended: {string.Join('\n', said)}");
            try
            {
                using var answer = await client.GetAsync("/health/live", TestContext.Current.CancellationToken);
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    /// <summary>Ends it, and what it has cached.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            // The cache process ends with the one that manages it.
            using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
                kill.WaitForExit();
            if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
                _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }

        _directory.Dispose();
    }

    private static string Program()
    {
        var found = new[] { "/usr/sbin/varnishd", "/usr/local/sbin/varnishd", "/usr/bin/varnishd" }.FirstOrDefault(File.Exists);
        if (found is null)
            Assert.Skip("varnishd is not installed.");
        return found!;
    }

    private static string Documents([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "varnish"));
}
