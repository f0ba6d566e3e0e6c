using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Audit;

/// <summary><c>/editorial/v1/audit</c>: who did what to what, from where, when.</summary>
internal static class AuditEndpoints
{
    private static readonly Keyset<AuditEntry, long> NewestFirst = Keyset.Highest((AuditEntry row) => row.Id);

    public static void MapAudit(this RouteGroupBuilder editorial) =>
        editorial.MapGroup("/audit").WithTags(OpenApiDocuments.Administration).MapRead("/", List, "listAudit").For(Role.Reader);

    /// <summary>Lists the entries of the audit trail, newest first.</summary>
    /// <remarks>
    /// Filters are combined with AND. The trail is append-only: the database refuses to change an entry, and to delete one that is younger
    /// than 90 days. Older ones may be deleted as `Cms:Retention:Audit` says. Only admins see addresses.
    /// </remarks>
    private static async Task<PageResult<AuditItem>> List([AsParameters] AuditQuery query, NewsroomDbContext db, HttpContext context)
    {
        var seesAddresses = context.User.IsInRole(Policies.Of(Role.Admin));
        return new(
            await NewestFirst.ReadAsync(
                Filter(db.Audit.AsNoTracking(), query),
                query,
                rows =>
                    rows.Select(row => new AuditItem(
                        row.Id,
                        row.At,
                        row.By,
                        seesAddresses ? row.Address : null,
                        row.Action,
                        new AuditItemSubject(row.Subject, row.SubjectId, row.SubjectName),
                        row.Revision,
                        row.Detail
                    )),
                item => Cursor.At(item.Id),
                context
            )
        );
    }

    private static IQueryable<AuditEntry> Filter(IQueryable<AuditEntry> rows, AuditQuery query)
    {
        if (query.By is { } by)
            rows = rows.Where(row => row.By == by);
        if (query.Action is { } action)
        {
            var value = EnumNames.Parse<AuditAction>(action);
            rows = rows.Where(row => row.Action == value);
        }

        if (query.Kind is { } kind)
        {
            var value = EnumNames.Parse<AuditSubject>(kind);
            rows = rows.Where(row => row.Subject == value);
        }

        if (query.Subject is { } subject)
            rows = Guid.TryParseExact(subject, "D", out var id)
                ? rows.Where(row => row.SubjectId == id)
                : rows.Where(row => row.SubjectName == subject);
        if (query.After is { } after)
            rows = rows.Where(row => row.At > after);
        if (query.Before is { } before)
            rows = rows.Where(row => row.At < before);
        return rows;
    }
}

/// <summary>The parameters of the audit trail.</summary>
public sealed class AuditQuery : PageQuery
{
    /// <summary>Entries of this caller: the name for signing saves.</summary>
    public string? By { get; init; }

    /// <summary>Entries with this action.</summary>
    [OneOf<AuditAction>]
    public string? Action { get; init; }

    /// <summary>Entries about this kind of thing.</summary>
    [OneOf<AuditSubject>]
    public string? Kind { get; init; }

    /// <summary>Entries about this thing: its id, or its slug or name at the time.</summary>
    public string? Subject { get; init; }

    /// <summary>Entries after this instant.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Entries before this instant.</summary>
    public DateTimeOffset? Before { get; init; }
}

/// <summary>An entry of the audit trail.</summary>
/// <param name="Id">Its number, ascending.</param>
/// <param name="At">When it was done.</param>
/// <param name="By">Who did it.</param>
/// <param name="Address">The address of the caller; null where you may not see it, or where there was no request.</param>
/// <param name="Action">What was done.</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="Revision">The revision or version.</param>
/// <param name="Detail">Details: a note, a reason, an instant.</param>
public sealed record AuditItem(
    long Id,
    DateTimeOffset At,
    string By,
    string? Address,
    AuditAction Action,
    AuditItemSubject Subject,
    int? Revision,
    string? Detail
);

/// <summary>What something was done to.</summary>
/// <param name="Kind">The kind of thing.</param>
/// <param name="Id">The id of the thing; null for the whole site.</param>
/// <param name="Name">Its slug or name at the time.</param>
public sealed record AuditItemSubject(AuditSubject Kind, Guid? Id, string? Name);
