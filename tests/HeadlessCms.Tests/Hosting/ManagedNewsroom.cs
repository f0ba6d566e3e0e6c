using HeadlessCms.Api.Hosting.Management;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Hosting;

/// <summary>A newsroom with a management address.</summary>
public class ManagedNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    /// <summary>A client of the management address.</summary>
    public HttpClient Manager => field ??= Patience.Client(new Uri(Service<ManagementServer>().Addresses.Single()));

    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:Management:Urls"] = "http://127.0.0.1:0" };
}

/// <summary>A newsroom with a management address and without background work.</summary>
public sealed class QuietManagedNewsroom(TestCluster cluster) : ManagedNewsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:Management:Urls"] = "http://127.0.0.1:0", ["Cms:BackgroundWork"] = "false" };
}
