using System.Net;
using System.Net.Http.Headers;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.OpenApi;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HeadlessCms.Tests.Harness;

/// <summary>
/// The real app on a real PostgreSQL, for one test class: a database of its own, Kestrel on a free port, and clients that check every
/// response against the OpenAPI documents.
/// </summary>
public class Newsroom(TestCluster cluster) : IAsyncLifetime
{
    public const string AdminKey = "cms_testadmi_0123456789abcdefghijABCDEFGHIJ0123456789";

    private static readonly SemaphoreSlim ReadingDocuments = new(1);
    private static IReadOnlyList<OpenApiDocument>? s_documents;

    private readonly Dictionary<Role, string> _keys = new() { [Role.Admin] = AdminKey };
    private readonly List<WebApplicationFactory<Program>> _nodes = [];

    public string ConnectionString { get; private set; } = "";

    public Uri Address { get; private set; } = null!;

    public StatementCounter Statements { get; } = new();

    /// <summary>What the nodes log in the category of security events.</summary>
    public CapturedLog SecurityLog { get; } = new();

    /// <summary>Sends no key.</summary>
    public HttpClient Anyone { get; private set; } = null!;

    /// <summary>Sends the admin key.</summary>
    public HttpClient Admin { get; private set; } = null!;

    /// <summary>Those of the page of Swagger UI, which have the forms too.</summary>
    internal IReadOnlyList<OpenApiDocument> Documents => s_documents!;

    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await CreateDatabaseAsync();
        Address = AnotherNode();
        await ReadDocumentsAsync();
        Anyone = Client(null);
        Admin = Client(AdminKey);
    }

    /// <summary>Starts one more node of the app on the same database, with further settings; disposed with the newsroom.</summary>
    public Uri AnotherNode(params IEnumerable<(string Name, string Value)> settings)
    {
        var app = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment("Test");
            host.UseSetting("ConnectionStrings:Cms", ConnectionString);
            host.UseSetting("urls", "http://127.0.0.1:0");
            host.UseSetting("Cms:AdminKey", AdminKey);
            host.UseSetting("Logging:LogLevel:Default", "Error");
            host.UseSetting("Logging:Captured:LogLevel:Default", "None");
            host.UseSetting($"Logging:Captured:LogLevel:{Api.Http.Access.SecurityLog.Category}", "Information");
            host.UseSetting("Cms:Concurrency:ReadTimeout", "00:05:00"); // a busy machine is no error
            host.UseSetting("Cms:RateLimits:FailedSignIns", "1000000"); // tests send many from one address
            foreach (var (name, value) in Settings)
                host.UseSetting(name, value);
            foreach (var (name, value) in settings)
                host.UseSetting(name, value);
            host.ConfigureTestServices(services =>
            {
                services.AddSingleton<IInterceptor>(Statements);
                services.AddSingleton<ILoggerProvider>(SecurityLog);
            });
        });
        _nodes.Add(app);
        app.UseKestrel();
        app.StartServer();
        return new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>A new client with a key of this role.</summary>
    public async Task<HttpClient> AsAsync(Role role)
    {
        if (!_keys.TryGetValue(role, out var key))
        {
            var answer = await Admin.PostAsync(
                "/editorial/v1/keys",
                new { name = $"test-{role}".ToLowerInvariant(), role = role.ToString().ToLowerInvariant() }
            );
            _keys[role] = key = answer.Expect(HttpStatusCode.Created)["key"]!.GetValue<string>();
        }

        return Client(key);
    }

    /// <summary>A client that sends <paramref name="key"/>, to the first node or to <paramref name="node"/>.</summary>
    public HttpClient Client(string? key, Uri? node = null) =>
        Client(key, node ?? Address, new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>A client with a loopback address of its own, such as 127.0.0.2.</summary>
    public HttpClient ClientFrom(string address, string? key = null) => Client(key, Address, Patience.From(address));

    private HttpClient Client(string? key, Uri node, SocketsHttpHandler handler)
    {
        var client = Patience.Client(node, new ConformanceHandler(Documents) { InnerHandler = handler });
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public T Service<T>()
        where T : notnull => _nodes[0].Services.GetRequiredService<T>();

    /// <summary>The database's clock.</summary>
    public async Task<DateTimeOffset> ClockAsync() => new((DateTime)(await SqlAsync("select clock_timestamp()"))!);

    /// <summary>Runs a statement as the newsroom's owner.</summary>
    public async Task<object?> SqlAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    protected TestCluster Databases => cluster;

    /// <summary>Creates the database and returns its connection string.</summary>
    protected virtual Task<string> CreateDatabaseAsync() => cluster.NewDatabaseAsync();

    private async Task ReadDocumentsAsync()
    {
        await ReadingDocuments.WaitAsync();
        try
        {
            if (s_documents is not null)
                return;
            using var client = Patience.Client(Address);
            var documents = new List<OpenApiDocument>();
            foreach (var door in new[] { "editorial", "content", "feeds" })
                documents.Add(
                    OpenApiDocument.Load(await client.GetStringAsync(new Uri($"/openapi/page/{door}.json", UriKind.Relative)), door)
                );
            s_documents = documents;
        }
        finally
        {
            ReadingDocuments.Release();
        }
    }
}

/// <summary>A newsroom without background work.</summary>
public sealed class QuietNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:BackgroundWork"] = "false" };
}

/// <summary>A newsroom with the URL and name of its public site set.</summary>
public sealed class PublicNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    public const string Site = "https://news.example";

    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:SiteUrl"] = Site, ["Cms:SiteName"] = "The Daily Example" };
}
