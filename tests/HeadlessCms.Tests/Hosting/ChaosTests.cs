using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Hosting;

/// <summary>Two nodes on one database, which are killed at random during concurrent writes.</summary>
[Trait("Postgres", "AnyVersion")] // once is enough: it says nothing about a version
public sealed class ChaosTests
{
    private const int Clients = 16;
    private const int Operations = 2_000;
    private const int Articles = 40;
    private const int Kills = 4;

    [Fact]
    public async Task Two_thousand_operations_by_sixteen_clients_on_two_nodes_that_are_killed_lose_nothing_and_do_nothing_twice()
    {
        using var data = new TemporaryDirectory();
        using var nodes = new Nodes(data.Path);
        await nodes.StartAsync();
        var desk = new Desk(nodes);
        for (var number = 0; number < Articles; number++)
            await desk.CreateAsync(number);

        var done = 0;
        var work = Task.WhenAll(
            Enumerable
                .Range(0, Clients)
                .Select(async client =>
                {
                    var random = new Random(client);
                    for (var turn = Interlocked.Increment(ref done); turn <= Operations; turn = Interlocked.Increment(ref done))
                        await desk.DoAsync(random, turn);
                })
        );
        for (var kill = 1; kill <= Kills; kill++)
        {
            await Eventually.TrueAsync(() =>
                Task.FromResult(Volatile.Read(ref done) >= kill * Operations / (Kills + 1) || work.IsCompleted)
            );
            await nodes.KillAndStartAsync(kill % 2);
        }

        await work;
        await desk.CheckAsync();
    }

    /// <summary>Sends the writes, records the acknowledged ones and checks the final state.</summary>
    private sealed class Desk(Nodes nodes)
    {
        private const string Path = "/editorial/v1/articles";

        private readonly ConcurrentDictionary<string, byte> _sent = [];
        private readonly ConcurrentDictionary<(string Article, int Revision), string> _acknowledged = [];
        private readonly ConcurrentBag<string> _articles = [];
        private int _texts;

        public async Task CreateAsync(int start)
        {
            var (text, key) = (NewText(), NewKey());
            var made = (
                await AskAsync(start, client => client.SendAsync(HttpMethod.Post, Path, new { headline = text }, idempotencyKey: key))
            ).Expect(HttpStatusCode.Created);
            Acknowledge(made["id"]!.GetValue<string>(), made["revision"]!.GetValue<int>(), text);
            _articles.Add(made["id"]!.GetValue<string>());
        }

        public Task DoAsync(Random random, int turn)
        {
            var articles = _articles.ToArray();
            var id = articles[random.Next(articles.Length)];
            return random.Next(20) switch
            {
                0 => CreateAsync(turn),
                <= 10 => SaveAsync(id, turn),
                <= 13 => CommandAsync(id, turn, "publications", new { }),
                14 => CommandAsync(id, turn, "unpublish", null),
                15 => CommandAsync(id, turn, "revisions/1/restore", null),
                16 => BulkAsync(turn),
                _ => AskAsync(turn, client => client.ReadAsync($"{Path}/{id}")),
            };
        }

        public async Task CheckAsync()
        {
            var found = new List<string>();
            var client = nodes.Any(0);
            foreach (var id in _articles)
            {
                var revisions = new List<(int Number, string Text)>();
                for (string? next = $"{Path}/{id}/revisions?limit=100"; next is not null; )
                {
                    var page = (await client.ReadAsync(next)).Expect(HttpStatusCode.OK);
                    revisions.AddRange(
                        page["items"]!.AsArray().Select(item => (item!["revision"]!.GetValue<int>(), item["headline"]!.GetValue<string>()))
                    );
                    next = page["nextCursor"]?.GetValue<string>() is { } cursor ? $"{Path}/{id}/revisions?limit=100&cursor={cursor}" : null;
                }

                revisions.Reverse();
                Assert.Equal(Enumerable.Range(1, revisions.Count), revisions.Select(revision => revision.Number));
                Assert.Equal(revisions.Count, (await client.ReadAsync($"{Path}/{id}")).Json["revision"]!.GetValue<int>());
                foreach (var ((article, number), text) in _acknowledged.Where(saved => saved.Key.Article == id))
                    Assert.Equal((number, text), revisions[number - 1]);
                // A restored revision repeats the first text; every other text was sent and occurs once.
                found.AddRange(
                    revisions
                        .Where(revision => revision.Number == 1 || revision.Text != revisions[0].Text)
                        .Select(revision => revision.Text)
                );
            }

            Assert.Equal(found.Count, found.Distinct().Count());
            Assert.Empty(found.Except(_sent.Keys));
            Assert.Equal(_articles.Count, (await client.ReadAsync($"{Path}?count=true&limit=1")).Json["total"]!.GetValue<int>());
            Assert.True(_acknowledged.Count > 500, "Too little was saved to say anything.");
        }

