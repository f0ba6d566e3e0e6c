using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace HeadlessCms.Benchmarks.Servers;

/// <summary>A program from the output folder, in a child process.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<ChildProcess, bool> Running = new();

    private readonly Process _process;
    private readonly Queue<string> _last = new();

    private ChildProcess(Process process)
    {
        _process = process;
        Running.TryAdd(this, true);
    }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024d / 1024d;
        }
    }

    public bool HasExited => _process.HasExited;

    public string LastLines
    {
        get
        {
            lock (_last)
                return string.Join('\n', _last);
        }
    }

    public static ChildProcess Start(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var child = new ChildProcess(Process.Start(Info(assembly, arguments, environment))!);
        child._process.OutputDataReceived += child.Keep;
        child._process.ErrorDataReceived += child.Keep;
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a program until it exits, and returns its output.</summary>
    public static async Task<string> RunAsync(
        string assembly,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment
    )
    {
        using var process = Process.Start(Info(assembly, arguments, environment))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{assembly} ended with {process.ExitCode}:\n{await output}{await errors}");
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Stops all children when this process is asked to stop.</summary>
    public static async Task StopAllAsync()
    {
        foreach (var child in Running.Keys)
            await child.DisposeAsync();
    }

    /// <summary>Sends SIGTERM, as a supervisor does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Running.TryRemove(this, out _))
            return;
        if (!_process.HasExited)
        {
            if (OperatingSystem.IsWindows())
                _process.Kill();
            else
                using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
                    await kill.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    private static ProcessStartInfo Info(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        return info;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not { } text)
            return;
        lock (_last)
        {
            _last.Enqueue(text);
            if (_last.Count > 40)
                _last.Dequeue();
        }
    }
}
