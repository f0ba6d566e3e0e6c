using HeadlessCms.Core.Storage.Live;
using Npgsql;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>
/// Refuses each new connection of the read side that may read or write drafts. A role that is taken by startup options is lost behind a
/// pooler that drops them, without an error.
/// </summary>
internal sealed class LiveRoleCheck
{
    private const string MayUseDrafts = """
        select exists (
          select from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'public' and c.relname = 'revisions' and has_table_privilege(c.oid, 'select, insert, update, delete'))
        """;

    private int _logged;

    /// <summary>Where the refusal is logged, once.</summary>
    public ILogger? Logger { get; set; }

    public void Run(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(MayUseDrafts, connection);
        Refuse(command.ExecuteScalar());
    }

    public async Task RunAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(MayUseDrafts, connection);
        Refuse(await command.ExecuteScalarAsync());
    }

    private void Refuse(object? mayUseDrafts)
    {
        if (mayUseDrafts is not true)
            return;
        if (Interlocked.Exchange(ref _logged, 1) == 0)
            Logger?.LogError(
                "Content and Feeds answer 503: their connection may read drafts. The role {Role} is not in force, because the owner may "
                    + "not take it on, or because a pooler drops startup options. Set ConnectionStrings:CmsLive to a login that is a "
                    + "member of that role and of nothing else, or Cms:AllowSharedRole=true to rely on the views alone",
                LiveDbContext.Role
            );
        throw new SharedRoleException();
    }
}

/// <summary>A connection of the read side has more rights than the role <c>cms_live</c>. To a caller the database is away.</summary>
internal sealed class SharedRoleException() : NpgsqlException("The read side's connection may read drafts.")
{
    public override bool IsTransient => true;
}