        private async Task SaveAsync(string id, int turn)
        {
            var text = NewText();
            while (true)
            {
                var read = await AskAsync(turn, client => client.ReadAsync($"{Path}/{id}"));
                if (await FindAsync(id, text, turn) is { } there)
                {
                    Acknowledge(id, there, text);
                    return;
                }

                var saved = await TryAsync(turn, client => client.PutAsync($"{Path}/{id}", new { headline = text }, read.Tag));
                if (saved?.Status != HttpStatusCode.OK)
                    continue; // unknown outcome or a conflict: read again and retry
                Acknowledge(id, saved.Json["revision"]!.GetValue<int>(), text);
                return;
            }
        }

        private async Task CommandAsync(string id, int turn, string command, object? body)
        {
            var key = NewKey();
            var answer = await AskAsync(turn, client =>
                client.SendAsync(HttpMethod.Post, $"{Path}/{id}/{command}", body, idempotencyKey: key)
            );
            Assert.True((int)answer.Status < 300 || answer.Status == HttpStatusCode.Conflict, answer.Text);
        }

        private async Task BulkAsync(int turn)
        {
            string[] texts = [NewText(), NewText(), NewText()];
            var lines = string.Concat(texts.Select(text => $$"""{"headline":"{{text}}","externalId":"urn:chaos:{{text}}"}""" + "\n"));
            var answer = await AskAsync(turn, client =>
                client.SendAsync(HttpMethod.Post, $"{Path}/bulk", lines, mediaType: "application/x-ndjson")
            );
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            foreach (var (text, line) in texts.Zip(answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)))
            {
                var result = JsonNode.Parse(line)!;
                Acknowledge(result["id"]!.GetValue<string>(), 1, text);
                _articles.Add(result["id"]!.GetValue<string>());
            }
        }

        private async Task<int?> FindAsync(string id, string text, int turn)
        {
            var recent = (await AskAsync(turn, client => client.ReadAsync($"{Path}/{id}/revisions?limit=100"))).Expect(HttpStatusCode.OK)[
                "items"
            ]!.AsArray();
            return recent.FirstOrDefault(item => item!["headline"]!.GetValue<string>() == text)?["revision"]!.GetValue<int>();
        }

        /// <summary>Retries on alternating nodes until a response is final.</summary>
        private async Task<Answer> AskAsync(int start, Func<HttpClient, Task<Answer>> ask)
        {
            var waited = Stopwatch.StartNew();
            for (var attempt = start; ; attempt++)
            {
                var answer = await TryAsync(attempt, ask);
                var isFinal =
                    answer is not null
                    && (int)answer.Status < 500
                    && !answer.Text.Contains("idempotencyKeyInUse", StringComparison.Ordinal)
                    && !answer.Text.Contains(":busy", StringComparison.Ordinal);
                if (isFinal)
                    return answer!;
                Assert.True(waited.Elapsed < Patience.Limit, $"No response was final within {Patience.Limit}: {answer?.Text}");
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }

        private async Task<Answer?> TryAsync(int attempt, Func<HttpClient, Task<Answer>> ask)
        {
            try
            {
                return await ask(nodes.Any(attempt));
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException or ObjectDisposedException)
            {
                return null; // the node was killed, so the outcome is unknown
            }
        }

        private void Acknowledge(string id, int revision, string text) => _acknowledged[(id, revision)] = text;

        private string NewText()
        {
            var text = $"chaos-{Interlocked.Increment(ref _texts)}";
            _sent[text] = 0;
            return text;
        }

        private static string NewKey() => Guid.CreateVersion7().ToString("N");
    }

    /// <summary>Two nodes, either of which may be down for a moment.</summary>
    private sealed class Nodes(string data) : IDisposable
    {
        private readonly AppProcess?[] _nodes = new AppProcess?[2];
        private readonly HttpClient?[] _clients = new HttpClient?[2];

        public async Task StartAsync()
        {
            await StartAsync(0);
            await StartAsync(1);
        }

        public HttpClient Any(int number) => Volatile.Read(ref _clients[number % 2]) ?? Volatile.Read(ref _clients[(number + 1) % 2])!;

        public async Task KillAndStartAsync(int number)
        {
            _nodes[number]!.Kill();
            Volatile.Write(ref _clients[number], null);
            await StartAsync(number);
        }

        public void Dispose()
        {
            foreach (var node in _nodes)
                node?.Dispose();
        }

        private async Task StartAsync(int number)
        {
            _nodes[number] = await AppProcess.StartAsync(data);
            Volatile.Write(ref _clients[number], _nodes[number]!.Client(data));
        }
    }
}
