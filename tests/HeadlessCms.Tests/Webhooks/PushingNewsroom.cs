using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Webhooks;

/// <summary>A newsroom in Development, which allows requests to this machine, with a short retry schedule.</summary>
public sealed class PushingNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    private const string Webhooks = "/editorial/v1/webhooks";

    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>
        {
            ["environment"] = "Development",
            ["Cms:SampleContent"] = "false",
            ["Cms:SiteUrl"] = "https://news.example",
            ["Cms:Webhooks:RetrySchedule"] = "00:00:00.1, 00:00:00.1, 00:00:00.1",
            ["Cms:Webhooks:Timeout"] = "00:00:03",
        };

    /// <summary>Creates a webhook, waits until the receiver has answered a ping, and returns the secret.</summary>
    public async Task<string> TellAsync(string name, WebhookReceiver receiver, object? more = null)
    {
        var secret = await MakeAsync(name, receiver.Address.ToString(), more);
        await Eventually.TrueAsync(async () => (await StateAsync(name)) == "active");
        return secret;
    }

    /// <summary>Creates a webhook for all events and returns its secret.</summary>
    public async Task<string> MakeAsync(string name, string url, object? more = null)
    {
        var request = new JsonObject
        {
            ["name"] = name,
            ["url"] = url,
            ["events"] = new JsonArray(
                "article.published",
                "article.updated",
                "article.unpublished",
                "article.withdrawn",
                "concept.updated",
                "concept.merged"
            ),
        };
        foreach (var (member, value) in System.Text.Json.JsonSerializer.SerializeToNode(more ?? new { })!.AsObject().ToList())
            request[member] = value!.DeepClone();
        return (await Admin.PostAsync(Webhooks, request)).Expect(HttpStatusCode.Created)["secret"]!.GetValue<string>();
    }

    public async Task<string> StateAsync(string name) =>
        (await Admin.ReadAsync($"{Webhooks}/{name}")).Expect(HttpStatusCode.OK)["state"]!.GetValue<string>();

    /// <summary>Returns deliveries oldest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> DeliveriesAsync(string name, string query = "") =>
        [
            .. (await Admin.ReadAsync($"{Webhooks}/{name}/deliveries?limit=100{query}")).Expect(HttpStatusCode.OK)["items"]!
                .AsArray()
                .Select(item => item!)
                .Reverse(),
        ];

    public async Task<JsonNode> DeliveryAsync(string name, string delivery = "latest") =>
        (await Admin.ReadAsync($"{Webhooks}/{name}/deliveries/{delivery}")).Expect(HttpStatusCode.OK);

    /// <summary>Creates a live article.</summary>
    public async Task<(string Slug, string Id)> StoryAsync(string headline, object? more = null)
    {
        var content = System.Text.Json.JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        content["headline"] = headline;
        var slug = await Admin.ArticleAsync(content, publish: true);
        return (slug, (await Admin.ReadAsync($"/editorial/v1/articles/{slug}")).Json["id"]!.GetValue<string>());
    }
}
