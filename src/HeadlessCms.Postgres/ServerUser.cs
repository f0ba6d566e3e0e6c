using System.Diagnostics;
using System.Globalization;

namespace HeadlessCms.Postgres;

/// <summary>
/// The user that the server runs as. PostgreSQL refuses root, so under root its programs run as an ordinary user, who owns the cluster.
/// </summary>
internal sealed class ServerUser
{
    // PostgreSQL asks access() whether its programs may run, which ignores the capability unless this bit is set. Setting it takes
    // CAP_SETPCAP, which a container may lack.
    private static readonly Lazy<string[]> SecureBits = new(() =>
    {
        const string bits = "--securebits=+no_setuid_fixup";
        return Ask("setpriv", bits, "true") is null ? [] : [bits];
    });

    private readonly string? _name;

    private ServerUser(string? name) => _name = name;

    public static ServerUser Current { get; } =
        OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess
            ? new ServerUser(null)
            : new ServerUser(
                new[] { "postgres", "nobody" }.FirstOrDefault(Exists)
                    ?? throw new PostgresUnavailableException(
                        "it refuses to run as root, and there is neither a user postgres nor a user nobody to run it as."
                    )
            );

    /// <summary>Makes the server's user the owner of a directory and its contents.</summary>
    public void Own(string path)
    {
        if (_name is null)
            return;
        using var process = Process.Start("chown", ["-R", _name, path]);
        process.WaitForExit();
    }

    /// <summary>Runs one of the server's programs.</summary>
    /// <returns>Its exit code and its output.</returns>
    public async Task<(int Code, string Output)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        // The directory may be below a home that only its user may enter: CAP_DAC_OVERRIDE lets the server reach its files.
        string[] command = _name is null
            ? [program, .. arguments]
            :
            [
                "setpriv",
                $"--reuid={_name}",
                $"--regid={GroupOf(_name)}",
                "--clear-groups",
                .. SecureBits.Value,
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
