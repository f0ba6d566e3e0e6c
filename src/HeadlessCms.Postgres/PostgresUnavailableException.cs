namespace HeadlessCms.Postgres;

/// <summary>No PostgreSQL can be started on this machine. The message gives the reason and three ways out.</summary>
public sealed class PostgresUnavailableException : Exception
{
    /// <summary>There is no cluster yet, so every supported version will do.</summary>
    /// <param name="reason">What failed, as a clause that continues "PostgreSQL cannot be started:".</param>
    /// <param name="inner">The error behind it.</param>
    public PostgresUnavailableException(string reason, Exception? inner = null)
        : base(Message(reason, $"PostgreSQL {PostgresBinaries.OldestMajor} or newer", "", PortableBinaries.DefaultMajor), inner) { }

    private PostgresUnavailableException(string reason, int major, string home, Exception inner)
        : base(
            Message(reason, $"PostgreSQL {major}", $"-{major}", major)
                + $"\nIf the data are not needed, delete {home} instead: a new cluster is created by the newest version there is.",
            inner
        ) { }

    /// <summary>The cluster in <paramref name="home"/> needs the binaries of the major version that created it.</summary>
    internal static PostgresUnavailableException NeedsMajor(int major, string home, string reason, Exception inner) =>
        new(
            $"the data in {home} were created by PostgreSQL {major}, "
                + $"which was not found on this machine and could not be downloaded ({reason}).",
            major,
            home,
            inner
        );

    private static new string Message(string reason, string version, string debianSuffix, int major) =>
        $"""
            PostgreSQL cannot be started: {reason}
            Three ways out:
              1. Install {version}, so that its binaries are found:
                 Debian, Ubuntu: apt install postgresql{debianSuffix}
                 macOS: brew install postgresql@{major}
                 Windows: winget install PostgreSQL.PostgreSQL.{major}
              2. Use a server that is running: set ConnectionStrings__Cms to "Host=…;Username=…;Password=…;Database=…".
              3. Let portable binaries be downloaded: start again with a connection to the internet.
            """;
}
