using System.Net;

namespace HeadlessCms.Tests.OpenApi;

public class ExampleWalkTests
{
    [Fact]
    public async Task Every_example_is_sent_as_it_is_written()
    {
        using var recorder = new Recorder();
        using var client = new HttpClient(recorder) { BaseAddress = new Uri("https://cms.test") };

        var steps = await ExampleWalk.RunAsync(SampleDocument.Load(), client, null, TestContext.Current.CancellationToken);

        Assert.All(steps, step => Assert.True(step.Succeeded));
        Assert.Equal("/sample/v1/notes?limit=10&tag=a&tag=b%20c", steps[0].Path);
        Assert.Equal(
            [
                "GET /sample/v1/notes?limit=10&tag=a&tag=b%20c",
                """POST /sample/v1/notes key k-1 application/json { "text": "Hello" }""",
                "GET /sample/v1/notes/01981f2e-7c00-7000-8000-000000000001",
                "DELETE /sample/v1/notes/01981f2e-7c00-7000-8000-000000000001",
                "GET /sample/v1/notes/latest",
            ],
            recorder.Seen
        );
    }

    [Fact]
    public async Task What_must_be_sent_and_has_no_example_is_told()
    {
        using var client = new HttpClient(new Recorder()) { BaseAddress = new Uri("https://cms.test") };
        var document = OpenApiDocument.Load(SampleDocument.Json.Replace(", \"example\": \"k-1\"", "", StringComparison.Ordinal), "sample");

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ExampleWalk.RunAsync(document, client, null, TestContext.Current.CancellationToken)
        );

        Assert.Equal("createNote has no example for the header Idempotency-Key.", thrown.Message);
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public List<string> Seen { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var line = $"{request.Method} {request.RequestUri!.PathAndQuery}";
            if (request.Headers.TryGetValues("Idempotency-Key", out var key))
                line += $" key {key.Single()}";
            if (request.Content is { } body)
                line += $" {body.Headers.ContentType} {await body.ReadAsStringAsync(cancellationToken)}";
            Seen.Add(line);
            return new HttpResponseMessage(HttpStatusCode.OK);
        }
    }
}
