using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Cluster;

/// <summary>A newsroom of which both sides reach PostgreSQL through PgBouncer, the read side by a login of its own.</summary>
public sealed class PooledNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    private readonly string _reader = $"reader_{Guid.CreateVersion7():N}";
    private readonly List<PgBouncer> _poolers = [];
    private string _pooledReader = "";

    /// <summary>PostgreSQL itself, as the owner.</summary>
    public string Direct { get; private set; } = "";

    /// <summary>PostgreSQL itself, as the login of the read side.</summary>
    public string DirectReader { get; private set; } = "";

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["ConnectionStrings:CmsLive"] = _pooledReader };

    /// <summary>Starts another pooler before the same database and returns the owner's way through it.</summary>
    public async Task<string> AnotherPoolerAsync(string ignores)
    {
        var pooler = await PgBouncer.StartAsync(new Dictionary<string, NpgsqlConnectionStringBuilder> { ["cms"] = new(Direct) }, ignores);
        _poolers.Add(pooler);
        return pooler.ConnectionString("cms");
    }

    /// <summary>An empty database behind the pooler: the owner's way to it and the read side's.</summary>
    public async Task<(string Owner, string Reader)> EmptyDatabaseAsync() =>
        await BehindPoolerAsync(await Databases.NewDatabaseAsync(false));

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        foreach (var pooler in _poolers)
            pooler.Dispose();
    }

    protected override async Task<string> CreateDatabaseAsync()
    {
        Direct = await base.CreateDatabaseAsync();
        await using (var connection = new NpgsqlConnection(Direct))
        {
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand($"create role {_reader} login password 'reader' in role cms_live", connection);
            await create.ExecuteNonQueryAsync();
        }

        (var owner, _pooledReader) = await BehindPoolerAsync(Direct);
        return owner;
    }

    private async Task<(string Owner, string Reader)> BehindPoolerAsync(string direct)
    {
        var reader = new NpgsqlConnectionStringBuilder(direct) { Username = _reader, Password = "reader" };
        DirectReader = reader.ConnectionString;
        var pooler = await PgBouncer.StartAsync(
            new Dictionary<string, NpgsqlConnectionStringBuilder> { ["cms"] = new(direct), ["live"] = reader }
        );
        _poolers.Add(pooler);
        return (pooler.ConnectionString("cms"), pooler.ConnectionString("live"));
    }
}
