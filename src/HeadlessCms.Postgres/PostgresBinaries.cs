using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace HeadlessCms.Postgres;

/// <summary>A directory with the server's programs.</summary>
/// <param name="Directory">The directory of <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</param>
/// <param name="Major">The server's major version.</param>
internal sealed partial record PostgresBinaries(string Directory, int Major)
{
    public const int OldestMajor = 15;

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    public string PathOf(string name) => Path.Combine(Directory, name + Suffix);

    /// <summary>The newest supported version, or <paramref name="major"/>: only it can open the cluster that it created.</summary>
    public static PostgresBinaries? Find(Search search, int? major) =>
        All(search).Where(found => major is null ? found.Major >= OldestMajor : found.Major == major).MaxBy(found => found.Major);

    /// <summary>Every installation in the directories searched.</summary>
    public static IEnumerable<PostgresBinaries> All(Search search) => search.Directories.Distinct().Select(At).OfType<PostgresBinaries>();

    private static PostgresBinaries? At(string directory)
    {
        if (!Needed.All(name => File.Exists(Path.Combine(directory, name + Suffix))))
            return null;
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(Path.Combine(directory, "postgres" + Suffix), "--version")
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            var version = VersionNumber().Match(process.StandardOutput.ReadToEnd());
            process.WaitForExit();
            return version.Success ? new(directory, int.Parse(version.Value, CultureInfo.InvariantCulture)) : null;
        }
        catch (Win32Exception)
        {
            return null; // built for another platform, or not executable
        }
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex VersionNumber();

    /// <summary>The directories in which binaries are searched; among installations of the same version the first is taken.</summary>
    internal sealed record Search(IReadOnlyList<string> Directories)
    {
        /// <summary>PATH, and where the packages of each platform install PostgreSQL.</summary>
        public static Search Usual => In("/", Environment.GetEnvironmentVariable("PATH") ?? "");

        /// <param name="root">The root of the file system.</param>
        /// <param name="path">The value of PATH.</param>
        public static Search In(string root, string path) =>
            new([
                .. OnPath(path),
                .. Below(root, "usr/lib/postgresql", "*/bin"), // Debian, Ubuntu
                .. Below(root, "usr", "pgsql-*/bin"), // RPMs of the PostgreSQL project
                .. Below(root, "usr/lib", "postgresql*/bin"), // openSUSE
                .. Below(root, "opt/homebrew/opt", "postgresql*/bin"), // Homebrew on Apple silicon
                .. Below(root, "usr/local/opt", "postgresql*/bin"), // Homebrew on Intel
                .. Below(root, "Applications/Postgres.app/Contents/Versions", "*/bin"),
                .. Below(root, "Library/PostgreSQL", "*/bin"), // the macOS installer
                .. Below(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL", "*/bin"), // the Windows installer
            ]);

        // Some distributions put only a link to the server on the PATH, so initdb and pg_ctl are beside its target.
        private static IEnumerable<string> OnPath(string path) =>
            path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(directory => new FileInfo(Path.Combine(directory, "postgres" + Suffix)))
                .Where(file => file.Exists)
                .Select(file => file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName)
                .Select(file => Path.GetDirectoryName(file)!);

        private static IEnumerable<string> Below(string root, string folder, string pattern)
        {
            var parent = Path.Combine(root, folder);
            if (root.Length == 0 || !System.IO.Directory.Exists(parent))
                return [];
            var (first, rest) = (pattern.Split('/')[0], pattern.Split('/')[1]);
            return System.IO.Directory.EnumerateDirectories(parent, first).Select(directory => Path.Combine(directory, rest));
        }
    }
}
