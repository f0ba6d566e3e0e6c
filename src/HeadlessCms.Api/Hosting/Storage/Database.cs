using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using Npgsql;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>The two ways into PostgreSQL: the whole newsroom, and what is live. Each may lead through a pooler.</summary>
internal sealed class Database : IAsyncDisposable
{
    /// <summary>How often the connection of <see cref="ListenerConnectionString"/> asks for a sign of life: no statement.</summary>
    public static readonly TimeSpan ListenerKeepAlive = TimeSpan.FromSeconds(1);

    private const int PreparedStatements = 200;

    private readonly NpgsqlConnectionStringBuilder _newsroom;
    private readonly NpgsqlConnectionStringBuilder? _reader;
    private readonly LiveRoleCheck? _check;
    private readonly TimeSpan? _readTimeout;
    private readonly Lazy<Servers> _newsroomServers;
    private readonly Lazy<Servers> _liveServers;
    private bool _isPooled;
    private bool _isReaderPooled;
    private bool _hasLiveRole;

    /// <param name="connectionString">The login of the owner.</param>
    /// <param name="liveConnectionString">A login of the read side; without it the owner takes on the role of the read side.</param>
    /// <param name="readTimeout">The time after which a statement of the read side ends.</param>
    /// <param name="allowSharedRole">Whether the read side may answer although its login has more rights than its role.</param>
    public Database(
        string connectionString,
        string? liveConnectionString = null,
        TimeSpan? readTimeout = null,
        bool allowSharedRole = false
    )
    {
        _newsroom = Settings(connectionString);
        _reader = liveConnectionString is null ? null : Settings(liveConnectionString);
        _readTimeout = readTimeout;
        _check = allowSharedRole ? null : new LiveRoleCheck();
        _newsroomServers = new(() => new Servers(SourceTracing.Builder(Through(_isPooled, _newsroom).ConnectionString, "newsroom")));
        _liveServers = new(OpenLive);
    }

    /// <summary>The owner's, as <see cref="FindPoolersAsync"/> found that it has to be, to the primary.</summary>
    public string ConnectionString
    {
        get
        {
            var settings = Through(_isPooled, _newsroom);
            if (HasStandby)
                settings.TargetSessionAttributes = "primary";
            return settings.ConnectionString;
        }
    }

    /// <summary>The way to the newsroom on which notifications arrive, where it is another than the owner's.</summary>
    public string? Listener { get; init; }

    /// <summary>
    /// A connection that listens: one that stays open, finds out within two seconds that the server is gone, and among several hosts goes
    /// to the primary, because a standby lets nobody listen.
    /// </summary>
    public string ListenerConnectionString
    {
        get
        {
            var settings = Settings(Listener ?? _newsroom.ConnectionString);
            var hasHosts = Servers.AreSeveral(settings);
            settings.ApplicationName = $"{settings.ApplicationName}-listen";
            settings.Pooling = hasHosts; // Npgsql goes to several hosts through a pool only
            settings.MaxPoolSize = 1;
            settings.MinPoolSize = 0;
            settings.NoResetOnClose = false;
            settings.MaxAutoPrepare = 0;
            settings.KeepAlive = (int)ListenerKeepAlive.TotalSeconds;
            settings.Timeout = Math.Min(settings.Timeout, 5);
            settings.CommandTimeout = 5;
            if (hasHosts)
                settings.TargetSessionAttributes = "primary";
            return settings.ConnectionString;
        }
    }

    /// <summary>Whether the owner's login leads to several servers.</summary>
    public bool HasStandby => Servers.AreSeveral(_newsroom);

    /// <summary>Whether the login of the read side leads to several servers: the primary and its replicas.</summary>
    public bool HasReplicas => Servers.AreSeveral(Reader);

    /// <summary>The primary.</summary>
    public NpgsqlDataSource Newsroom => _newsroomServers.Value.Of(TargetSessionAttributes.Primary);

    /// <summary>The primary or, while it is away, a standby.</summary>
    public NpgsqlDataSource Readable => _newsroomServers.Value.Of(TargetSessionAttributes.PreferPrimary);

