using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Platform.Paging;

/// <summary>
/// Reads so many rows by a statement that says how many. PostgreSQL takes a tenth of all rows for a limit that is a parameter, finds each time
/// that it can plan better for the number that was sent, and plans anew at each request, which takes longer than to read the page.
/// </summary>
internal static class PlannedPages
{
    // Few lengths, so few statements: what is read beyond what was asked for is left.
    private static readonly int[] Lengths = [6, 11, 21, 51, 101];

    /// <summary>At least so many rows where there are as many, and no more than are read for the next usual length of a page.</summary>
    public static IQueryable<T> TakePlanned<T>(this IQueryable<T> rows, int count) => rows.TakeLiterally(LengthFor(count));

    /// <summary>The next usual length of a page that holds so many.</summary>
    public static int LengthFor(int count) => Array.Find(Lengths, length => length >= count) is > 0 and var length ? length : count;

    private static IQueryable<T> TakeLiterally<T>(this IQueryable<T> rows, int count)
    {
        Expression<Func<int>> literal = () => EF.Constant(count);
        return rows.Provider.CreateQuery<T>(Expression.Call(typeof(Queryable), nameof(Queryable.Take), [typeof(T)], rows.Expression, literal.Body));
    }
}
