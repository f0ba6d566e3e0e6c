using System.Diagnostics.Metrics;
using System.Net;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Http;

/// <summary>Each test reads a path of its own, by which it finds its lines.</summary>
public sealed class SecurityLogTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/editorial/v1/articles";
    private const string Keys = "/editorial/v1/keys";
    private const string Secret = "0123456789abcdefghijABCDEFGHIJ0123456789";

    [Theory]
    [InlineData("malformed")]
    [InlineData("unknownKey")]
    [InlineData("wrongSecret")]
    [InlineData("revokedKey")]
    [InlineData("expiredKey")]
    public async Task A_refused_credential_is_logged_with_its_reason(string reason)
    {
        var (credential, publicId) = await RefusedAsync(reason);
        using var caller = newsroom.Client(credential);

        var path = $"{Articles}/refused-{reason}".ToLowerInvariant();
        (await caller.ReadAsync(path)).Expect(HttpStatusCode.Unauthorized);

        var line = await LineAsync(path);
        Assert.Equal(("authenticationFailed", reason), (line.Event.Name, line.Field("Reason")));
        Assert.Equal(
            ("GET", "127.0.0.1", publicId, null),
            (line.Field("Method"), line.Field("Address"), line.Field("KeyId"), line.Field("Caller"))
        );
    }

    [Fact]
    public async Task The_response_does_not_say_why_a_credential_was_refused()
    {
        var responses = new HashSet<string>();
        foreach (var reason in new[] { "malformed", "unknownKey", "wrongSecret", "revokedKey", "expiredKey" })
        {
            using var caller = newsroom.Client((await RefusedAsync(reason)).Credential);
            var answer = await caller.ReadAsync(Articles);
            var problem = answer.Expect(HttpStatusCode.Unauthorized).AsObject();
            problem.Remove("traceId");
            responses.Add($"{problem.ToJsonString()} {answer.Headers.WwwAuthenticate}");
        }

        Assert.Single(responses);
    }

    [Fact]
    public async Task A_refused_credential_is_logged_where_none_is_needed_too()
    {
        using var caller = newsroom.Client($"cms_nosuchid_{Secret}");

        await caller.ReadAsync("/content/v1/articles/read-all-the-same");

        Assert.Equal("unknownKey", (await LineAsync("/content/v1/articles/read-all-the-same")).Field("Reason"));
    }

    [Fact]
    public async Task A_request_without_a_credential_is_not_logged()
    {
        (await newsroom.Anyone.ReadAsync($"{Articles}/without-credential")).Expect(HttpStatusCode.Unauthorized);

        await AssertNotLoggedAsync($"{Articles}/without-credential");
    }

    [Fact]
    public async Task A_refused_preview_is_logged()
    {
        await newsroom.Anyone.ReadAsync("/content/v1/articles/refused-preview?preview=nonsense");

        var line = await LineAsync("/content/v1/articles/refused-preview");
        Assert.Equal(("authenticationFailed", "previewRefused"), (line.Event.Name, line.Field("Reason")));
    }

    [Fact]
    public async Task An_accepted_preview_is_not_logged()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Previewed and not logged" });
        using var caller = newsroom.Client(await PreviewTokenAsync(slug));

        Assert.Equal(HttpStatusCode.OK, await caller.LiveStatusAsync(slug));

        await AssertNotLoggedAsync($"/content/v1/articles/{slug}");
    }

    [Fact]
    public async Task A_preview_does_not_hide_a_refused_key()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Previewed with a wrong key" });
        using var caller = newsroom.Client($"cms_nosuchid_{Secret}");

        await caller.LiveStatusAsync(slug, $"?preview={await PreviewTokenAsync(slug)}");

        Assert.Equal("unknownKey", (await LineAsync($"/content/v1/articles/{slug}")).Field("Reason"));
    }

    [Fact]
    public async Task An_operation_that_the_role_does_not_allow_is_logged_with_its_caller()
    {
        using var reader = await newsroom.AsAsync(Role.Reader);

        (await reader.DeleteAsync($"{Articles}/not-allowed", "*")).Expect(HttpStatusCode.Forbidden);

        var line = await LineAsync($"{Articles}/not-allowed");
        Assert.Equal(
            ("authorisationFailed", "role", "DELETE", "test-reader"),
            (line.Event.Name, line.Field("Reason"), line.Field("Method"), line.Field("Caller"))
        );
        Assert.Equal(8, line.Field("KeyId")!.Length);
    }

    [Fact]
    public async Task An_operation_that_a_rule_does_not_allow_the_role_is_logged_too()
    {
        var topic = await newsroom.Admin.ConceptAsync("topics", new { name = "Public from the start", @public = true });
        using var author = await newsroom.AsAsync(Role.Author);

        var path = $"/editorial/v1/topics/{topic}";
        (await author.PatchAsync(path, new { description = "x" }, "\"v1\"")).Expect(HttpStatusCode.Forbidden);

        Assert.Equal("authorisationFailed", (await LineAsync(path)).Event.Name);
    }

    [Theory]
    [InlineData("/content/v1/articles/of-a-partner")]
    [InlineData("/feeds/articles.rss")]
    public async Task A_partners_key_outside_its_feeds_is_logged(string path)
    {
        var name = $"partner-{path.Length}";
        using var partner = newsroom.Client(
            await NewKeyAsync(
                new
                {
                    name,
                    role = "reader",
                    feeds = new { formats = new[] { "ninjs" } },
                }
            )
        );

        (await partner.ReadAsync(path)).Expect(HttpStatusCode.Forbidden);

        var line = await LineAsync(path);
        Assert.Equal(("scopeRefused", "feeds", name), (line.Event.Name, line.Field("Reason"), line.Field("Caller")));
    }

    [Fact]
    public async Task A_path_can_forge_no_line()
    {
        using var caller = newsroom.Client("nonsense");

        await caller.ReadAsync($"{Articles}/forged%0d%0aauthentication%20failed%22%e2%80%a8");

        var line = await LineAsync($"{Articles}/forged%0D%0Aauthentication%20failed%22%E2%80%A8");
        Assert.DoesNotContain(line.Text, character => char.IsControl(character) || character is '\u2028');
    }

    [Fact]
    public async Task A_long_path_is_cut()
    {
        using var caller = newsroom.Client("nonsense");

        await caller.ReadAsync($"{Articles}/{new string('l', 2_000)}");

        Assert.InRange(
            (await newsroom.SecurityLog.LineAsync(line => line.Text.Contains("/lll", StringComparison.Ordinal))).Text.Length,
            300,
            500
        );
    }

    [Fact]
    public async Task No_secret_and_no_query_is_logged()
    {
        var key = await NewKeyAsync(new { name = "with-a-secret", role = "reader" });
        var inPath = $"cms_abcdefgh_{Secret.ToLowerInvariant()}";
        using var wrong = newsroom.Client(key[..^1] + (key[^1] == 'x' ? 'y' : 'x'));
        using var right = newsroom.Client(key);

        await wrong.ReadAsync($"{Articles}/{inPath}?q={key}");
        (await right.DeleteAsync($"{Keys}/{inPath}", null)).Expect(HttpStatusCode.Forbidden);

        await LineAsync($"{Articles}/cms_...");
        await LineAsync($"{Keys}/cms_...");
        foreach (var secret in new[] { key[13..40], inPath[13..], "?" })
            Assert.DoesNotContain(newsroom.SecurityLog.Lines, line => line.Text.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_are_counted_by_name_and_reason()
    {
        using var counts = new EventCounts(newsroom);
        using var caller = newsroom.Client("cms_countedk_" + Secret);
        using var reader = await newsroom.AsAsync(Role.Reader);

        for (var time = 0; time < 3; time++)
            await caller.ReadAsync($"{Articles}/counted");
        await reader.DeleteAsync($"{Articles}/counted-too", "*");
        await LineAsync($"{Articles}/counted-too");

        await Eventually.TrueAsync(() => Task.FromResult(counts.Of("authenticationFailed", "unknownKey") == 3));
        Assert.Equal(1, counts.Of("authorisationFailed", "role"));
    }

    private Task<LogLine> LineAsync(string path) => newsroom.SecurityLog.LineAsync(line => line.Field("Path") == path);

    /// <summary>A line is written after its response, so another request of the same kind has to be logged first.</summary>
    private async Task AssertNotLoggedAsync(string path)
    {
        using var caller = newsroom.Client("nonsense");
        await caller.ReadAsync($"{Articles}/after{path.Replace("/", "-", StringComparison.Ordinal)}");
        await LineAsync($"{Articles}/after{path.Replace("/", "-", StringComparison.Ordinal)}");
        Assert.DoesNotContain(newsroom.SecurityLog.Lines, line => line.Field("Path") == path);
    }

    private async Task<(string Credential, string? PublicId)> RefusedAsync(string reason)
    {
        if (reason == "malformed")
            return ("nonsense", null);
        if (reason == "unknownKey")
            return ($"cms_nosuchid_{Secret}", "nosuchid");
        var name = $"refused-{Guid.CreateVersion7():N}";
        var key = await NewKeyAsync(new { name, role = "reader" });
        if (reason == "revokedKey")
            (await newsroom.Admin.DeleteAsync($"{Keys}/{name}", null)).Expect(HttpStatusCode.NoContent);
        if (reason == "expiredKey")
            await newsroom.SqlAsync($"update api_keys set expires_at = now() - interval '1 s' where name = '{name}'");
        return (reason == "wrongSecret" ? $"{key[..13]}{Secret}" : key, key[4..12]);
    }

    private async Task<string> NewKeyAsync(object request) =>
        (await newsroom.Admin.PostAsync(Keys, request)).Expect(HttpStatusCode.Created)["key"]!.GetValue<string>();

    private async Task<string> PreviewTokenAsync(string article) =>
        (await newsroom.Admin.PostAsync("/editorial/v1/previews", new { article })).Expect(HttpStatusCode.Created)[
            "token"
        ]!.GetValue<string>();
}

/// <summary>A newsroom in which a key may send one request a minute.</summary>
public sealed class SlowNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:RateLimits:PerKey"] = "1" };
}

