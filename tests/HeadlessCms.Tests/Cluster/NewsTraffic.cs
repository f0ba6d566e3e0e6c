using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Cluster;

/// <summary>
/// Editors and readers of a group of nodes. Each editor has stories of its own; of each story she saves a secret, which is never published,
/// then a text that she publishes, again and again. Texts are numbered, so that a reader sees where time goes back.
/// </summary>
internal sealed class NewsTraffic(NodeGroup group, int editors)
{
    private const string Articles = "/editorial/v1/articles";
    private const string Secret = "secret";
    private const int StoriesOfEditor = 3;

    private readonly ConcurrentDictionary<string, Story> _stories = [];
    private readonly ConcurrentBag<string> _failed = [];
    private readonly ConcurrentBag<string> _wrong = [];
    private int _reads;
    private int _writes;

    /// <summary>Responses and broken connections that are no answer to what was asked.</summary>
    public IReadOnlyCollection<string> Failed => _failed;

    /// <summary>What readers must not see: secrets, and an older text after a newer one.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    public IReadOnlyDictionary<string, Story> Stories => _stories;

    public int Reads => _reads;

    public int Writes => _writes;

    /// <summary>Creates and publishes the stories.</summary>
    public async Task BeginAsync()
    {
        using var client = group.Client(Newsroom.AdminKey);
        for (var number = 0; number < editors * StoriesOfEditor; number++)
        {
            var made = (await client.PostAsync(Articles, new { headline = TextOf("open", 0), slug = $"story-{number}" })).Expect(
                HttpStatusCode.Created
            );
            var story = new Story(made["id"]!.GetValue<string>(), number % editors);
            _stories[story.Id] = story;
            await client.PublishAsync(story.Id);
            story.Publications = 1;
        }
    }

    /// <summary>Runs until it is cancelled, and then until each write that was begun is acknowledged.</summary>
    public Task RunAsync(CancellationToken end) =>
        Task.WhenAll([
            .. Enumerable.Range(0, editors).Select(editor => EditAsync(editor, end)),
            .. Enumerable.Range(0, NodeGroup.Count).Select(node => ReadNodeAsync(node, end)),
            ReadBalancerAsync(end),
        ]);

    /// <summary>Asserts that what was acknowledged is there, once and in its order.</summary>
    public async Task CheckAsync()
    {
        using var client = group.Client(Newsroom.AdminKey);
        using var anyone = group.Client(null);
        foreach (var story in _stories.Values)
        {
            var found = new List<string>();
            for (string? next = $"{Articles}/{story.Id}/revisions?limit=100"; next is not null; )
            {
                var page = (await client.ReadAsync(next)).Expect(HttpStatusCode.OK);
                found.AddRange(page["items"]!.AsArray().Select(item => item!["headline"]!.GetValue<string>()));
                next = page["nextCursor"]?.GetValue<string>() is { } cursor
                    ? $"{Articles}/{story.Id}/revisions?limit=100&cursor={cursor}"
                    : null;
            }

            found.Reverse();
            List<string> expected = [TextOf("open", 0), .. story.Saved];
            Assert.Equal(expected, found);
            await Eventually.TrueAsync(async () =>
                (await anyone.ReadAsync($"/content/v1/articles/{story.Id}")).Json["headline"]!.GetValue<string>() == story.Live
            );
        }
    }

    private async Task EditAsync(int editor, CancellationToken end)
    {
        using var client = group.Client(Newsroom.AdminKey);
        var stories = _stories.Values.Where(story => story.Editor == editor).ToList();
        for (var turn = 1; !end.IsCancellationRequested; turn++)
        {
            var story = stories[turn % stories.Count];
            await SaveAsync(client, story, TextOf(Secret, turn));
            await SaveAsync(client, story, TextOf("open", turn));
            await WriteAsync(client, HttpMethod.Post, $"{Articles}/{story.Id}/publications", new { }, null);
            (story.Live, story.Publications) = (TextOf("open", turn), story.Publications + 1);
        }
    }

