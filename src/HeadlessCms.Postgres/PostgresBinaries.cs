using System.Diagnostics;
using System.Text.RegularExpressions;

namespace HeadlessCms.Postgres;

/// <summary>A directory with the server's binaries.</summary>
/// <param name="Directory">Where <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c> are.</param>
/// <param name="Major">The server's major version.</param>
internal sealed partial record PostgresBinaries(string Directory, int Major)
{
    public const int OldestMajor = 15;

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    public string PathOf(string name) => Path.Combine(Directory, name + Suffix);

    /// <summary>The newest there are, or those of <paramref name="major"/> where a cluster of that version is there already.</summary>
    public static PostgresBinaries? Find(Search search, int? major) =>
        search
            .Directories.Distinct()
            .Select(At)
            .OfType<PostgresBinaries>()
            .Where(found => major is null ? found.Major >= OldestMajor : found.Major == major)
            .MaxBy(found => found.Major);

    private static PostgresBinaries? At(string directory)
    {
        if (!Needed.All(name => File.Exists(Path.Combine(directory, name + Suffix))))
            return null;
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(Path.Combine(directory, "postgres" + Suffix), "--version") { RedirectStandardOutput = true }
            )!;
            var version = VersionNumber().Match(process.StandardOutput.ReadToEnd());
            process.WaitForExit();
            return version.Success ? new(directory, int.Parse(version.Value, System.Globalization.CultureInfo.InvariantCulture)) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // not for this machine
        }
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex VersionNumber();

    /// <summary>The directories that are looked into.</summary>
    internal sealed record Search(IReadOnlyList<string> Directories)
    {
        public static Search Usual =>
            new([
                .. OnPath(),
                .. Below("/usr/lib/postgresql", "*/bin"), // Debian, Ubuntu
                .. Below("/usr", "pgsql-*/bin"), // PGDG's RPMs
                .. Below("/opt/homebrew/opt", "postgresql*/bin"),
                .. Below("/usr/local/opt", "postgresql*/bin"),
                .. Below("/Applications/Postgres.app/Contents/Versions", "*/bin"),
                .. Below(@"C:\Program Files\PostgreSQL", "*/bin"),
            ]);

        // A distribution may put a mere link to the server on the PATH: its siblings are where the link leads.
        private static IEnumerable<string> OnPath() =>
            (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(directory => new FileInfo(Path.Combine(directory, "postgres" + Suffix)))
                .Where(file => file.Exists)
                .Select(file => (file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName))
                .Select(file => Path.GetDirectoryName(file)!);

        private static IEnumerable<string> Below(string root, string pattern)
        {
            if (!System.IO.Directory.Exists(root))
                return [];
            var (first, rest) = (pattern.Split('/')[0], pattern.Split('/')[1]);
            return System.IO.Directory.EnumerateDirectories(root, first).Select(directory => Path.Combine(directory, rest));
        }
    }
}
