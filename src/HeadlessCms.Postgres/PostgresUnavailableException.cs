namespace HeadlessCms.Postgres;

/// <summary>There is no PostgreSQL to be had here. The message names the ways out.</summary>
public sealed class PostgresUnavailableException(string reason, Exception? inner = null)
    : Exception(
        $"""
        There is no PostgreSQL to start: {reason}
        Three ways out:
          1. Install PostgreSQL 15 or newer, so that its binaries are found:
             Debian, Ubuntu: apt install postgresql   macOS: brew install postgresql@17   Windows: winget install PostgreSQL.PostgreSQL.17
          2. Use a PostgreSQL that you have: set ConnectionStrings__Cms to "Host=…;Username=…;Password=…;Database=…".
          3. Let portable binaries be downloaded: start again with a connection to the internet.
        """,
        inner
    );
