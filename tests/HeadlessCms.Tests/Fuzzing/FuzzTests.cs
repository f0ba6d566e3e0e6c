using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;
using HeadlessCms.Tests.OpenApi;

namespace HeadlessCms.Tests.Fuzzing;

/// <summary>
/// Every request gets a declared response, never a server error and never a slow one, and no reader sees a draft. The environment variable
/// <c>HEADLESS_CMS_TEST_REQUESTS</c> makes a longer run.
/// </summary>
public sealed class FuzzTests(PublicNewsroom newsroom) : IClassFixture<PublicNewsroom>
{
    private static readonly int Requests = int.Parse(
        Environment.GetEnvironmentVariable("HEADLESS_CMS_TEST_REQUESTS") is { Length: > 0 } number ? number : "28000",
        CultureInfo.InvariantCulture
    );
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);
    private const int Workers = 8;
    private const int Seed = 20_260_101;
    private const string Canary = "quagmirecanary";

    [Fact(Timeout = 3_600_000)]
    public async Task Valid_nearly_valid_and_hostile_requests_are_answered_soon_and_as_the_documents_say_and_show_no_draft()
    {
        var (live, hidden) = await FillAsync();
        var editors = new Vocabulary(live);
        var readers = new Vocabulary([.. live, .. hidden]);
        using var author = await newsroom.AsAsync(Role.Author);
        HttpClient[] staff = [newsroom.Admin, newsroom.Admin, newsroom.Admin, author, newsroom.Anyone];
        var fuzzers = newsroom
            .Documents.Select(document => (document.Name, Fuzzer: new Fuzzer(document, document.Name == "editorial" ? editors : readers)))
            .ToList();
        var (wrong, statuses) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<HttpStatusCode, int>());
        var slow = new ConcurrentQueue<(HttpClient Client, HttpRequestMessage Request)>();

        await Task.WhenAll(
            Enumerable
                .Range(0, Workers)
                .Select(worker =>
                    Task.Run(async () =>
                    {
                        var random = new Random(Seed + worker);
                        for (var i = 0; i < Requests / Workers && wrong.Count < 20; i++)
                        {
                            var (api, fuzzer) = random.Of(fuzzers);
                            using var request = fuzzer.Next(random);
                            var client = api == "editorial" ? random.Of(staff) : newsroom.Anyone;
                            var watch = Stopwatch.StartNew();
                            if (await FaultAsync(client, request, api != "editorial", statuses) is { } fault)
                            {
                                var body = request.Content?.ReadAsStringAsync(TestContext.Current.CancellationToken);
                                wrong.Enqueue($"{request.Method} {request.RequestUri} {(body is null ? "" : await body)}\n    {fault}");
                            }

                            if (watch.Elapsed > Slow)
                                slow.Enqueue((client, await CopyAsync(request)));
                        }
                    })
                )
        );

        Assert.True(wrong.IsEmpty, string.Join('\n', wrong));
        // On a busy machine many requests are slow at times: what was slow is sent again by itself.
        foreach (var (client, request) in slow)
            Assert.True(await IsFastAsync(client, request), $"{request.Method} {request.RequestUri} takes more than {Slow}.");
        // The requests must reach all kinds of responses, not only refusals.
        foreach (
            var status in new[]
            {
                HttpStatusCode.OK,
                HttpStatusCode.Created,
                HttpStatusCode.BadRequest,
                HttpStatusCode.NotFound,
                HttpStatusCode.Conflict,
                HttpStatusCode.PreconditionFailed,
                HttpStatusCode.UnprocessableEntity,
            }
        )
            Assert.True(statuses.GetValueOrDefault(status) > 20, $"{status} was answered {statuses.GetValueOrDefault(status)} times.");
    }

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri);
        foreach (var (name, values) in request.Headers)
            copy.Headers.TryAddWithoutValidation(name, values);
        if (request.Content is { } content)
        {
            copy.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            foreach (var (name, values) in content.Headers)
                copy.Content.Headers.TryAddWithoutValidation(name, values);
        }

        return copy;
    }

    private static async Task<bool> IsFastAsync(HttpClient client, HttpRequestMessage request)
    {
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            using var again = await CopyAsync(request);
            var watch = Stopwatch.StartNew();
            using var response = await client.SendAsync(
                again,
                HttpCompletionOption.ResponseHeadersRead,
                TestContext.Current.CancellationToken
            );
            if (watch.Elapsed < Slow)
                return true;
        }

        return false;
    }

    private static async Task<string?> FaultAsync(
        HttpClient client,
        HttpRequestMessage request,
        bool isReader,
        ConcurrentDictionary<HttpStatusCode, int> statuses
    )
    {
        try
        {
            using var response = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                TestContext.Current.CancellationToken
            );
            statuses.AddOrUpdate(response.StatusCode, 1, (_, times) => times + 1);
            var isStream = response.Content.Headers.ContentType?.MediaType is "text/event-stream";
            var text = isStream ? "" : await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if ((int)response.StatusCode >= 500)
                return $"{(int)response.StatusCode} {text}";
            if (
                isReader
                && (
                    text.Contains(Canary, StringComparison.OrdinalIgnoreCase)
                    || response.Headers.ToString().Contains(Canary, StringComparison.OrdinalIgnoreCase)
                )
            )
                return $"The draft shows: {text}";
            return null;
        }
        catch (ConformanceException broken)
        {
            return broken.Message;
        }
        catch (HttpRequestException refused)
        {
            return refused.ToString();
        }
    }

    /// <summary>The names of live and of hidden content.</summary>
    private async Task<(List<string> Live, List<string> Hidden)> FillAsync()
    {
        var (editor, live) = (newsroom.Admin, new List<string>());
        var person = await editor.ConceptAsync("people", new { name = "Grace Lind", aliases = new[] { "G. Lind" } });
        var place = await editor.ConceptAsync(
            "places",
            new
            {
                name = "Tokyo Bay",
                kind = "site",
                @public = true,
            }
        );
        var topic = await editor.ConceptAsync("topics", new { name = "Harbours", @public = true });
        live.AddRange([person, place, topic]);
        for (var i = 0; i < 12; i++)
        {
            var slug = await editor.ArticleAsync(
                new
                {
                    headline = $"Story {i} of the harbour",
                    body = new { format = "markdown", content = "Work begins **in spring**." },
                    people = new[] { new { person } },
                    places = new[] { new { place } },
                    topics = new[] { new { topic } },
                    authors = new[] { person },
                },
                publish: i % 3 != 0
            );
            live.AddRange([slug, (await editor.ReadAsync($"/editorial/v1/articles/{slug}")).Json["id"]!.GetValue<string>()]);
        }

        var hiddenPerson = await editor.ConceptAsync(
            "people",
            new
            {
                name = Canary,
                slug = "hidden-person",
                aliases = new[] { Canary },
            }
        );
        var hiddenArticle = await editor.ArticleAsync(
            new
            {
                headline = Canary,
                slug = "hidden-article",
                standfirst = Canary,
                body = new { format = "text", content = Canary },
                people = new[] { new { person = hiddenPerson } },
                byline = Canary,
            }
        );
        return (
            live,
            [
                hiddenPerson,
                hiddenArticle,
                (await editor.ReadAsync($"/editorial/v1/articles/{hiddenArticle}")).Json["id"]!.GetValue<string>(),
            ]
        );
    }
}
