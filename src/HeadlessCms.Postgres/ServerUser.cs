using System.Diagnostics;
using System.Globalization;

namespace HeadlessCms.Postgres;

/// <summary>
/// Who the server runs as. PostgreSQL refuses root, so under root its programs run as an ordinary user, who owns the cluster.
/// </summary>
internal sealed class ServerUser
{
    private readonly string? _name;

    private ServerUser(string? name) => _name = name;

    public static ServerUser Current { get; } =
        OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess
            ? new ServerUser(null)
            : new ServerUser(
                new[] { "postgres", "nobody" }.FirstOrDefault(Exists)
                    ?? throw new PostgresUnavailableException(
                        "it refuses to run as root, and there is no user postgres or nobody to run it as."
                    )
            );

    /// <summary>Gives a directory, and what is in it, to the server.</summary>
    public void Own(string path)
    {
        if (_name is null)
            return;
        using var process = Process.Start("chown", ["-R", _name, path]);
        process.WaitForExit();
    }

    /// <summary>Runs a program of the server to its end.</summary>
    /// <returns>Its exit code, and what it printed.</returns>
    public async Task<(int Code, string Output)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        // A checkout may lie in a home that its user alone may enter: with CAP_DAC_OVERRIDE the server reaches its own files all the same.
        string[] command = _name is null
            ? [program, .. arguments]
            :
            [
                "setpriv",
                $"--reuid={_name}",
                $"--regid={GroupOf(_name)}",
                "--clear-groups",
                "--inh-caps=+dac_override",
                "--ambient-caps=+dac_override",
                program,
                .. arguments,
            ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, string.Join('\n', await output).Trim());
    }

    private static bool Exists(string name) => Ask("id", "-u", name) is not null;

    private static string GroupOf(string name) => Ask("id", "-g", name)!.ToString(CultureInfo.InvariantCulture);

    private static string? Ask(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var answer = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? answer : null;
    }
}
