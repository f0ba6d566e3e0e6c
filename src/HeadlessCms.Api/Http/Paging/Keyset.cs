using System.Linq.Expressions;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Http.Paging;

/// <summary>Orders that lists are read in page by page: by a key that an index has, and by id where the key is equal.</summary>
internal static class Keyset
{
    public static Keyset<TRow, DateTimeOffset> Newest<TRow>(Expression<Func<TRow, DateTimeOffset>> key, Expression<Func<TRow, Guid>> id) =>
        new(key, id, IsDescending: true, last => last.Instant);

    public static Keyset<TRow, DateTimeOffset> Oldest<TRow>(Expression<Func<TRow, DateTimeOffset>> key, Expression<Func<TRow, Guid>> id) =>
        new(key, id, IsDescending: false, last => last.Instant);

    public static Keyset<TRow, string> ByName<TRow>(Expression<Func<TRow, string>> key, Expression<Func<TRow, Guid>> id) =>
        new(Collated(key), id, IsDescending: false, last => last.Key);

    /// <summary>By a text that the database compares by its characters alone.</summary>
    public static Keyset<TRow, string> ByPlace<TRow>(Expression<Func<TRow, string>> key, Expression<Func<TRow, Guid>> id) =>
        new(key, id, IsDescending: false, last => last.Key);

    /// <summary>By a number that is unique in the list, highest first.</summary>
    public static Keyset<TRow, TKey> Highest<TRow, TKey>(Expression<Func<TRow, TKey>> key)
        where TKey : IParsable<TKey> => new(key, null, IsDescending: true, last => last.Value<TKey>());

    private static Expression<Func<TRow, string>> Collated<TRow>(Expression<Func<TRow, string>> name)
    {
        Expression<Func<string, string>> collated = value => EF.Functions.Collate(value, NameOrder.Collation);
        var body = new Replacing(collated.Parameters[0], name.Body).Visit(collated.Body);
        return Expression.Lambda<Func<TRow, string>>(body, name.Parameters);
    }
}

/// <summary>An order by a key, and by id where the key is equal.</summary>
/// <param name="Key">The key.</param>
/// <param name="Id">The id; null where the key is unique.</param>
/// <param name="IsDescending">Whether the greatest key comes first.</param>
/// <param name="KeyOf">The key of a cursor.</param>
internal sealed record Keyset<TRow, TKey>(
    Expression<Func<TRow, TKey>> Key,
    Expression<Func<TRow, Guid>>? Id,
    bool IsDescending,
    Func<Cursor, TKey> KeyOf
)
{
    public IOrderedQueryable<TRow> Sort(IQueryable<TRow> rows) =>
        (Id, IsDescending) switch
        {
            (null, false) => rows.OrderBy(Key),
            (null, true) => rows.OrderByDescending(Key),
            ({ } id, false) => rows.OrderBy(Key).ThenBy(id),
            ({ } id, true) => rows.OrderByDescending(Key).ThenByDescending(id),
        };

    /// <summary>The rows after the last one of a page; all where there was none.</summary>
    public IQueryable<TRow> After(IQueryable<TRow> rows, Cursor? last) => last is { } cursor ? Compared(rows, cursor, isAfter: true) : rows;

    /// <summary>The rows before that of a cursor.</summary>
    public IQueryable<TRow> Before(IQueryable<TRow> rows, Cursor cursor) => Compared(rows, cursor, isAfter: false);

    /// <summary>Reads a page: one row more than it holds tells whether there is a next one.</summary>
    /// <param name="rows">The whole list.</param>
    /// <param name="query">Which page of it.</param>
    /// <param name="select">What is read of the rows.</param>
    /// <param name="cursorOf">Where the list goes on after an item.</param>
    /// <param name="context">The request.</param>
    public async Task<Page<TItem>> ReadAsync<TItem>(
        IQueryable<TRow> rows,
        PageQuery query,
        Func<IQueryable<TRow>, IQueryable<TItem>> select,
        Func<TItem, Cursor> cursorOf,
        HttpContext context
    )
    {
        var last = Cursor.Read(query.Cursor, context.Request);
        int? total = query.Count == true ? await rows.CountAsync(context.RequestAborted) : null;
        var items = await select(Sort(After(rows, last)).Take(query.Size + 1)).ToListAsync(context.RequestAborted);
        return new(items, Pages.Cut(items, query.Size, cursorOf, context)) { Total = total };
    }

    private IQueryable<TRow> Compared(IQueryable<TRow> rows, Cursor cursor, bool isAfter)
    {
        var (key, id) = (KeyOf(cursor), cursor.Id);
        var row = Key.Parameters[0];
        if (Id is null)
        {
            Expression<Func<TKey>> value = () => key; // a member of a closure, which EF Core makes a parameter
            return rows.Where(
                Expression.Lambda<Func<TRow, bool>>(
                    isAfter == IsDescending ? Expression.LessThan(Key.Body, value.Body) : Expression.GreaterThan(Key.Body, value.Body),
                    row
                )
            );
        }

        Expression<Func<TKey, Guid, bool>> compare =
            isAfter == IsDescending
                ? (rowKey, rowId) => EF.Functions.LessThan(ValueTuple.Create(rowKey, rowId), ValueTuple.Create(key, id))
                : (rowKey, rowId) => EF.Functions.GreaterThan(ValueTuple.Create(rowKey, rowId), ValueTuple.Create(key, id));
        var rowId = new Replacing(Id.Parameters[0], row).Visit(Id.Body);
        var body = new Replacing(compare.Parameters[1], rowId).Visit(new Replacing(compare.Parameters[0], Key.Body).Visit(compare.Body));
        return rows.Where(Expression.Lambda<Func<TRow, bool>>(body, row));
    }
}

/// <summary>Puts an expression in the place of a parameter.</summary>
internal sealed class Replacing(ParameterExpression parameter, Expression by) : ExpressionVisitor
{
    protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? by : node;
}
