using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HeadlessCms.Core.Storage;

/// <summary>
/// Each transaction of the newsroom enters by a shared advisory lock before it locks anything else. Who applies a schema takes it
/// exclusively and so waits for the open transactions, while later ones wait at the gate with nothing in their hands: otherwise each would
/// hold a table that the other one needs.
/// </summary>
public sealed class UpgradeGate : DbTransactionInterceptor
{
    /// <summary>The key of the advisory lock: any number that nobody else uses.</summary>
    public const long Lock = 4_843_541_077_236_011_009;

    /// <inheritdoc/>
    public override async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection,
        TransactionEndEventData eventData,
        DbTransaction result,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(eventData);
        await eventData.Context!.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared({Lock})", cancellationToken);
        return result;
    }
}
