using HeadlessCms.Core.Audit;

namespace HeadlessCms.Core.Changes;

/// <summary>An entity that records what is done to it. Saving writes that to the audit trail and to the change log.</summary>
public abstract class LoggedEntity
{
    private readonly List<AuditEntry> _audit = [];
    private readonly List<Change> _changes = [];

    private protected void Log(AuditEntry entry) => _audit.Add(entry);

    private protected void Log(Change change) => _changes.Add(change);

    internal IReadOnlyList<AuditEntry> TakeAudit() => Take(_audit);

    internal IReadOnlyList<Change> TakeChanges() => Take(_changes);

    private static T[] Take<T>(List<T> recorded)
    {
        T[] taken = [.. recorded];
        recorded.Clear();
        return taken;
    }
}
