using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Http;

/// <summary>A newsroom in which two credentials a minute of an address may be refused.</summary>
public sealed class SuspiciousNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:BackgroundWork"] = "false", ["Cms:RateLimits:FailedSignIns"] = "2" };
}

/// <summary>Each test has an address of its own.</summary>
public sealed class FailedSignInTests(SuspiciousNewsroom newsroom) : IClassFixture<SuspiciousNewsroom>
{
    private const string Articles = "/editorial/v1/articles";
    private const string Keys = "/editorial/v1/keys";
    private const string WrongKey = "cms_nosuchid_0123456789abcdefghijABCDEFGHIJ0123456789";

    [Fact]
    public async Task Above_the_limit_a_credential_is_refused_without_a_look_up()
    {
        using var caller = await ExhaustedAsync("127.0.1.1");

        Answer answer = null!;
        var statements = await newsroom.Statements.CountAsync(async () => answer = await caller.ReadAsync(Articles));

        Assert.Equal("quotaExceeded", answer.Problem(HttpStatusCode.TooManyRequests));
        Assert.Equal(TimeSpan.FromSeconds(30), answer.Headers.RetryAfter!.Delta);
        Assert.Equal(0, statements);
    }

    [Fact]
    public async Task Above_the_limit_a_valid_credential_that_is_new_here_is_refused_too()
    {
        using var exhausted = await ExhaustedAsync("127.0.1.2");
        using var newcomer = newsroom.ClientFrom("127.0.1.2", await NewKeyAsync("newcomer"));

        (await newcomer.ReadAsync(Articles)).Expect(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Above_the_limit_a_credential_that_was_accepted_goes_on_working()
    {
        using var editor = newsroom.ClientFrom("127.0.1.3", await NewKeyAsync("regular"));
        (await editor.ReadAsync(Articles)).Expect(HttpStatusCode.OK);

        using var exhausted = await ExhaustedAsync("127.0.1.3");

        (await editor.ReadAsync(Articles)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Above_the_limit_a_credential_that_was_revoked_is_looked_up_once()
    {
        using var former = newsroom.ClientFrom("127.0.1.4", await NewKeyAsync("former"));
        (await former.ReadAsync(Articles)).Expect(HttpStatusCode.OK);
        (await newsroom.Admin.DeleteAsync($"{Keys}/former", null)).Expect(HttpStatusCode.NoContent);

        using var exhausted = await ExhaustedAsync("127.0.1.4");

        (await former.ReadAsync(Articles)).Expect(HttpStatusCode.Unauthorized);
        (await former.ReadAsync(Articles)).Expect(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Above_the_limit_requests_without_a_credential_are_answered()
    {
        using var exhausted = await ExhaustedAsync("127.0.1.5");
        using var reader = newsroom.ClientFrom("127.0.1.5");

        (await reader.ReadAsync("/content/v1/articles")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_address_has_a_limit_of_its_own()
    {
        using var exhausted = await ExhaustedAsync("127.0.1.6");
        using var neighbour = newsroom.ClientFrom("127.0.1.7", await NewKeyAsync("neighbour"));

        (await neighbour.ReadAsync(Articles)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refused_previews_count()
    {
        using var caller = newsroom.ClientFrom("127.0.1.8");
        for (var time = 0; time < 2; time++)
            (await caller.ReadAsync("/content/v1/articles?preview=nonsense")).Expect(HttpStatusCode.Unauthorized);

        (await caller.ReadAsync("/content/v1/articles?preview=nonsense")).Expect(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_credential_that_nothing_examined_counts_as_not_accepted()
    {
        using var caller = newsroom.ClientFrom("127.0.1.9");
        (await caller.ReadAsync("/health/live?preview=seed")).Expect(HttpStatusCode.OK);

        using var exhausted = await ExhaustedAsync("127.0.1.9");

        (await caller.ReadAsync("/content/v1/articles?preview=seed")).Expect(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task An_address_above_the_limit_is_logged_once_a_minute_and_counted_each_time()
    {
        using var counts = new EventCounts(newsroom);
        using var caller = await ExhaustedAsync("127.0.1.10");

        for (var time = 0; time < 3; time++)
            (await caller.ReadAsync($"{Articles}/{WrongKey}")).Expect(HttpStatusCode.TooManyRequests);

        var line = Assert.Single(newsroom.SecurityLog.Lines, line =>
            line.Event.Name == "signInsLimited" && line.Field("Address") == "127.0.1.10"
        );
        Assert.Equal(("address", $"{Articles}/cms_..."), (line.Field("Reason"), line.Field("Path")));
        Assert.Equal(3, counts.Of("signInsLimited", "address"));
    }

    /// <summary>A client that sends a wrong key, from an address whose limit is used up.</summary>
    private async Task<HttpClient> ExhaustedAsync(string address)
    {
        var caller = newsroom.ClientFrom(address, WrongKey);
        for (var time = 0; time < 2; time++)
            (await caller.ReadAsync(Articles)).Expect(HttpStatusCode.Unauthorized);
        return caller;
    }

    private async Task<string> NewKeyAsync(string name) =>
        (await newsroom.Admin.PostAsync(Keys, new { name, role = "author" })).Expect(HttpStatusCode.Created)["key"]!.GetValue<string>();
}
