using System.Globalization;
using System.Runtime.CompilerServices;
using HeadlessCms.Postgres;

namespace HeadlessCms.Tests.Harness;

/// <summary>The PostgreSQL versions that tests can run on: the installed ones, and those of the npm project in Postgres/versions.</summary>
internal static class PostgresVersions
{
    /// <summary>The environment variable that names the major version for the suite; unset, it runs on what the app would take.</summary>
    public const string Variable = "HEADLESS_CMS_TEST_POSTGRES";

    public static readonly IReadOnlyList<int> Supported = [15, 16, 17, 18];

    private const string InstallPackages =
        "npm ci --prefix tests/HeadlessCms.Tests/Postgres/versions && npm run unpack --prefix tests/HeadlessCms.Tests/Postgres/versions";

    private static readonly Lazy<IReadOnlyList<PostgresBinaries>> Installed = new(() =>
        [.. PostgresBinaries.All(PostgresBinaries.Search.Usual)]
    );

    private static readonly Lazy<IReadOnlyList<PostgresBinaries>> Packaged = new(() => [.. PostgresBinaries.All(new(PackagedPlaces()))]);

    private static readonly Lazy<PostgresBinaries?> ChosenOne = new(() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value ? Required(value) : null
    );

    /// <summary>The version that <see cref="Variable"/> names; null where it is unset.</summary>
    public static PostgresBinaries? Chosen => ChosenOne.Value;

    /// <summary>Finds the chosen version, or all that the app would find.</summary>
    public static PostgresBinaries.Search Search() =>
        Chosen is { } chosen ? new PostgresBinaries.Search([chosen.Directory]) : PostgresBinaries.Search.Usual;

    /// <summary>The binaries of a major version; skips the test where they are missing.</summary>
    public static PostgresBinaries Require(int major)
    {
        var found = Find(major);
        Assert.SkipWhen(found is null, Missing(major));
        return found!;
    }

    /// <summary>Binaries that can be moved, as the packages are built; skips the test where they are missing.</summary>
    public static PostgresBinaries RequirePackaged(int major)
    {
        var found = Packaged.Value.FirstOrDefault(one => one.Major == major);
        Assert.SkipWhen(found is null, $"The npm package of PostgreSQL {major} is missing: run {InstallPackages}.");
        return found!;
    }

    /// <summary>
    /// The installed directory of <c>pg_dump</c> and <c>pg_restore</c> from one version to another; skips the test where there is none.
    /// Older ones cannot read the source, and newer ones may set what the target does not know.
    /// </summary>
    public static string RequireDump(int from, int to)
    {
        var found = Installed
            .Value.Where(one =>
                one.Major >= from && one.Major <= to && File.Exists(one.PathOf("pg_dump")) && File.Exists(one.PathOf("pg_restore"))
            )
            .MinBy(one => one.Major);
        Assert.SkipWhen(found is null, from == to ? $"pg_dump {from} is not installed." : $"pg_dump {from} to {to} is not installed.");
        return found!.Directory;
    }

    /// <summary>The newest installed version that has <c>pg_basebackup</c>; skips the test where there is none.</summary>
    public static PostgresBinaries RequireBackup()
    {
        var found = Installed
            .Value.Where(one => File.Exists(one.PathOf("pg_basebackup")) && File.Exists(one.PathOf("pg_verifybackup")))
            .MaxBy(one => one.Major);
        Assert.SkipWhen(found is null, "pg_basebackup is not installed.");
        return found!;
    }

    private static PostgresBinaries? Find(int major) =>
        Installed.Value.Concat(Packaged.Value).FirstOrDefault(found => found.Major == major);

    private static PostgresBinaries Required(string value)
    {
        if (!int.TryParse(value, CultureInfo.InvariantCulture, out var major))
            throw new InvalidOperationException($"{Variable} must be a major version of PostgreSQL, such as 15; it is \"{value}\".");
        return Find(major) ?? throw new InvalidOperationException($"{Variable} is {major}. {Missing(major)}");
    }

    private static string Missing(int major) =>
        $"PostgreSQL {major} was not found: install it, or run {InstallPackages}. Found: {FoundOnes()}.";

    private static string FoundOnes() =>
        string.Join(
            ", ",
            Installed.Value.Concat(Packaged.Value).Select(found => $"{found.Major} in {found.Directory}").DefaultIfEmpty("none")
        );

    private static IReadOnlyList<string> PackagedPlaces([CallerFilePath] string here = "")
    {
        var packages = Path.Combine(Path.GetDirectoryName(here)!, "..", "Postgres", "versions", "node_modules");
        return Directory.Exists(packages)
            ?
            [
                .. Directory
                    .EnumerateDirectories(packages, "postgres-*")
                    .Select(package => Path.GetFullPath(Path.Combine(package, "native", "bin"))),
            ]
            : [];
    }
}
