using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Cluster;

/// <summary>A newsroom on a primary and its replica, of which readers read the replica.</summary>
public class ReplicatedNewsroom(TestCluster cluster, bool synchronous = false) : Newsroom(cluster)
{
    /// <summary>The two servers.</summary>
    public ReplicatedPostgres Servers { get; private set; } = null!;

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>
        {
            ["ConnectionStrings:CmsLive"] = Servers.Live,
            ["Cms:Replicas:MaxLag"] = "00:00:00.100",
            ["Cms:Management:Urls"] = "http://127.0.0.1:0",
            ["Cms:SiteUrl"] = PublicNewsroom.Site,
            ["Logging:LogLevel:Default"] = "None",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "None",
        };

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await Servers.DisposeAsync();
    }

    protected override async Task<string> CreateDatabaseAsync()
    {
        Servers = await ReplicatedPostgres.StartAsync(synchronous);
        return Servers.Newsroom;
    }
}

/// <summary>The same, where commits do not wait for the replica.</summary>
public sealed class LaggingNewsroom(TestCluster cluster) : ReplicatedNewsroom(cluster);
