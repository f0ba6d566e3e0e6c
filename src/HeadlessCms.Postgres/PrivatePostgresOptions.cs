namespace HeadlessCms.Postgres;

/// <summary>How a private PostgreSQL is to be.</summary>
public sealed record PrivatePostgresOptions
{
    /// <summary>The directory that it lives in; made where it is not there.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Whether what is committed survives a crash of the machine. <c>false</c> is for clusters that are thrown away: much faster.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>How many connections it takes at once.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>Told in a line what is being done.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Where the server's binaries are looked for.</summary>
    internal Func<PostgresBinaries.Search> Search { get; init; } = () => PostgresBinaries.Search.Usual;
}
