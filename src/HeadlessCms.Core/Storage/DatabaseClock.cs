namespace HeadlessCms.Core.Storage;

/// <summary>The one clock, in queries.</summary>
public static class DatabaseClock
{
    /// <summary>PostgreSQL's <c>cms_now()</c>: the instant of the statement, or the one that a preview set.</summary>
    public static DateTimeOffset Now() => throw new NotSupportedException("The clock is PostgreSQL's; use it in a query.");
}
