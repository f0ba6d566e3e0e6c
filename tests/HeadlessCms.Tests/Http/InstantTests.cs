using System.Globalization;
using System.Net;
using CsCheck;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Tests.Harness;
using Microsoft.AspNetCore.Routing;

namespace HeadlessCms.Tests.Http;

/// <summary>Every <c>date-time</c> of RFC 3339 is an instant, wherever one is; nothing else is.</summary>
public sealed class InstantTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    public static readonly TheoryData<string, string> Instants = new()
    {
        { "2035-12-23T09:30:00Z", "2035-12-23T09:30:00Z" },
        { "2035-12-23t09:30:00z", "2035-12-23T09:30:00Z" },
        { "2035-12-23T10:30:00+01:00", "2035-12-23T09:30:00Z" },
        { "2035-12-23T10:30:00.000+01:00", "2035-12-23T09:30:00Z" },
        { "2035-12-23T04:00:00-05:30", "2035-12-23T09:30:00Z" },
        { "2035-12-23T09:30:00-00:00", "2035-12-23T09:30:00Z" },
        { "2035-12-23T09:30:00+23:59", "2035-12-22T09:31:00Z" },
        { "2035-12-23T09:30:00.1Z", "2035-12-23T09:30:00.1Z" },
        { "2035-12-23T09:30:00.123456Z", "2035-12-23T09:30:00.123456Z" },
        { "2035-12-23T09:30:00.1234567Z", "2035-12-23T09:30:00.123456Z" },
        { "2035-12-23T09:30:00.123456789012345678901234567890Z", "2035-12-23T09:30:00.123456Z" },
        { "2035-12-31T23:59:60Z", "2036-01-01T00:00:00Z" },
        { "2036-02-29T23:59:59.999999Z", "2036-02-29T23:59:59.999999Z" },
        { "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z" },
    };

    [Theory]
    [MemberData(nameof(Instants))]
    public async Task An_instant_in_a_body_is_any_of_rfc_3339_and_comes_back_in_utc(string sent, string expected)
    {
        var made = await newsroom.Admin.PostAsync("/editorial/v1/articles", new { headline = "Later", embargoUntil = sent });
        Assert.Equal(expected, (string?)made.Expect(HttpStatusCode.Created)["embargoUntil"]);
    }

    [Theory]
    [MemberData(nameof(Instants))]
    public async Task An_instant_in_a_query_is_any_of_rfc_3339_whatever_it_filters(string sent, string expected)
    {
        _ = expected;
        string[] spellings = [Uri.EscapeDataString(sent), sent]; // the second as callers send it who forget to encode the plus sign
        foreach (var parameter in Parameters())
        foreach (var spelling in spellings)
        {
            var needed = parameter.Path.EndsWith("/search", StringComparison.Ordinal) ? "q=x&" : "";
            var answer = await newsroom.Admin.GetAsync(
                $"{parameter.Path}?{needed}{parameter.Name}={spelling}",
                TestContext.Current.CancellationToken
            );
            Assert.True(answer.IsSuccessStatusCode, $"{parameter} {spelling}: {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_filter_reads_the_instant_that_an_offset_means()
    {
        var made = await newsroom.Admin.PostAsync("/editorial/v1/articles", new { headline = "Saved at an instant" });
        var saved = DateTimeOffset.Parse((string)made.Expect(HttpStatusCode.Created)["savedAt"]!, CultureInfo.InvariantCulture);
        foreach (var hours in new[] { -11, -1, 0, 1, 13 })
        {
            var offset = TimeSpan.FromHours(hours);
            Assert.True(await FindsAsync("savedAfter", saved.AddSeconds(-1).ToOffset(offset)));
            Assert.False(await FindsAsync("savedAfter", saved.AddSeconds(1).ToOffset(offset)));
            Assert.True(await FindsAsync("savedBefore", saved.AddSeconds(1).ToOffset(offset)));
            Assert.False(await FindsAsync("savedBefore", saved.AddSeconds(-1).ToOffset(offset)));
        }

        async Task<bool> FindsAsync(string parameter, DateTimeOffset instant)
        {
            var text = Uri.EscapeDataString(instant.ToString("yyyy-MM-ddTHH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture));
            var page = (await newsroom.Admin.ReadAsync($"/editorial/v1/articles?limit=100&{parameter}={text}")).Expect(HttpStatusCode.OK);
            return page["items"]!.AsArray().Any(item => (string?)item!["headline"] == "Saved at an instant");
        }
    }

    [Theory]
    [InlineData("2035-12-23", "A date alone is not an instant: add a time and an offset, such as 2035-12-23T09:30:00Z.")]
    [InlineData("2035-12-23T09:30:00", null)]
    [InlineData("2035-12-23T09:30Z", null)]
    [InlineData("2035-12-23 09:30:00Z", null)]
    [InlineData("2035-12-23T09:30:00.Z", null)]
    [InlineData("2035-12-23T09:30:00,5Z", null)]
    [InlineData("2035-12-23T09:30:00+0100", null)]
    [InlineData("2035-12-23T09:30:00+01", null)]
    [InlineData("2035-12-23T09:30:00+24:00", null)]
    [InlineData("2035-12-23T09:30:00+01:60", null)]
    [InlineData("2035-12-23T24:00:00Z", null)]
    [InlineData("2035-12-23T09:60:00Z", null)]
    [InlineData("2035-12-23T09:30:61Z", null)]
    [InlineData("2035-02-29T09:30:00Z", null)]
    [InlineData("2035-13-01T09:30:00Z", null)]
    [InlineData("0000-01-01T00:00:00Z", null)]
    [InlineData("0001-01-01T00:00:00+00:01", null)]
    [InlineData("9999-12-31T23:59:59-00:01", null)]
    [InlineData("2035-12-23T09:30:00Z\n", null)]
    [InlineData("٢٠٣٥-12-23T09:30:00Z", null)]
    [InlineData("1766482200", null)]
    [InlineData("Tue, 23 Dec 2035 09:30:00 GMT", null)]
    public async Task What_is_no_instant_is_refused_with_an_example(string sent, string? detail)
    {
        detail ??= "An RFC 3339 instant with an offset is expected, such as 2025-12-23T09:30:00Z.";
        var body = await newsroom.Admin.PostAsync("/editorial/v1/articles", new { headline = "Never", embargoUntil = sent });
        Assert.Equal(["/embargoUntil: invalidInstant"], body.Errors(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(detail, (string?)body.Json["errors"]![0]!["detail"]);
        var query = await newsroom.Admin.ReadAsync($"/editorial/v1/articles?savedAfter={Uri.EscapeDataString(sent)}");
        Assert.Equal(["savedAfter: invalidInstant"], query.Errors(HttpStatusCode.BadRequest));
        Assert.Equal(detail, (string?)query.Json["errors"]![0]!["detail"]);
    }

    [Fact]
    public void Every_instant_is_read_in_every_form() =>
        Gen.Select(
                Gen.Long[new DateTime(2, 1, 1).Ticks / 10, new DateTime(9998, 1, 1).Ticks / 10],
                Gen.Int[-1439, 1439],
                Gen.Int[0, 12],
                Gen.Bool
            )
            .Sample(
                (microseconds, minutes, digits, isLower) =>
                {
                    var instant = new DateTimeOffset(microseconds * 10, TimeSpan.Zero);
                    if (digits < 6)
                        instant = instant.AddTicks(-(instant.Ticks % (long)Math.Pow(10, 7 - digits)));
                    var fraction = digits == 0 ? "" : "." + $"{instant.Ticks % TimeSpan.TicksPerSecond:0000000}00000"[..digits];
                    var offset = minutes == 0 ? "Z" : $"{(minutes < 0 ? '-' : '+')}{Math.Abs(minutes) / 60:00}:{Math.Abs(minutes) % 60:00}";
                    var local = instant.UtcDateTime.AddMinutes(minutes).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
                    var text = local + fraction + offset;
                    Assert.True(StrictInstant.TryParse(isLower ? text.ToLowerInvariant() : text, out var read), text);
                    Assert.Equal(instant, read);
                }
            );

    // Of routes without parameters; a preview's instant needs its token.
    private List<(string Path, string Name)> Parameters()
    {
        var parameters = newsroom
            .Service<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.Parameters.Count == 0)
            .SelectMany(endpoint =>
                (endpoint.Metadata.GetMetadata<QueryRules>()?.All ?? [])
                    .Where(rule => rule.IsInstant && rule.Name != "asOf")
                    .Select(rule => (Path: $"/{endpoint.RoutePattern.RawText!.Trim('/')}", rule.Name))
            )
            .Distinct()
            .ToList();
        Assert.True(parameters.Count > 6, string.Join(' ', parameters));
        return parameters;
    }
}
