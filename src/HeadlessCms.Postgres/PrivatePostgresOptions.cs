namespace HeadlessCms.Postgres;

/// <summary>Settings of a private PostgreSQL.</summary>
public sealed record PrivatePostgresOptions
{
    /// <summary>The directory of the cluster and its server's files; created where it is missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Whether a commit survives a crash of the machine. <c>false</c> is much faster, for clusters that are thrown away.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>The server's <c>max_connections</c>.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>Receives a line for every step that takes a while.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Where binaries are searched.</summary>
    internal Func<PostgresBinaries.Search> Search { get; init; } = () => PostgresBinaries.Search.Usual;

    /// <summary>The Maven repository of the portable binaries; null for Maven Central.</summary>
    internal Uri? PortableRepository { get; init; }
}
