using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Cluster;

/// <summary>HAProxy before three nodes, with the configuration of the documentation.</summary>
internal sealed class HaProxy : IDisposable
{
    private readonly Process _process;

    private HaProxy(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts it. Skips the test where it is not installed.</summary>
    public static HaProxy Start(IReadOnlyList<Uri> nodes)
    {
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var start = new ProcessStartInfo("haproxy", ["-db", "-f", Configuration()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CMS_BIND"] = address.Authority;
        for (var number = 0; number < nodes.Count; number++)
            start.Environment[$"CMS_NODE_{number + 1}"] = nodes[number].Authority;
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("haproxy is not installed.");
            throw;
        }

        process.OutputDataReceived += (_, _) => { }; // or the pipes fill
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new HaProxy(process, address);
    }

    /// <summary>Waits until it sends requests to all nodes.</summary>
    public async Task ReadyAsync()
    {
        using var client = Patience.Client(Address);
        for (var answers = 0; answers < 10; )
            await Eventually.TrueAsync(async () =>
            {
                Assert.False(_process.HasExited, "haproxy ended.");
                answers = await StatusAsync(client) == HttpStatusCode.OK ? answers + 1 : 0;
                return answers > 0;
            });
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<HttpStatusCode?> StatusAsync(HttpClient client)
    {
        try
        {
            return (await client.ReadAsync("/content/v1/articles?limit=1")).Status;
        }
        catch (HttpRequestException)
        {
            return null; // not listening yet
        }
    }

    private static string Configuration([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "haproxy", "haproxy.cfg"));
}
