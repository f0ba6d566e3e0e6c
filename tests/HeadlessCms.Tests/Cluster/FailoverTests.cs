using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Cluster;

/// <summary>The primary is killed under load, and its replica, which commits wait for, is promoted.</summary>
[Collection(WholeMachine.Tests)]
public sealed class FailoverTests(TestCluster cluster, ITestOutputHelper output)
{
    private const string Articles = "/editorial/v1/articles";
    private const int Stories = 12;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_readers_see_no_error_and_editors_go_on_soon_after_the_promotion()
    {
        await using var newsroom = new ReplicatedNewsroom(cluster, synchronous: true);
        await newsroom.InitializeAsync();
        var nodes = new[] { newsroom.Address, newsroom.AnotherNode() };
        var key = await KeyAsync(newsroom);
        for (var story = 0; story < Stories; story++)
            await newsroom.Admin.ArticleAsync(new { headline = $"Story {story}", slug = $"story-{story}" }, publish: true);
        await newsroom.Admin.ArticleAsync(new { headline = "Version 0", slug = "counted" }, publish: true);

        var (reads, refused) = (new ConcurrentBag<Answer>(), new ConcurrentBag<(HttpStatusCode Status, TimeSpan At)>());
        var (saved, published) = (new ConcurrentBag<string>(), 0);
        var clock = Stopwatch.StartNew();
        using var end = new CancellationTokenSource();
        var readers = nodes.SelectMany(node =>
            new[] { newsroom.Client(null, node), newsroom.Client(key, node) }.Select(client =>
                RepeatAsync(async turn => reads.Add(await client.ReadAsync(PathOf(turn))), end.Token)
            )
        );
        var counters = nodes.Select(node => CountAsync(newsroom.Client(key, node), end.Token));
        var writers = nodes.Select(node =>
            RepeatAsync(
                async turn =>
                {
                    var answer = await newsroom.Client(Newsroom.AdminKey, node).PostAsync(Articles, new { headline = $"Saved {turn}" });
                    if (answer.Status == HttpStatusCode.Created)
                        saved.Add(answer.Json["id"]!.GetValue<string>());
                    else
                        refused.Add((answer.Status, clock.Elapsed));
                },
                end.Token
            )
        );
        var publisher = RepeatAsync(
            async turn =>
            {
                if (await TryPublishAsync(newsroom.Admin, turn + 1))
                    published = turn + 1;
            },
            end.Token
        );
        var work = Task.WhenAll([.. readers, .. counters, .. writers, publisher]);
        await Eventually.TrueAsync(() => Task.FromResult(saved.Count > 20 && reads.Count > 100 && published > 3));

        newsroom.Servers.KillFirst();
        var killed = clock.Elapsed;
        var (readBefore, refusedBefore) = (reads.Count, refused.Count);
        await Eventually.TrueAsync(() => Task.FromResult(reads.Count > readBefore + 200 && refused.Count > refusedBefore + 4));
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Anyone.ReadAsync("/health/ready")).Status);
        var readWithoutPrimary = reads.Count - readBefore;
        await newsroom.Servers.PromoteSecondAsync();
        var promoted = clock.Elapsed;
        var (savedBefore, publishedBefore) = (saved.Count, published);
        await Eventually.TrueAsync(() => Task.FromResult(saved.Count > savedBefore + 20 && published > publishedBefore));
        var readAtEnd = reads.Count;
        await Eventually.TrueAsync(() => Task.FromResult(reads.Count > readAtEnd + 100));
        await end.CancelAsync();
        await work;

        var last = refused.Max(one => one.At);
        output.WriteLine(
            $"{reads.Count} reads, {readWithoutPrimary} without a primary; {saved.Count} saves, {refused.Count} refused, the last "
                + $"{(last - promoted).TotalSeconds:0.00} s after the promotion, {(promoted - killed).TotalSeconds:0.0} s after the kill."
        );
        Assert.All(reads, answer => Assert.True(answer.Status == HttpStatusCode.OK, answer.Text));
        Assert.All(refused, one => Assert.Equal(HttpStatusCode.ServiceUnavailable, one.Status));
        Assert.True(last - promoted < TimeSpan.FromSeconds(5), $"Editors were refused until {last - promoted} after the promotion.");
        foreach (var id in saved)
            (await newsroom.Admin.ReadAsync($"{Articles}/{id}")).Expect(HttpStatusCode.OK);
        Assert.True(await VersionAsync(newsroom.Admin) >= published);
    }

    private static string PathOf(int turn) =>
        (turn % 6) switch
        {
            0 => $"/content/v1/articles/story-{turn % Stories}",
            1 => $"/content/v1/articles?limit={turn % 50 + 1}",
            2 => "/content/v1/search?q=story",
            3 => "/feeds/articles.rss",
            4 => $"/content/v1/changes?limit={turn % 50 + 1}",
            _ => $"/content/v1/articles/story-{turn % Stories}?fields=slug,headline",
        };

    /// <summary>A key of a reader, which is looked up at each request, and whose use is recorded.</summary>
    private static async Task<string> KeyAsync(Newsroom newsroom) =>
        (await newsroom.Admin.PostAsync("/editorial/v1/keys", new { name = "frontend", role = "reader" })).Expect(HttpStatusCode.Created)[
            "key"
        ]!.GetValue<string>();

    private static async Task CountAsync(HttpClient reader, CancellationToken end)
    {
        var newest = 0;
        await RepeatAsync(
            async _ =>
            {
                var version = await VersionAsync(reader);
                Assert.True(version >= newest, $"A reader went back from {newest} to {version}.");
                newest = version;
            },
            end
        );
    }

    private static async Task<bool> TryPublishAsync(HttpClient editor, int version)
    {
        var current = await editor.ReadAsync($"{Articles}/counted");
        if (current.Status != HttpStatusCode.OK)
            return false;
        var saved = await editor.PutAsync(
            $"{Articles}/counted",
            new { headline = $"Version {version}", slug = "counted" },
            $"\"r{current.Json["revision"]}\""
        );
        return saved.Status == HttpStatusCode.OK
            && (await editor.PostAsync($"{Articles}/counted/publications", new { })).Status == HttpStatusCode.Created;
    }

    private static async Task<int> VersionAsync(HttpClient reader) =>
        int.Parse(
            (await reader.ReadAsync("/content/v1/articles/counted")).Expect(HttpStatusCode.OK)["headline"]!.GetValue<string>().Split(' ')[
                1
            ],
            CultureInfo.InvariantCulture
        );

    private static async Task RepeatAsync(Func<int, Task> work, CancellationToken end)
    {
        for (var turn = 0; !end.IsCancellationRequested; turn++)
        {
            await work(turn);
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