    private async Task SaveAsync(HttpClient client, Story story, string text)
    {
        await WriteAsync(client, HttpMethod.Put, $"{Articles}/{story.Id}", new { headline = text }, $"\"r{story.Saved.Count + 1}\"");
        story.Saved.Add(text);
    }

    /// <summary>Sends a write until its outcome is known: the key makes sure that it is done once.</summary>
    private async Task WriteAsync(HttpClient client, HttpMethod method, string path, object body, string? ifMatch)
    {
        var key = Guid.CreateVersion7().ToString("N");
        var waited = Stopwatch.StartNew();
        for (; ; )
        {
            var answer = await TryAsync(client, method, path, body, ifMatch, key);
            if (answer is { Status: HttpStatusCode.OK or HttpStatusCode.Created })
            {
                Interlocked.Increment(ref _writes);
                return;
            }

            _failed.Add($"{method} {path}: {(answer is null ? "no response" : $"{(int)answer.Status} {answer.Text}")}");
            var isOpen =
                answer is null || (int)answer.Status >= 500 || answer.Text.Contains("idempotencyKeyInUse", StringComparison.Ordinal);
            Assert.True(isOpen, $"{method} {path}: {answer?.Text}");
            Assert.True(waited.Elapsed < Patience.Limit, $"{path} was not acknowledged.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Reads stories from one node, anonymously: a text must not be followed by an older one.</summary>
    private async Task ReadNodeAsync(int node, CancellationToken end)
    {
        using var client = group.Client(null, node);
        var seen = new Dictionary<string, int>();
        while (!end.IsCancellationRequested)
            foreach (var story in _stories.Keys)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
                if (await TryAsync(client, HttpMethod.Get, $"/content/v1/articles/{story}") is not { Status: HttpStatusCode.OK } answer)
                    continue; // the node is down, or its database is away
                var number = NumberOf(answer.Json);
                if (number < seen.GetValueOrDefault(story))
                    _wrong.Add($"Node {node} gave text {number} of {story} after {seen[story]}.");
                seen[story] = number;
                Look(answer);
            }
    }

    private async Task ReadBalancerAsync(CancellationToken end)
    {
        using var client = group.Client(null);
        string[] pages = ["/content/v1/articles?limit=50", "/content/v1/search?q=open", "/feeds/articles.atom", "/content/v1/changes"];
        for (var turn = 0; !end.IsCancellationRequested; turn++)
        {
            var page = turn % 2 == 0 ? pages[turn / 2 % pages.Length] : $"/content/v1/articles/story-{turn % (editors * StoriesOfEditor)}";
            var answer = await TryAsync(client, HttpMethod.Get, page);
            if (answer?.Status != HttpStatusCode.OK)
                _failed.Add($"GET {page}: {(answer is null ? "no response" : $"{(int)answer.Status} {answer.Text}")}");
            else
                Look(answer);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private void Look(Answer answer)
    {
        Interlocked.Increment(ref _reads);
        if (answer.Text.Contains(Secret, StringComparison.Ordinal))
            _wrong.Add($"A reader saw what was not published: {answer.Text}");
    }

    private static async Task<Answer?> TryAsync(
        HttpClient client,
        HttpMethod method,
        string path,
        object? body = null,
        string? ifMatch = null,
        string? key = null
    )
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            return await client.SendAsync(method, path, body, ifMatch, idempotencyKey: key).WaitAsync(patience.Token);
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            return null;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return null; // the node is paused
        }
    }

    private static string TextOf(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind} {number}");

    private static int NumberOf(JsonNode article) =>
        int.Parse(article["headline"]!.GetValue<string>().Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>A story, and what of it was acknowledged.</summary>
    internal sealed record Story(string Id, int Editor)
    {
        /// <summary>The texts after the first, in their order.</summary>
        public List<string> Saved { get; } = [];

        public string Live { get; set; } = TextOf("open", 0);

        public int Publications { get; set; }
    }
}
