using System.Collections.Concurrent;
using System.Diagnostics;

namespace HeadlessCms.Tests.Harness;

/// <summary>The app in its own process, as <c>dotnet run</c> starts it: in Development, with a private PostgreSQL.</summary>
public sealed class AppProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output;

    private AppProcess(Process process, ConcurrentQueue<string> output, Uri address) =>
        (_process, _output, Address) = (process, output, address);

    public Uri Address { get; }

    /// <summary>What it has written to standard output.</summary>
    public string Output => string.Join('\n', _output);

    public static Task<AppProcess> StartAsync(string dataDirectory, params string[] settings) =>
        StartAsync(dataDirectory, new Uri($"http://127.0.0.1:{Ports.Free()}"), settings);

    /// <summary>Starts it at this address.</summary>
    public static async Task<AppProcess> StartAsync(string dataDirectory, Uri address, string[] settings)
    {
        var output = new ConcurrentQueue<string>();
        var process = Run(dataDirectory, [$"--urls={address}", .. settings], output.Enqueue);
        var app = new AppProcess(process, output, address);
        try
        {
            await app.ReadyAsync();
            return app;
        }
        catch
        {
            app.Dispose(); // or it would go on in a directory that the test deletes, which would hide why it failed
            throw;
        }
    }

    private async Task ReadyAsync()
    {
        using var client = Patience.Client(Address);
        var waited = Stopwatch.StartNew();
        while (true)
        {
            Assert.False(_process.HasExited, "The app exited before it was ready.");
            Assert.True(waited.Elapsed < Patience.Limit, $"The app was not ready within {Patience.Limit}.");
            try
            {
                using var ready = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
                if (ready.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Runs a verb of the app and returns its exit code.</summary>
    public static async Task<int> RunToEndAsync(string dataDirectory, params string[] arguments) =>
        (await ReadToEndAsync(dataDirectory, arguments)).ExitCode;

    /// <summary>Runs a verb of the app and returns its exit code and standard output.</summary>
    public static async Task<(int ExitCode, string Output)> ReadToEndAsync(string dataDirectory, params string[] arguments)
    {
        var output = new System.Text.StringBuilder();
        using var process = Run(dataDirectory, arguments, line => output.AppendLine(line));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.ToString());
    }

    /// <summary>Runs a verb of the app and kills it once <paramref name="enough"/> holds.</summary>
    public static async Task RunUntilAsync(string dataDirectory, Func<Task<bool>> enough, params string[] arguments)
    {
        using var process = Run(dataDirectory, arguments);
        try
        {
            await Eventually.TrueAsync(async () => process.HasExited || await enough());
            Assert.False(process.HasExited, "It ended before the condition held.");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A client with the development key of the data directory.</summary>
    public HttpClient Client(string dataDirectory)
    {
        var client = Patience.Client(Address);
        client.DefaultRequestHeaders.Authorization = new("Bearer", File.ReadAllText(Path.Combine(dataDirectory, "admin.key")).Trim());
        return client;
    }

    /// <summary>kill -9. What is still to come of its output is not waited for: a process that it started may hold it open.</summary>
    public void Kill()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(Patience.Limit), $"The app did not end within {Patience.Limit}.");
    }

    /// <summary>Sends SIGTERM, as a supervisor does, and waits for the exit.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await ExitAsync();
    }

    /// <summary>Sends a signal: <c>TERM</c>, <c>STOP</c>, <c>CONT</c>.</summary>
    public Task SignalAsync(string name) => SignalAsync(_process, name);

    /// <summary>Sends a signal to a process that a test started.</summary>
    internal static async Task SignalAsync(Process process, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for the exit and returns its code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static Process Run(string dataDirectory, string[] arguments, Action<string>? written = null)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Cms__DataDirectory"] = dataDirectory;
        start.Environment["Cms__SampleContent"] = "false";
        start.Environment["DOTNET_TieredPGO"] = "0"; // as the tests' own process
        start.Environment.Remove("ConnectionStrings__Cms");
        // The app takes the newest version on the machine: this adds the suite's own, where it is not installed, to the choice.
        if (PostgresVersions.Chosen is { } chosen)
            start.Environment["PATH"] = $"{chosen.Directory}{Path.PathSeparator}{start.Environment["PATH"]}";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
                written?.Invoke(text);
        };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}

/// <summary>A directory that is deleted after the test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("headless-cms-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
