using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Cluster;

/// <summary>Three nodes in processes of their own behind HAProxy, on one database, which they reach directly or through a pooler.</summary>
internal sealed class NodeGroup : IAsyncDisposable
{
    public const int Count = 3;

    private readonly TemporaryDirectory _data = new();
    private readonly Uri[] _addresses = [.. Enumerable.Range(0, Count).Select(_ => new Uri($"http://127.0.0.1:{Ports.Free()}"))];
    private readonly AppProcess?[] _nodes = new AppProcess?[Count];
    private readonly string[] _settings;

    private NodeGroup(string database, IEnumerable<string> settings)
    {
        Database = database;
        _settings =
        [
            $"--Cms:AdminKey={Newsroom.AdminKey}",
            "--Cms:Proxies=127.0.0.1",
            "--Cms:Concurrency:PerAddress=1000",
            "--Cms:Concurrency:ReadTimeout=00:01:00", // a busy machine is no error
            "--Cms:Webhooks:Timeout=00:00:02",
            $"--Cms:Webhooks:RetrySchedule={string.Join(',', Enumerable.Repeat("00:00:00.2", 200))}",
            "--Logging:LogLevel:Default=Error",
            .. settings,
        ];
    }

    /// <summary>PostgreSQL itself, as the owner: the primary.</summary>
    public string Database { get; set; }

    public HaProxy Balancer { get; private set; } = null!;

    public static async Task<NodeGroup> StartAsync(string database, params string[] settings)
    {
        var group = new NodeGroup(database, settings);
        try
        {
            group.Balancer = HaProxy.Start(group._addresses);
            await Task.WhenAll(Enumerable.Range(0, Count).Select(group.StartNodeAsync));
            await group.Balancer.ReadyAsync();
            return group;
        }
        catch
        {
            await group.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of the balancer, or of a node; without a key where <paramref name="key"/> is null.</summary>
    public HttpClient Client(string? key, int? node = null)
    {
        var client = Patience.Client(
            node is { } number ? _addresses[number] : Balancer.Address,
            new SocketsHttpHandler { AllowAutoRedirect = false }
        );
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    public async Task StartNodeAsync(int number) =>
        _nodes[number] = await AppProcess.StartAsync(_data.Path, _addresses[number], [$"--ConnectionStrings:Cms={Database}", .. _settings]);

    /// <summary>The errors that the nodes that run now have logged.</summary>
    public string Errors => string.Join('\n', _nodes.Select(node => node?.Output));

    /// <summary>SIGTERM, and the exit code.</summary>
    public Task<int> StopNodeAsync(int number) => _nodes[number]!.StopAsync();

    /// <summary>kill -9.</summary>
    public void KillNode(int number) => _nodes[number]!.Kill();

    /// <summary>SIGSTOP or SIGCONT.</summary>
    public Task SignalNodeAsync(int number, string signal) => _nodes[number]!.SignalAsync(signal);

    public async Task<T> SqlAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            node?.Dispose();
        Balancer?.Dispose();
        _data.Dispose();
        return ValueTask.CompletedTask;
    }
}
