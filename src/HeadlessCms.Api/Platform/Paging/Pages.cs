using HeadlessCms.Api.Platform.Input;

namespace HeadlessCms.Api.Platform.Paging;

/// <summary>Makes a page of the rows that were read: one more than it holds, to see whether there is a next one.</summary>
internal static class Pages
{
    public static PageResult<T> Of<T>(List<T> rows, int size, Func<T, Cursor> cursor, HttpContext context, int? total, PickedFields? picked = null)
    {
        var more = rows.Count > size;
        if (more) rows.RemoveAt(rows.Count - 1);
        return new PageResult<T>(new Page<T>(rows, more ? cursor(rows[^1]).Write(context.Request) : null) { Total = total }, picked);
    }
}
