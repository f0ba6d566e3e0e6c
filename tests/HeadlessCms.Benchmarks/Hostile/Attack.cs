using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HeadlessCms.Benchmarks.Generated;
using HeadlessCms.Benchmarks.Servers;

namespace HeadlessCms.Benchmarks.Hostile;

/// <summary>Requests that cost their sender little, from an address of its own.</summary>
/// <param name="Name">What is tried.</param>
/// <param name="Next">Makes the next request.</param>
internal sealed record Attack(string Name, Func<int, HttpRequestMessage> Next)
{
    private const int Tokens = 20_000;

    /// <summary>The attacks that the product was tried with, and some of their kind.</summary>
    public static IReadOnlyList<Attack> All(Newsroom newsroom, string editedArticle)
    {
        var topics = newsroom.Concepts.TopicsByFame.Select(topic => topic.Slug).ToList();
        var table = string.Concat(Enumerable.Repeat("|", 500)) + "\n" + string.Concat(Enumerable.Repeat("|-", 500)) + "|\n";
        var deep = string.Concat(Enumerable.Repeat("> ", Tokens));
        return
        [
            new("a filter repeated 400 times", _ => Get("/feeds/articles.rss?" + Repeat("person=x", 400, "&"))),
            new("ten filters of five topics", turn => Get("/content/v1/articles?" + Filters(topics, turn))),
            new("facets of everything", turn => Get($"/content/v1/articles?facets=topics,people,places,language&limit={turn % 100 + 1}")),
            new("searches of many words", turn => Get($"/content/v1/search?q={Repeat("a", 40, "+or+")}+{turn}")),
            new("pages of nothing", turn => Get($"/content/v1/articles?ids={Repeat($"none-{turn}", 100, ",")}")),
            new("OpenAPI documents", _ => Get("/openapi/editorial.json")),
            new("wrong keys", turn => Get("/editorial/v1/articles", $"cms_{turn:d8}_{new string('x', 40)}")),
            new("tables in Markdown", turn => Post(Article($"Table {turn}", table + Repeat("|", 1_000, "\n")))),
            new("quotations of quotations", turn => Post(Article($"Deep {turn}", deep))),
            new("20,000 wrong authors", turn =>
                Post($"{{\"headline\":\"Wrong {turn}\",\"authors\":[{Repeat("\"nobody\"", Tokens, ",")}]}}")
            ),
            new("comparisons of long texts", _ =>
                Get($"/editorial/v1/articles/{editedArticle}/revisions/2/diff?against=1", AppServer.AdminKey)
            ),
            new("bulk requests of wrong lines", _ =>
                Post(Repeat("{\"headline\":1}", 1_000, "\n"), "/editorial/v1/articles/bulk", "application/x-ndjson")
            ),
        ];
    }

    /// <summary>Sends one request after another until the end, and counts the statuses.</summary>
    public async Task RunAsync(
        AppServer app,
        IPAddress from,
        TimeSpan pause,
        ConcurrentDictionary<int, int> statuses,
        CancellationToken end
    )
    {
        using var client = new HttpClient(Bound(from)) { BaseAddress = app.Client.BaseAddress };
        for (var turn = 0; !end.IsCancellationRequested; turn++)
        {
            try
            {
                using var request = Next(turn);
                using var response = await client.SendAsync(request, end);
                await response.Content.CopyToAsync(Stream.Null, end);
                statuses.AddOrUpdate((int)response.StatusCode, 1, (_, count) => count + 1);
                await Task.Delay(pause, end);
            }
            catch (HttpRequestException)
            {
                statuses.AddOrUpdate(0, 1, (_, count) => count + 1);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Opens requests whose answers are read at a kilobyte a second, until the end.</summary>
    public static async Task HoardAsync(AppServer app, IPAddress from, string path, int count, CancellationToken end)
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(async _ =>
                {
                    while (!end.IsCancellationRequested)
                    {
                        try
                        {
                            using var client = new TcpClient(new IPEndPoint(from, 0)) { ReceiveBufferSize = 4_096 };
                            await client.ConnectAsync(app.Address, end);
                            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"), end);
                            while (await client.GetStream().ReadAsync(new byte[1_000], end) > 0)
                                await Task.Delay(TimeSpan.FromSeconds(1), end);
                        }
                        catch (Exception cut) when (cut is IOException or SocketException)
                        {
                            await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None); // it comes again
                        }
                        catch (OperationCanceledException)
                        {
                            return;
                        }
                    }
                })
        );
    }

    /// <summary>Two revisions of 16,000 words each that differ in every tenth word.</summary>
    public static (string First, string Second) LongTexts()
    {
        var words = Enumerable.Range(0, 16_000).Select(number => number.ToString("x", CultureInfo.InvariantCulture)).ToList();
        return (string.Join(' ', words), string.Join(' ', words.Select((word, number) => number % 10 == 0 ? "other" : word)));
    }

    public static SocketsHttpHandler Bound(IPAddress from) =>
        new()
        {
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };

    private static HttpRequestMessage Get(string path, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
            request.Headers.Authorization = new("Bearer", key);
        return request;
    }

    private static HttpRequestMessage Post(string body, string path = "/editorial/v1/articles", string mediaType = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new(mediaType);
        request.Headers.Authorization = new("Bearer", AppServer.AdminKey);
        return request;
    }

    private static string Article(string headline, string markdown) =>
        System.Text.Json.JsonSerializer.Serialize(new { headline, body = new { format = "markdown", content = markdown } });

    private static string Filters(List<string> topics, int turn) =>
        string.Join(
            '&',
            Enumerable
                .Range(0, 10)
                .Select(group =>
                    "topic=" + string.Join(',', Enumerable.Range(0, 5).Select(one => topics[(turn + group * 5 + one) % topics.Count]))
                )
        );

    private static string Repeat(string text, int times, string separator) => string.Join(separator, Enumerable.Repeat(text, times));
}