public sealed class RateLimitLogTests(SlowNewsroom newsroom) : IClassFixture<SlowNewsroom>
{
    [Fact]
    public async Task A_caller_above_its_limit_is_logged_once_a_minute_and_counted_each_time()
    {
        using var counts = new EventCounts(newsroom);
        await newsroom.Admin.ReadAsync("/editorial/v1/articles");

        for (var time = 0; time < 3; time++)
            (await newsroom.Admin.ReadAsync("/editorial/v1/articles")).Expect(HttpStatusCode.TooManyRequests);

        var line = Assert.Single(newsroom.SecurityLog.Lines);
        Assert.Equal(("rateLimited", "key", "admin"), (line.Event.Name, line.Field("Reason"), line.Field("Caller")));
        Assert.Equal(3, counts.Of("rateLimited", "key"));
    }
}

/// <summary>What the security events of a newsroom's nodes were counted as, from its construction on.</summary>
internal sealed class EventCounts : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<(string? Event, string? Reason)> _events = [];

    public EventCounts(Newsroom newsroom)
    {
        var meters = newsroom.Service<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == SecurityLog.Counter && instrument.Meter.Scope == meters)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(
            (_, count, tags, _) =>
            {
                var values = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
                lock (_events)
                    _events.AddRange(Enumerable.Repeat((values["event"], values["reason"]), (int)count));
            }
        );
        _listener.Start();
    }

    public int Of(string name, string reason)
    {
        lock (_events)
            return _events.Count(counted => counted == (name, reason));
    }

    public void Dispose() => _listener.Dispose();
}
