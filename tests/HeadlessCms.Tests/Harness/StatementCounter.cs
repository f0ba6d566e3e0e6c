using System.Collections.Concurrent;
using System.Data.Common;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace HeadlessCms.Tests.Harness;

/// <summary>A statement as sent, with its parameters.</summary>
public sealed record SentStatement(string Text, IReadOnlyList<NpgsqlParameter> Parameters);

/// <summary>Counts the SQL statements of both contexts, and records those of the live context on request.</summary>
public sealed class StatementCounter : DbCommandInterceptor
{
    private int _count;
    private int _reads;
    private int _openReads;
    private ConcurrentQueue<SentStatement>? _kept;

    /// <summary>The number of statements sent while <paramref name="during"/> ran.</summary>
    public async Task<int> CountAsync(Func<Task> during)
    {
        var before = Volatile.Read(ref _count);
        await during();
        return Volatile.Read(ref _count) - before;
    }

    /// <summary>The number of statements of the live context, which no background work uses.</summary>
    public async Task<int> CountReadsAsync(Func<Task> during)
    {
        var before = Volatile.Read(ref _reads);
        await during();
        return Volatile.Read(ref _reads) - before;
    }

    /// <summary>The statements of the live context sent while <paramref name="during"/> ran.</summary>
    public async Task<IReadOnlyList<SentStatement>> RecordReadsAsync(Func<Task> during)
    {
        var kept = _kept = [];
        await during();
        _kept = null;
        return [.. kept];
    }

    /// <summary>The number of the live context's result sets that are still open.</summary>
    public int OpenReads => Volatile.Read(ref _openReads);

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is LiveDbContext)
            Interlocked.Increment(ref _openReads);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult DataReaderDisposing(
        DbCommand command,
        DataReaderDisposingEventData eventData,
        InterceptionResult result
    )
    {
        if (eventData.Context is LiveDbContext)
            Interlocked.Decrement(ref _openReads);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is LiveDbContext)
        {
            Interlocked.Increment(ref _reads);
            _kept?.Enqueue(
                new SentStatement(
                    command.CommandText,
                    [.. command.Parameters.Cast<NpgsqlParameter>().Select(parameter => parameter.Clone())]
                )
            );
        }

        Interlocked.Increment(ref _count);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Interlocked.Increment(ref _count);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<object> result,
        CancellationToken cancellationToken = default
    )
    {
        Interlocked.Increment(ref _count);
        return ValueTask.FromResult(result);
    }
}
