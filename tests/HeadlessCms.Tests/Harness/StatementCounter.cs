using System.Data.Common;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HeadlessCms.Tests.Harness;

/// <summary>Counts the SQL statements that both contexts send.</summary>
public sealed class StatementCounter : DbCommandInterceptor
{
    private int _count;
    private int _reads;

    /// <summary>How many were sent while <paramref name="during"/> ran.</summary>
    public async Task<int> CountAsync(Func<Task> during)
    {
        var before = Volatile.Read(ref _count);
        await during();
        return Volatile.Read(ref _count) - before;
    }

    /// <summary>How many of what is live, which no background work sends.</summary>
    public async Task<int> CountReadsAsync(Func<Task> during)
    {
        var before = Volatile.Read(ref _reads);
        await during();
        return Volatile.Read(ref _reads) - before;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is LiveDbContext) Interlocked.Increment(ref _reads);
        Interlocked.Increment(ref _count);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _count);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _count);
        return ValueTask.FromResult(result);
    }
}
