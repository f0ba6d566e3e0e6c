using System.ComponentModel;
using System.Diagnostics;

namespace HeadlessCms.Tests.Harness;

/// <summary>What a program wrote before it ended.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Log)
{
    /// <summary>Both streams and, unless it is 0, the exit code.</summary>
    public override string ToString() => $"{Output}{Log}{(ExitCode == 0 ? "" : $"\nIt ended with {ExitCode}.")}";
}

/// <summary>Runs a program that the tests need and the app does not.</summary>
internal static class Tool
{
    /// <summary>Runs it in <paramref name="folder"/> to its end. Skips the test where it is not installed.</summary>
    public static async Task<ToolRun> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string folder,
        params IEnumerable<(string Name, string Value)> environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Start(start);
        Assert.SkipWhen(process is null, $"{program} is not installed.");
        var cancellation = TestContext.Current.CancellationToken;
        var (output, log) = (process!.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        return new(process.ExitCode, await output, await log);
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
