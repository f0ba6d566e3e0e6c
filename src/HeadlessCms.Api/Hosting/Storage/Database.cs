using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using Npgsql;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>The two ways into PostgreSQL: the whole newsroom, and what is live. Each may lead through a pooler.</summary>
internal sealed class Database : IAsyncDisposable
{
    private const int PreparedStatements = 200;

    private readonly NpgsqlConnectionStringBuilder _newsroom;
    private readonly NpgsqlConnectionStringBuilder? _reader;
    private readonly LiveRoleCheck? _check;
    private readonly TimeSpan? _readTimeout;
    private readonly Lazy<NpgsqlDataSource> _newsroomSource;
    private readonly Lazy<NpgsqlDataSource> _liveSource;
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
        _newsroomSource = new(() => NpgsqlDataSource.Create(ConnectionString));
        _liveSource = new(OpenLive);
    }

    /// <summary>The owner's, as <see cref="FindPoolersAsync"/> found that it has to be.</summary>
    public string ConnectionString => Through(_isPooled, _newsroom).ConnectionString;

    public NpgsqlDataSource Newsroom => _newsroomSource.Value;

    /// <summary>Opened once the schema is there.</summary>
    public NpgsqlDataSource Live => _liveSource.Value;

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
        if (_newsroomSource.IsValueCreated)
            await _newsroomSource.Value.DisposeAsync();
        if (_liveSource.IsValueCreated)
            await _liveSource.Value.DisposeAsync();
    }

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // Nothing is set, locked or listened to for longer than a transaction.
            NoResetOnClose = true,
        };
        if (!settings.ContainsKey("Application Name"))
            settings.ApplicationName = "HeadlessCms";
        return settings;
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

    private NpgsqlDataSource OpenLive()
    {
        var isPooled = _reader is null ? _isPooled : _isReaderPooled;
        var settings = StorageOptions.ForLive(
            Through(isPooled, _reader ?? _newsroom).ConnectionString,
            withRole: _reader is null && _hasLiveRole,
            _readTimeout,
            withOptions: !isPooled
        );
        var builder = new NpgsqlDataSourceBuilder(settings);
        if (_check is not null)
            builder.UsePhysicalConnectionInitializer(_check.Run, _check.RunAsync);
        return builder.Build();
    }
}
