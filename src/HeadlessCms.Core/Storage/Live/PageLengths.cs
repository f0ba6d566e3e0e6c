using System.Linq.Expressions;
using System.Reflection;

namespace HeadlessCms.Core.Storage.Live;

/// <summary>
/// The lengths of pages that PostgreSQL knows while it plans. It takes a limit that is a parameter for a tenth of all rows, finds each time
/// that it
/// can plan better for the number that was sent, and plans anew at each request, which takes longer than to read the page.
/// </summary>
public static class PageLengths
{
    // Few, so that there are few statements. Each is a function of the database, which PostgreSQL works out before it plans.
    internal static readonly (int Length, MethodInfo Method, string Name)[] All =
    [
        .. new[] { 6, 11, 21, 51, 101 }.Select(length => (length, typeof(PageLengths).GetMethod($"Rows{length}")!, $"rows_{length}")),
    ];

    /// <summary>6.</summary>
    public static int Rows6() => throw new NotSupportedException();

    /// <summary>11.</summary>
    public static int Rows11() => throw new NotSupportedException();

    /// <summary>21.</summary>
    public static int Rows21() => throw new NotSupportedException();

    /// <summary>51.</summary>
    public static int Rows51() => throw new NotSupportedException();

    /// <summary>101.</summary>
    public static int Rows101() => throw new NotSupportedException();

    /// <summary>
    /// At least so many rows where there are as many: up to 101, as many as the next of these lengths has. What is too many is the caller's
    /// to leave.
    /// </summary>
    /// <param name="rows">What is live, in an order.</param>
    /// <param name="count">How many are wanted.</param>
    public static IQueryable<T> TakePlanned<T>(this IQueryable<T> rows, int count)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Array.Find(All, length => length.Length >= count).Method is { } length
            ? rows.Provider.CreateQuery<T>(
                Expression.Call(typeof(Queryable), nameof(Queryable.Take), [typeof(T)], rows.Expression, Expression.Call(length))
            )
            : rows.Take(count);
    }
}
