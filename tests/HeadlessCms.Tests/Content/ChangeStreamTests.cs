using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>Changes as server-sent events.</summary>
public sealed class ChangeStreamTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_change_is_told_as_it_happens()
    {
        await using var events = await ListenAsync();
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Told at once" }, publish: true);

        var told = await events.NextAsync(slug);

        Assert.Equal("article.published", told.EventType);
        Assert.Equal("article.published", told.Data["event"]!.GetValue<string>());
        Assert.Equal($"/content/v1/articles/{slug}", told.Data["href"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_stream_goes_on_after_the_event_that_was_heard_last()
    {
        string last;
        await using (var before = await ListenAsync())
        {
            var heard = await newsroom.Admin.ArticleAsync(new { headline = "Heard" }, publish: true);
            last = (await before.NextAsync(heard)).EventId!;
        }

        var missed = new List<string>();
        for (var number = 0; number < 3; number++)
            missed.Add(await newsroom.Admin.ArticleAsync(new { headline = $"Missed {number}" }, publish: true));
        await using var after = await ListenAsync(last);
        missed.Add(await newsroom.Admin.ArticleAsync(new { headline = "Heard again" }, publish: true));

        var told = new List<string>();
        while (told.Count < missed.Count)
            told.Add((await after.NextAsync()).Data["slug"]!.GetValue<string>());
        Assert.Equal(missed, told.Where(missed.Contains));
    }

    [Fact]
    public async Task The_tokens_of_events_and_of_the_list_are_the_same()
    {
        await using var events = await ListenAsync();
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Same token" }, publish: true);
        var token = (await events.NextAsync(slug)).EventId;
        await newsroom.Admin.ArticleAsync(new { headline = "After it" }, publish: true);

        var page = (await newsroom.Anyone.ReadAsync($"/content/v1/changes?since={token}")).Expect(HttpStatusCode.OK);

        Assert.DoesNotContain(page["items"]!.AsArray(), change => change!["slug"]?.GetValue<string>() == slug);
        Assert.Contains(page["items"]!.AsArray(), change => change!["slug"]?.GetValue<string>() == "after-it");
    }

    [Fact]
    public async Task A_thousand_listen_at_once()
    {
        using var client = Patience.Client(newsroom.Address);
        var listeners = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Listener.OpenAsync(client, null)));
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "To a thousand" }, publish: true);

        var heard = await Task.WhenAll(listeners.Select(listener => listener.NextAsync(slug)));

        Assert.Single(heard.Select(told => told.EventId).Distinct());
        foreach (var listener in listeners)
            await listener.DisposeAsync();
    }

    [Fact]
    public async Task Where_nothing_happens_a_heartbeat_shows_that_the_connection_stands()
    {
        using var client = Patience.Client(newsroom.Address);
        using var response = await client.GetAsync(
            new Uri("/content/v1/changes/stream", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        var comments = 0;
        while (comments < 2)
            if ((await reader.ReadLineAsync(TestContext.Current.CancellationToken))!.StartsWith(':'))
                comments++;

        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_token_that_was_not_given_out_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/content/v1/changes/stream");
        request.Headers.Add("Last-Event-ID", "x");
        using var response = await newsroom.Anyone.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_list_of_events_is_the_stream_to_who_asks_for_one()
    {
        foreach (
            var (name, value) in new[]
            {
                ("Accept", "text/event-stream"),
                ("Accept", "text/html, text/event-stream;q=0.5"),
                ("Last-Event-ID", "x"),
            }
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/content/v1/events");
            request.Headers.TryAddWithoutValidation(name, value);
            using var response = await newsroom.Anyone.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                TestContext.Current.CancellationToken
            );
            Assert.Equal(
                name == "Accept" ? "text/event-stream" : "application/problem+json", // the id was not given out
                response.Content.Headers.ContentType!.MediaType
            );
            Assert.Contains("Accept", response.Headers.Vary);
        }

        Assert.Equal(
            "invalidToken",
            (await newsroom.Anyone.ReadAsync("/content/v1/events?since=x")).Json["errors"]![0]!["code"]!.GetValue<string>()
        );
        foreach (var accept in new[] { "*/*", "application/json", "text/event-stream;q=0" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/content/v1/events");
            request.Headers.TryAddWithoutValidation("Accept", accept);
            var listed = await newsroom.Anyone.AnswerAsync(request);
            Assert.Empty(listed.Expect(HttpStatusCode.OK)["items"]!.AsArray());
            Assert.Contains("Accept", listed.Headers.Vary);
        }
    }

    private Task<Listener> ListenAsync(string? last = null) => Listener.OpenAsync(newsroom.Anyone, last);

    private sealed class Listener(HttpResponseMessage response, IAsyncEnumerator<SseItem<JsonNode>> events) : IAsyncDisposable
    {
        public static async Task<Listener> OpenAsync(HttpClient client, string? last)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/content/v1/changes/stream");
            if (last is not null)
                request.Headers.Add("Last-Event-ID", last);
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            return new Listener(
                response,
                SseParser
                    .Create(stream, (_, data) => JsonNode.Parse(data)!)
                    .EnumerateAsync()
                    .GetAsyncEnumerator(TestContext.Current.CancellationToken)
            );
        }

        public async Task<SseItem<JsonNode>> NextAsync(string? slug = null)
        {
            do Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(Patience.Limit));
            while (slug is not null && events.Current.Data["slug"]?.GetValue<string>() != slug);
            return events.Current;
        }

        public ValueTask DisposeAsync()
        {
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
