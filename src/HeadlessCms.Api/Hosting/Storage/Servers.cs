using Npgsql;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>A login at one server or at several, among which Npgsql finds the one that a connection needs.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private const string RecheckSeconds = "Host Recheck Seconds";

    // Npgsql's own are ten and fifteen: as long as editors would wait for the new primary, and readers for a host that does not answer.
    private const int ShortRecheck = 1;
    private const int ShortTimeout = 3;

    private readonly NpgsqlDataSource _source;

    public Servers(NpgsqlDataSourceBuilder builder) =>
        _source = AreSeveral(builder.ConnectionStringBuilder) ? builder.BuildMultiHost() : builder.Build();

    /// <summary>Whether a connection string names several hosts.</summary>
    public static bool AreSeveral(NpgsqlConnectionStringBuilder settings) => settings.Host?.Contains(',', StringComparison.Ordinal) == true;

    /// <summary>
    /// Sets what lets connections find another server soon, where the connection string does not, and takes out the kind of server, which
    /// follows from what is read or written.
    /// </summary>
    public static NpgsqlConnectionStringBuilder Prepare(NpgsqlConnectionStringBuilder settings)
    {
        settings.Remove("Target Session Attributes");
        if (!AreSeveral(settings))
            return settings;
        if (!settings.ShouldSerialize(RecheckSeconds))
            settings.HostRecheckSeconds = ShortRecheck;
        if (!settings.ShouldSerialize("Timeout"))
            settings.Timeout = ShortTimeout;
        return settings;
    }

    /// <summary>Each host as the connection string of it alone.</summary>
    public static IReadOnlyList<NpgsqlConnectionStringBuilder> Each(NpgsqlConnectionStringBuilder settings) =>
        [
            .. settings
                .Host!.Split(',', StringSplitOptions.TrimEntries)
                .Select(host => new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Host = host }), // Npgsql reads host:port
        ];

    /// <summary>The source of connections to a kind of server; where there is one server, to that one.</summary>
    public NpgsqlDataSource Of(TargetSessionAttributes kind) =>
        _source is NpgsqlMultiHostDataSource hosts ? hosts.WithTargetSession(kind) : _source;

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