    /// <summary>
    /// A replica, if the read side names one, or the primary; without a login of its own first the primary. Opened once the schema is
    /// there.
    /// </summary>
    public NpgsqlDataSource Live =>
        _liveServers.Value.Of(_reader is null ? TargetSessionAttributes.PreferPrimary : TargetSessionAttributes.PreferStandby);

    /// <summary>What is live at the primary.</summary>
    public NpgsqlDataSource LivePrimary => _liveServers.Value.Of(TargetSessionAttributes.Primary);

    private NpgsqlConnectionStringBuilder Reader => _reader ?? _newsroom;

    /// <summary>Finds out which logins lead through a pooler. Before anything else: connections are opened accordingly.</summary>
    /// <exception cref="NpgsqlException">The newsroom's server does not answer.</exception>
    public async Task FindPoolersAsync(ILogger logger)
    {
        _isPooled = !await StartupOptions.AreAppliedAsync(_newsroom.ConnectionString);
        if (_isPooled)
            logger.LogInformation("A pooler drops startup options: statements are not prepared");
        try
        {
            _isReaderPooled = _reader is not null && !await StartupOptions.AreAppliedAsync(_reader.ConnectionString);
        }
        catch (NpgsqlException away)
        {
            // A replica need not be there at the start. What works through a pooler works without one.
            _isReaderPooled = true;
            logger.LogWarning("The server of ConnectionStrings:CmsLive does not answer: {Reason}", away.Message);
        }
    }

    /// <summary>Finds out whether the owner may take on the role of the read side.</summary>
    public async Task FindLiveRoleAsync(ILogger logger)
    {
        if (_check is not null)
            _check.Logger = logger;
        if (_reader is not null)
            return;
        await using var command = Newsroom.CreateCommand(
            """
            select exists (
              select from pg_roles where rolname = $1
                and pg_has_role(current_user, oid,
                  case when current_setting('server_version_num')::int < 160000 then 'MEMBER' else 'SET' end))
            """
        );
        command.Parameters.Add(new() { Value = LiveDbContext.Role });
        _hasLiveRole = !_isPooled && await command.ExecuteScalarAsync() is true;
        if (!_hasLiveRole && _check is null)
            logger.LogWarning(
                "The read side uses the owner's login without the role {Role}: drafts are kept from readers by the views alone, not by "
                    + "privilege as well",
                LiveDbContext.Role
            );
    }

    public async ValueTask DisposeAsync()
    {
        if (_newsroomServers.IsValueCreated)
            await _newsroomServers.Value.DisposeAsync();
        if (_liveServers.IsValueCreated)
            await _liveServers.Value.DisposeAsync();
    }

    /// <summary>A login of the read side at each of its servers alone.</summary>
    public IReadOnlyList<NpgsqlConnectionStringBuilder> EachLive() => Servers.Each(LiveSettings());

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // Nothing is set, locked or listened to for longer than a transaction.
            NoResetOnClose = true,
        };
        settings.ApplicationName ??= "HeadlessCms";
        return Servers.Prepare(settings);
    }

    private static NpgsqlConnectionStringBuilder Through(bool pooler, NpgsqlConnectionStringBuilder configured)
    {
        var settings = new NpgsqlConnectionStringBuilder(configured.ConnectionString);
        if (pooler)
        {
            settings.Options = null;
            settings.MaxAutoPrepare = 0;
            return settings;
        }

        if (settings.MaxAutoPrepare == 0)
            settings.MaxAutoPrepare = PreparedStatements;
        settings.Options = $"{settings.Options} -c jit=off".Trim(); // statements here are short: to compile one takes longer than to run it
        return settings;
    }

    private NpgsqlConnectionStringBuilder LiveSettings()
    {
        var isPooled = _reader is null ? _isPooled : _isReaderPooled;
        return new(
            StorageOptions.ForLive(
                Through(isPooled, Reader).ConnectionString,
                withRole: _reader is null && _hasLiveRole,
                _readTimeout,
                withOptions: !isPooled,
                withSnapshots: HasReplicas
            )
        );
    }

    private Servers OpenLive()
    {
        var builder = SourceTracing.Builder(LiveSettings().ConnectionString, "live");
        if (_check is not null)
            builder.UsePhysicalConnectionInitializer(_check.Run, _check.RunAsync);
        return new Servers(builder);
    }
}
