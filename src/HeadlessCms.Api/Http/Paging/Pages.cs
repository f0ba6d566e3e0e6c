namespace HeadlessCms.Api.Http.Paging;

/// <summary>Makes a page of the rows that were read: one more than it holds, to see whether there is a next one.</summary>
internal static class Pages
{
    /// <summary>Leaves as many rows as a page holds.</summary>
    /// <returns>Where the list goes on; null where it does not.</returns>
    public static string? Cut<T>(List<T> rows, int size, Func<T, Cursor> cursor, HttpContext context)
    {
        if (rows.Count <= size)
            return null;
        rows.RemoveRange(size, rows.Count - size);
        return cursor(rows[^1]).Write(context.Request);
    }
}
