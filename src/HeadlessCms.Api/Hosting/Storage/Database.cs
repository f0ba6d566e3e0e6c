using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using Npgsql;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>The two ways into PostgreSQL: the whole newsroom, and what is live.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly Lazy<NpgsqlDataSource> _live;

    public Database(string connectionString, TimeSpan? readTimeout = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!settings.ContainsKey("Application Name"))
            settings.ApplicationName = "HeadlessCms";
        if (settings.MaxAutoPrepare == 0)
            settings.MaxAutoPrepare = 200;
        settings.Options = $"{settings.Options} -c jit=off".Trim(); // statements here are short: to compile one takes longer than to run it
        // Nothing is set, locked or listened to for longer than a transaction; what would be has a connection of its own
        settings.NoResetOnClose = true;
        ConnectionString = settings.ConnectionString;
        Newsroom = NpgsqlDataSource.Create(settings);
        _live = new(() => NpgsqlDataSource.Create(StorageOptions.ForLive(ConnectionString, HasLiveRole, readTimeout)));
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource Newsroom { get; }

    /// <summary>Opened once the schema is there.</summary>
    public NpgsqlDataSource Live => _live.Value;

    /// <summary>Whether the read side may use the role that sees only the live views.</summary>
    public bool HasLiveRole { get; private set; }

    public async Task FindLiveRoleAsync(ILogger logger)
    {
        await using var command = Newsroom.CreateCommand(
            """
            select exists (
              select from pg_roles where rolname = $1
                and pg_has_role(current_user, oid,
                  case when current_setting('server_version_num')::int < 160000 then 'MEMBER' else 'SET' end))
            """
        );
        command.Parameters.Add(new() { Value = LiveDbContext.Role });
        HasLiveRole = (bool)(await command.ExecuteScalarAsync())!;
        if (!HasLiveRole)
            logger.LogWarning(
                "The database's owner may not create or take on the role {Role}: drafts are kept from readers by the views "
                    + "alone, not by privilege as well.",
                LiveDbContext.Role
            );
    }

    public async ValueTask DisposeAsync()
    {
        await Newsroom.DisposeAsync();
        if (_live.IsValueCreated)
            await _live.Value.DisposeAsync();
    }
}
