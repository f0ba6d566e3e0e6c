namespace HeadlessCms.Core.Audit;

/// <summary>What was done.</summary>
public enum AuditAction
{
    /// <summary>It was made.</summary>
    Created,

    /// <summary>A new revision or version was saved.</summary>
    Saved,

    /// <summary>A revision went live.</summary>
    Published,

    /// <summary>A revision is to go live at an instant to come.</summary>
    Scheduled,

    /// <summary>A publication that had not begun was cancelled.</summary>
    Cancelled,

    /// <summary>What was live was ended, or is to end.</summary>
    Unpublished,

    /// <summary>It was taken down for cause.</summary>
    Withdrawn,

    /// <summary>It was moved to the trash.</summary>
    Trashed,

    /// <summary>It was brought back from the trash, or its withdrawal was lifted.</summary>
    Restored,

    /// <summary>It was taken out of the trash for good.</summary>
    Purged,

    /// <summary>It was deleted.</summary>
    Deleted,

    /// <summary>It was merged into another.</summary>
    Merged,

    /// <summary>It got a new secret.</summary>
    Rotated,

    /// <summary>It was taken out of use.</summary>
    Revoked,

    /// <summary>A token to look ahead was given out.</summary>
    Previewed,

    /// <summary>It was turned off, because what it sends does not arrive.</summary>
    Disabled,

    /// <summary>What it had sent was sent again.</summary>
    Replayed,
}

/// <summary>What something was done to.</summary>
public enum AuditSubject
{
    /// <summary>An article.</summary>
    Article,

    /// <summary>A person.</summary>
    Person,

    /// <summary>A place.</summary>
    Place,

    /// <summary>A topic.</summary>
    Topic,

    /// <summary>A key.</summary>
    Key,

    /// <summary>The whole site, as a preview shows it.</summary>
    Site,

    /// <summary>A webhook.</summary>
    Webhook,
}

/// <summary>
/// One line of the audit trail: who did what to what, from where, when. Written in the transaction of what it tells of; the database
/// refuses to change or delete it.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>Its place in the trail; given by the database.</summary>
    public long Id { get; private set; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Who did it.</summary>
    public string By { get; private set; } = "";

    /// <summary>The address that the request came from; null where it came from the program itself.</summary>
    public string? Address { get; private set; }

    /// <summary>What was done.</summary>
    public AuditAction Action { get; private set; }

    /// <summary>What sort of thing it was done to.</summary>
    public AuditSubject Subject { get; private set; }

    /// <summary>The thing; null for the whole site.</summary>
    public Guid? SubjectId { get; private set; }

    /// <summary>What the thing was called then: its slug or its name.</summary>
    public string? SubjectName { get; private set; }

    /// <summary>The revision or version that it is about.</summary>
    public int? Revision { get; private set; }

    /// <summary>What else there is to know: a reason, an instant, what it was merged into.</summary>
    public string? Detail { get; private set; }

    private AuditEntry() { }

    /// <summary>A line that says what was done; the context adds who did it.</summary>
    public AuditEntry(AuditAction action, AuditSubject subject, Guid? id, string? name, int? revision = null, string? detail = null) =>
        (Action, Subject, SubjectId, SubjectName, Revision, Detail) = (action, subject, id, name, revision, detail);

    internal void DoneBy(Actor actor) => (By, Address) = (actor.Name, actor.Address);
}

/// <summary>Who acts.</summary>
/// <param name="Name">The name that saves are signed with.</param>
/// <param name="Address">The address that the request came from.</param>
public sealed record Actor(string Name, string? Address)
{
    /// <summary>The program itself.</summary>
    public static readonly Actor System = new("system", null);
}
