using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace HeadlessCms.Tests.Harness;

/// <summary>A Node script that reads lines of JSON and writes one line for each, to test against a JavaScript library.</summary>
/// <param name="folder">The folder of the script and its packages, beside the calling source file.</param>
/// <param name="script">The script's file name.</param>
/// <param name="package">The npm package that it needs.</param>
/// <param name="here">The calling source file.</param>
internal sealed class NodeScript(string folder, string script, string package, [CallerFilePath] string here = "")
{
    /// <summary>Its output for each of <paramref name="lines"/>. Skips the test where Node or the package is missing.</summary>
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
