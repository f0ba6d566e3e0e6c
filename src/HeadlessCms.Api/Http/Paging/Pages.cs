namespace HeadlessCms.Api.Http.Paging;

/// <summary>Creates a page from the rows of a query, which reads one extra row to find out whether there is a next page.</summary>
internal static class Pages
{
    /// <summary>Removes the extra row.</summary>
    /// <returns>The cursor of the next page; null on the last page.</returns>
    public static string? Cut<T>(List<T> rows, int size, Func<T, Cursor> cursor, HttpContext context)
    {
        if (rows.Count <= size)
            return null;
        rows.RemoveRange(size, rows.Count - size);
        return cursor(rows[^1]).Write(context.Request);
    }
}
