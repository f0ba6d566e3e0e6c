using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace HeadlessCms.Tests.Harness;

/// <summary>A script for Node that reads lines of JSON and answers each with a line: how a library of that world is asked.</summary>
/// <param name="folder">Where the script and its packages are, beside the source file that asks.</param>
/// <param name="script">Its file.</param>
/// <param name="package">The package that it needs.</param>
/// <param name="here">The source file.</param>
internal sealed class NodeScript(string folder, string script, string package, [CallerFilePath] string here = "")
{
    /// <summary>What it answers to each of <paramref name="lines"/>. Skips the test where Node or the package is missing.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(IEnumerable<object> lines)
    {
        var place = Path.Combine(Path.GetDirectoryName(here)!, folder);
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(place, "node_modules", package)),
            $"{package} is not installed: run npm ci in {place}."
        );
        using var node = Start(
            new ProcessStartInfo("node", [script])
            {
                WorkingDirectory = place,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        );
        Assert.SkipWhen(node is null, "node is not installed.");
        var answers = node!.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        foreach (var line in lines)
            await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(line));
        node.StandardInput.Close();
        return (await answers).Split('\n', StringSplitOptions.RemoveEmptyEntries);
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
