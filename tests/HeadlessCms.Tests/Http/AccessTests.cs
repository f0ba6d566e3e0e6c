using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;
using Microsoft.AspNetCore.Routing;

namespace HeadlessCms.Tests.Http;

public sealed partial class AccessTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Keys = "/editorial/v1/keys";
    private const string Guarded = "/editorial/v1/articles";

    /// <summary>Each route with the lowest role that it accepts.</summary>
    private const string Expectations = """
        anyone  GET HEAD  /
        anyone  GET HEAD  /docs/page/{version}/{file}
        anyone  POST      /docs/key
        anyone  GET HEAD  /openapi/{document}.json
        anyone  GET HEAD  /openapi/page/{document}.json
        anyone  GET HEAD  /health/live
        anyone  GET HEAD  /health/ready

        anyone  GET HEAD  /content/v1/articles
        anyone  GET HEAD  /content/v1/articles/{article}
        anyone  GET HEAD  /content/v1/articles/{article}/related
        anyone  GET HEAD  /content/v1/search
        anyone  GET HEAD  /content/v1/suggest
        anyone  GET HEAD  /content/v1/people
        anyone  GET HEAD  /content/v1/people/{person}
        anyone  GET HEAD  /content/v1/people/{person}/articles
        anyone  GET HEAD  /content/v1/places
        anyone  GET HEAD  /content/v1/places/{place}
        anyone  GET HEAD  /content/v1/places/{place}/articles
        anyone  GET HEAD  /content/v1/topics
        anyone  GET HEAD  /content/v1/topics/{topic}
        anyone  GET HEAD  /content/v1/topics/{topic}/articles
        anyone  GET HEAD  /content/v1/organisations
        anyone  GET HEAD  /content/v1/organisations/{organisation}
        anyone  GET HEAD  /content/v1/organisations/{organisation}/articles
        anyone  GET HEAD  /content/v1/events
        anyone  GET HEAD  /content/v1/events/{event}
        anyone  GET HEAD  /content/v1/events/{event}/articles
        anyone  GET HEAD  /content/v1/series
        anyone  GET HEAD  /content/v1/series/{series}
        anyone  GET HEAD  /content/v1/series/{series}/articles
        anyone  GET HEAD  /content/v1/changes
        anyone  GET HEAD  /content/v1/changes/stream

        anyone  GET HEAD  /feeds/articles.rss
        anyone  GET HEAD  /feeds/articles.atom
        anyone  GET HEAD  /feeds/articles.json
        anyone  GET HEAD  /feeds/articles.ninjs
        anyone  GET HEAD  /feeds/articles/{article}.ninjs
        anyone  GET HEAD  /feeds/articles/{article}.jsonld
        anyone  GET HEAD  /feeds/people/{person}.rss
        anyone  GET HEAD  /feeds/people/{person}.atom
        anyone  GET HEAD  /feeds/people/{person}.json
        anyone  GET HEAD  /feeds/people/{person}.ninjs
        anyone  GET HEAD  /feeds/places/{place}.rss
        anyone  GET HEAD  /feeds/places/{place}.atom
        anyone  GET HEAD  /feeds/places/{place}.json
        anyone  GET HEAD  /feeds/places/{place}.ninjs
        anyone  GET HEAD  /feeds/topics/{topic}.rss
        anyone  GET HEAD  /feeds/topics/{topic}.atom
        anyone  GET HEAD  /feeds/topics/{topic}.json
        anyone  GET HEAD  /feeds/topics/{topic}.ninjs
        anyone  GET HEAD  /feeds/organisations/{organisation}.rss
        anyone  GET HEAD  /feeds/organisations/{organisation}.atom
        anyone  GET HEAD  /feeds/organisations/{organisation}.json
        anyone  GET HEAD  /feeds/organisations/{organisation}.ninjs
        anyone  GET HEAD  /feeds/events/{event}.rss
        anyone  GET HEAD  /feeds/events/{event}.atom
        anyone  GET HEAD  /feeds/events/{event}.json
        anyone  GET HEAD  /feeds/events/{event}.ninjs
        anyone  GET HEAD  /feeds/series/{series}.rss
        anyone  GET HEAD  /feeds/series/{series}.atom
        anyone  GET HEAD  /feeds/series/{series}.json
        anyone  GET HEAD  /feeds/series/{series}.ninjs
        anyone  GET HEAD  /feeds/authors/{person}.rss
        anyone  GET HEAD  /feeds/authors/{person}.atom
        anyone  GET HEAD  /feeds/authors/{person}.json
        anyone  GET HEAD  /feeds/authors/{person}.ninjs
        anyone  GET HEAD  /feeds/opml
        anyone  GET HEAD  /sitemap.xml
        anyone  GET HEAD  /sitemap-news.xml
        anyone  GET HEAD  /sitemaps/{sitemap}.xml

        reader  GET HEAD  /editorial/v1/articles
        author  POST      /editorial/v1/articles
        author  POST      /editorial/v1/articles/bulk
        editor  POST      /editorial/v1/imports
        reader  GET HEAD  /editorial/v1/articles/{article}
        author  PUT       /editorial/v1/articles/{article}
        author  PATCH     /editorial/v1/articles/{article}
        editor  DELETE    /editorial/v1/articles/{article}
        editor  POST      /editorial/v1/articles/{article}/restore
        author  PUT       /editorial/v1/articles/{article}/autosave
        author  GET HEAD  /editorial/v1/articles/{article}/autosave
        author  DELETE    /editorial/v1/articles/{article}/autosave
        reader  GET HEAD  /editorial/v1/articles/{article}/revisions
        reader  GET HEAD  /editorial/v1/articles/{article}/revisions/{number:int}
        reader  GET HEAD  /editorial/v1/articles/{article}/publications
        editor  POST      /editorial/v1/articles/{article}/publications
        editor  DELETE    /editorial/v1/articles/{article}/publications/{publication}
        editor  POST      /editorial/v1/articles/{article}/unpublish
        editor  POST      /editorial/v1/articles/{article}/withdraw
        admin   POST      /editorial/v1/articles/{article}/purge
        reader  GET HEAD  /editorial/v1/articles/{article}/revisions/{number:int}/diff
        author  POST      /editorial/v1/articles/{article}/revisions/{number:int}/restore
        author  POST      /editorial/v1/articles/parse
        reader  GET HEAD  /editorial/v1/articles/{article}/suggestions
        author  POST      /editorial/v1/articles/{article}/suggestions/refuse
        author  POST      /editorial/v1/articles/{article}/suggestions/accept

        reader  GET HEAD  /editorial/v1/suggest

        reader  GET HEAD  /editorial/v1/people
        author  POST      /editorial/v1/people
        author  POST      /editorial/v1/people/bulk
        reader  GET HEAD  /editorial/v1/people/{person}
        author  PUT       /editorial/v1/people/{person}
        author  PATCH     /editorial/v1/people/{person}
        editor  DELETE    /editorial/v1/people/{person}
        editor  POST      /editorial/v1/people/{person}/merge
        reader  GET HEAD  /editorial/v1/people/{person}/articles
        reader  GET HEAD  /editorial/v1/places
        author  POST      /editorial/v1/places
        author  POST      /editorial/v1/places/bulk
        reader  GET HEAD  /editorial/v1/places/{place}
        author  PUT       /editorial/v1/places/{place}
        author  PATCH     /editorial/v1/places/{place}
        editor  DELETE    /editorial/v1/places/{place}
        editor  POST      /editorial/v1/places/{place}/merge
        reader  GET HEAD  /editorial/v1/places/{place}/articles
        reader  GET HEAD  /editorial/v1/topics
        author  POST      /editorial/v1/topics
        author  POST      /editorial/v1/topics/bulk
        reader  GET HEAD  /editorial/v1/topics/{topic}
        author  PUT       /editorial/v1/topics/{topic}
        author  PATCH     /editorial/v1/topics/{topic}
        editor  DELETE    /editorial/v1/topics/{topic}
        editor  POST      /editorial/v1/topics/{topic}/merge
        reader  GET HEAD  /editorial/v1/topics/{topic}/articles
        reader  GET HEAD  /editorial/v1/organisations
        author  POST      /editorial/v1/organisations
        author  POST      /editorial/v1/organisations/bulk
        reader  GET HEAD  /editorial/v1/organisations/{organisation}
        author  PUT       /editorial/v1/organisations/{organisation}
        author  PATCH     /editorial/v1/organisations/{organisation}
        editor  DELETE    /editorial/v1/organisations/{organisation}
        editor  POST      /editorial/v1/organisations/{organisation}/merge
        reader  GET HEAD  /editorial/v1/organisations/{organisation}/articles
        reader  GET HEAD  /editorial/v1/events
        author  POST      /editorial/v1/events
        author  POST      /editorial/v1/events/bulk
        reader  GET HEAD  /editorial/v1/events/{event}
        author  PUT       /editorial/v1/events/{event}
        author  PATCH     /editorial/v1/events/{event}
        editor  DELETE    /editorial/v1/events/{event}
        editor  POST      /editorial/v1/events/{event}/merge
        reader  GET HEAD  /editorial/v1/events/{event}/articles
        reader  GET HEAD  /editorial/v1/series
        author  POST      /editorial/v1/series
        author  POST      /editorial/v1/series/bulk
        reader  GET HEAD  /editorial/v1/series/{series}
        author  PUT       /editorial/v1/series/{series}
        author  PATCH     /editorial/v1/series/{series}
        editor  DELETE    /editorial/v1/series/{series}
        editor  POST      /editorial/v1/series/{series}/merge
        reader  GET HEAD  /editorial/v1/series/{series}/articles

        author  GET HEAD  /editorial/v1/previews
        author  POST      /editorial/v1/previews
        author  DELETE    /editorial/v1/previews/{preview}
        reader  GET HEAD  /editorial/v1/overview
        reader  GET HEAD  /editorial/v1/audit
        admin   GET HEAD  /editorial/v1/keys
        admin   POST      /editorial/v1/keys
        admin   POST      /editorial/v1/keys/{key}/rotate
        admin   DELETE    /editorial/v1/keys/{key}
        admin   GET HEAD  /editorial/v1/webhooks
        admin   POST      /editorial/v1/webhooks
        admin   GET HEAD  /editorial/v1/webhooks/{webhook}
        admin   POST      /editorial/v1/webhooks/{webhook}/rotate
        admin   PATCH     /editorial/v1/webhooks/{webhook}
        admin   POST      /editorial/v1/webhooks/{webhook}/ping
        admin   GET HEAD  /editorial/v1/webhooks/{webhook}/deliveries
        admin   GET HEAD  /editorial/v1/webhooks/{webhook}/deliveries/{delivery}
        admin   POST      /editorial/v1/webhooks/{webhook}/deliveries/{delivery}/replay
        admin   POST      /editorial/v1/webhooks/{webhook}/replay
        admin   DELETE    /editorial/v1/webhooks/{webhook}
        """;

    private static readonly Role?[] EveryRole = [null, .. Enum.GetValues<Role>().Cast<Role?>()];

    /// <summary>The rows of the table, one per method: lowest role, method, pattern.</summary>
    public static IEnumerable<TheoryDataRow<string, string, string>> Rows =>
        from line in Expectations.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        from method in words[1..^1]
        select new TheoryDataRow<string, string, string>(words[0], method, words[^1]);

    [Fact]
    public void Every_route_has_an_expectation_and_every_expectation_has_a_route()
    {
        var routes =
            from endpoint in newsroom.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["(any)"]
            select $"{method} {path}";

        Assert.Equal(
            Rows.Select(row => $"{row.Data.Item2} {row.Data.Item3}").Order(StringComparer.Ordinal),
            routes.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_route_is_open_from_its_least_role_up(string least, string method, string pattern)
    {
        var needed = least == "anyone" ? (Role?)null : Enum.Parse<Role>(least, ignoreCase: true);
        foreach (var role in EveryRole)
        {
            using var client = role is { } known ? await newsroom.AsAsync(known) : newsroom.Client(null);
            using var request = Request(method, pattern);

            using var response = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                TestContext.Current.CancellationToken
            );

            var status = response.StatusCode;
            var who = $"{role?.ToString() ?? "Nobody"} got {(int)status}";
            if (needed is null || role >= needed)
            {
                Assert.False(status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || (int)status >= 500, who);
            }
            else if (role is null)
            {
                Assert.True(status is HttpStatusCode.Unauthorized, who);
                Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
            }
            else
            {
                Assert.True(status is HttpStatusCode.Forbidden, who);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_key_that_opens_nothing_is_no_hindrance_where_anyone_may_come_in(string least, string method, string pattern)
    {
        using var client = newsroom.Client("cms_nosuchid_0123456789abcdefghijABCDEFGHIJ0123456789");
        using var request = Request(method, pattern);

        using var response = await client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(least != "anyone", response.StatusCode is HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_may_not_is_told_so_before_anything_else_is_said()
    {
        var reader = await newsroom.AsAsync(Role.Reader);
        foreach (var (client, status) in new[] { (newsroom.Anyone, HttpStatusCode.Unauthorized), (reader, HttpStatusCode.Forbidden) })
        {
            var code = status is HttpStatusCode.Forbidden ? "forbidden" : "unauthenticated";
            Assert.Equal(code, (await client.PostAsync(Guarded, "{")).Problem(status));
            Assert.Equal(code, (await client.SendAsync(HttpMethod.Put, $"{Guarded}/no-such-thing", new { nonsense = 1 })).Problem(status));
            Assert.Equal(code, (await client.DeleteAsync($"{Guarded}/no-such-thing?nonsense=1", null)).Problem(status));
        }
    }

    [Fact]
    public async Task What_is_there_and_what_is_not_look_the_same_to_who_may_not_read()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "A secret draft" });

        Assert.Equal(
            Told(await newsroom.Anyone.ReadAsync($"{Guarded}/no-such-thing")),
            Told(await newsroom.Anyone.ReadAsync($"{Guarded}/{slug}"))
        );

        static string Told(Answer answer)
        {
            var problem = answer.Expect(HttpStatusCode.Unauthorized).AsObject();
            problem.Remove("traceId");
            return problem.ToJsonString();
        }
    }

    [Fact]
    public async Task A_new_key_has_the_form_of_one_and_says_what_is_kept_of_it()
    {
        var expiry = TimeProvider.System.GetUtcNow().AddDays(1);
        var made = await newsroom.Admin.PostAsync(
            Keys,
            new
            {
                name = "well-formed",
                role = "author",
                expiresAt = expiry.ToString("yyyy-MM-ddTHH:mm:ssZ", null),
            }
        );

        var answer = made.Expect(HttpStatusCode.Created);
        var details = answer["details"]!;
        Assert.Equal($"{Keys}/well-formed", made.Headers.Location!.ToString());
        Assert.True(made.Headers.CacheControl!.NoStore);
        Assert.Matches("^cms_[a-z0-9]{8}_[A-Za-z0-9]{40}$", answer["key"]!.GetValue<string>());
        Assert.Equal(answer["key"]!.GetValue<string>()[4..12], details["publicId"]!.GetValue<string>());
        Assert.Equal(
            ("well-formed", "author", "admin", true),
            (Text(details["name"]), Text(details["role"]), Text(details["createdBy"]), details["valid"]!.GetValue<bool>())
        );
        Assert.Equal(expiry.ToString("yyyy-MM-ddTHH:mm:ssZ", null), Text(details["expiresAt"]));
        Assert.Null(details["revokedAt"]);
        Assert.Equal(details.ToJsonString(), (await KeptAsync("well-formed")).ToJsonString());
    }

    [Fact]
    public async Task A_key_is_shown_once_and_its_hash_alone_is_kept()
    {
        var key = await NewKeyAsync("shown-once", Role.Admin);
        var secret = key[13..];

        foreach (var who in new[] { newsroom.Admin, newsroom.Client(key) })
            Assert.DoesNotContain(secret, (await who.ReadAsync(Keys)).Text, StringComparison.OrdinalIgnoreCase);

        var row = (string)(await newsroom.SqlAsync("select to_jsonb(k)::text from api_keys k where name = 'shown-once'"))!;
        Assert.DoesNotContain(secret, row, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToHexString(Encoding.ASCII.GetBytes(secret)), row, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            "\\x" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret))),
            Text(JsonNode.Parse(row)!["secret_hash"])
        );
    }

    [Fact]
    public async Task Only_a_key_to_the_letter_opens_anything()
    {
        var key = await NewKeyAsync("to-the-letter", Role.Reader);
        var (publicId, secret) = (key[4..12], key[13..]);
        var other = await NewKeyAsync("another", Role.Reader);
        string[] wrong =
        [
            $"Bearer cms_{publicId}_{Flipped(secret)}",
            $"Bearer cms_{publicId}_{other[13..]}",
            $"Bearer cms_{publicId}_{secret[..^1]}",
            $"Bearer cms_{publicId}_{secret}x",
            $"Bearer cms_{publicId}_{secret.ToUpperInvariant()}x",
            $"Bearer cms_nosuchid_{secret}",
            $"Bearer cms_{publicId.ToUpperInvariant()}_{secret}",
            $"Bearer CMS_{publicId}_{secret}",
            $"Bearer cms_{publicId}_",
            $"Bearer cms_{publicId}",
            $"Bearer cms_%_{secret}",
            $"Bearer cms_' or 1=1_{secret}",
            $"Bearer {secret}",
            $"Bearer {key} {key}",
            $"Bearer {key},Bearer {other}",
            $"Bearer \"{key}\"",
            "Bearer null",
            "Bearer ",
            "Bearer",
            key,
            $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{publicId}:{secret}"))}",
            $"Basic {key}",
            $"Token {key}",
            $"Bearer:{key}",
        ];

        Assert.Equal(HttpStatusCode.OK, (await ReadWithAsync($"Bearer {key}")).Status);
        foreach (var header in wrong)
        {
            var answer = await ReadWithAsync(header);
            Assert.True(answer.Status is HttpStatusCode.Unauthorized, $"{header}: {answer.Status}");
            Assert.Equal("unauthenticated", answer.Problem(HttpStatusCode.Unauthorized));
            Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        }

        Assert.Contains("invalid_token", (await ReadWithAsync(wrong[0])).Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "error",
            (await newsroom.Anyone.ReadAsync(Guarded)).Headers.WwwAuthenticate.ToString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    [InlineData("BeArEr")]
    public async Task The_scheme_may_stand_in_any_case(string scheme)
    {
        var key = await NewKeyAsync($"case-{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(scheme))}", Role.Reader);

        Assert.Equal(HttpStatusCode.OK, (await ReadWithAsync($"{scheme} {key}")).Status);
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("key")]
    [InlineData("api_key")]
    [InlineData("authorization")]
    public async Task A_key_in_the_query_string_or_a_cookie_opens_nothing(string name)
    {
        Assert.Equal(
            "unauthenticated",
            (await newsroom.Anyone.ReadAsync($"{Guarded}?{name}={Newsroom.AdminKey}")).Problem(HttpStatusCode.Unauthorized)
        );
        Assert.Equal(
            [$"{name}: unknown"],
            (await newsroom.Anyone.ReadAsync($"/content/v1/articles?{name}={Newsroom.AdminKey}")).Errors(HttpStatusCode.BadRequest)
        );

        using var client = newsroom.Client(null);
        client.DefaultRequestHeaders.Add("Cookie", $"{name}={Newsroom.AdminKey}");
        client.DefaultRequestHeaders.Add("X-Api-Key", Newsroom.AdminKey);
        Assert.Equal("unauthenticated", (await client.ReadAsync(Guarded)).Problem(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task A_key_may_neither_list_nor_make_nor_revoke_keys_below_admin()
    {
        foreach (var role in new[] { Role.Reader, Role.Author, Role.Editor })
        {
            var client = await newsroom.AsAsync(role);
            Assert.Equal("forbidden", (await client.ReadAsync(Keys)).Problem(HttpStatusCode.Forbidden));
            Assert.Equal(
                "forbidden",
                (await client.PostAsync(Keys, new { name = $"promoted-{role}".ToLowerInvariant(), role = "admin" })).Problem(
                    HttpStatusCode.Forbidden
                )
            );
            Assert.Equal("forbidden", (await client.DeleteAsync($"{Keys}/admin", null)).Problem(HttpStatusCode.Forbidden));
        }

        Assert.Equal(0L, await newsroom.SqlAsync("select count(*) from api_keys where name like 'promoted-%'"));
    }

    [Theory]
    [InlineData("by-name")]
    [InlineData("by-id")]
    public async Task A_revoked_key_opens_nothing_from_then_on(string name)
    {
        var key = await NewKeyAsync(name, Role.Admin);
        using var holder = newsroom.Client(key);
        var id = Text((await KeptAsync(name))["id"]);
        (await holder.ReadAsync(Guarded)).Expect(HttpStatusCode.OK);

        (await newsroom.Admin.DeleteAsync($"{Keys}/{(name == "by-id" ? id : name)}", null)).Expect(HttpStatusCode.NoContent);

        Assert.Equal("unauthenticated", (await holder.ReadAsync(Guarded)).Problem(HttpStatusCode.Unauthorized));
        Assert.Equal(
            "unauthenticated",
            (await holder.PostAsync(Keys, new { name = "too-late", role = "admin" })).Problem(HttpStatusCode.Unauthorized)
        );
        var kept = await KeptAsync(name);
        Assert.False(kept["valid"]!.GetValue<bool>());
        var revokedAt = Text(kept["revokedAt"]);
        Assert.NotNull(revokedAt);

        // A revocation is final: the name is free, and a second one by id does not change the time.
        Assert.Equal("notFound", (await newsroom.Admin.DeleteAsync($"{Keys}/{name}", null)).Problem(HttpStatusCode.NotFound));
        (await newsroom.Admin.DeleteAsync($"{Keys}/{id}", null)).Expect(HttpStatusCode.NoContent);
        Assert.Equal(revokedAt, Text((await KeptAsync(name))["revokedAt"]));
    }

    [Fact]
    public async Task A_key_can_revoke_itself()
    {
        using var holder = newsroom.Client(await NewKeyAsync("tired", Role.Admin));

        (await holder.DeleteAsync($"{Keys}/tired", null)).Expect(HttpStatusCode.NoContent);

        Assert.Equal("unauthenticated", (await holder.DeleteAsync($"{Keys}/tired", null)).Problem(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task A_key_is_revoked_by_its_name_though_that_is_the_public_id_of_another()
    {
        var bystander = await NewKeyAsync("bystander", Role.Reader);
        var name = bystander[4..12];
        using var holder = newsroom.Client(await NewKeyAsync(name, Role.Reader));

        (await newsroom.Admin.DeleteAsync($"{Keys}/{name}", null)).Expect(HttpStatusCode.NoContent);

        Assert.Equal(HttpStatusCode.Unauthorized, (await holder.ReadAsync(Guarded)).Status);
        Assert.Equal(HttpStatusCode.OK, (await ReadWithAsync($"Bearer {bystander}")).Status);
    }

    [Fact]
    public async Task An_expired_key_opens_nothing()
    {
        var clock = TimeProvider.System;
        var expiry = clock.GetUtcNow().AddSeconds(6);
        using var holder = newsroom.Client(await NewKeyAsync("soon-over", Role.Reader, expiry));
        (await holder.ReadAsync(Guarded)).Expect(HttpStatusCode.OK);

        Answer answer;
        for (var sent = clock.GetUtcNow(); (answer = await holder.ReadAsync(Guarded)).Status is HttpStatusCode.OK; sent = clock.GetUtcNow())
        {
            Assert.True(sent < expiry.AddSeconds(10), "The key still opens something ten seconds after it expired.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal("unauthenticated", answer.Problem(HttpStatusCode.Unauthorized));
        Assert.True(clock.GetUtcNow() >= expiry.AddMilliseconds(-1), "The key was over too soon.");
        var kept = await KeptAsync("soon-over");
        Assert.Equal((false, null), (kept["valid"]!.GetValue<bool>(), kept["revokedAt"]));
    }

    [Fact]
    public async Task What_is_wrong_with_a_key_that_is_asked_for_is_named()
    {
        await Refused(
            ["/expiresAt: outOfRange"],
            new
            {
                name = "refused",
                role = "reader",
                expiresAt = "2020-01-01T00:00:00Z",
            }
        );
        await Refused(
            ["/expiresAt: outOfRange"],
            new
            {
                name = "refused",
                role = "reader",
                expiresAt = TimeProvider.System.GetUtcNow().AddSeconds(-1).ToString("O"),
            }
        );
        await Refused(
            ["/expiresAt: invalidInstant"],
            new
            {
                name = "refused",
                role = "reader",
                expiresAt = "2120-01-01T00:00:00",
            }
        );
        await Refused(["/role: unknownValue"], new { name = "refused", role = "owner" });
        await Refused(["/role: unknownValue"], new { name = "refused", role = "Admin" });
        await Refused(["/name: invalidForm"], new { name = "Not A Slug", role = "reader" });
        await Refused(["/name: invalidForm"], new { name = new string('a', 121), role = "reader" });
        await Refused(
            ["/name: invalidForm", "/expiresAt: outOfRange"],
            new
            {
                name = "a--b",
                role = "reader",
                expiresAt = "2020-01-01T00:00:00Z",
            }
        );
        Assert.Equal(0L, await newsroom.SqlAsync("select count(*) from api_keys where name = 'refused'"));

        async Task Refused(string[] errors, object key) =>
            Assert.Equal(errors, (await newsroom.Admin.PostAsync(Keys, key)).Errors(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task A_key_without_a_role_is_refused_and_the_role_is_named()
    {
        var answer = await newsroom.Admin.PostAsync(Keys, new { name = "without-role" });

        Assert.Equal(["/role: required"], answer.Errors(HttpStatusCode.UnprocessableEntity));
        Assert.DoesNotContain("HeadlessCms", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_one_live_key_and_is_free_again_after_revocation()
    {
        var first = await NewKeyAsync("wire", Role.Reader);
        Assert.Equal(
            "nameTaken",
            (await newsroom.Admin.PostAsync(Keys, new { name = "wire", role = "admin" })).Problem(HttpStatusCode.Conflict)
        );

        (await newsroom.Admin.DeleteAsync($"{Keys}/wire", null)).Expect(HttpStatusCode.NoContent);
        var second = await NewKeyAsync("wire", Role.Reader);

        Assert.Equal(HttpStatusCode.Unauthorized, (await ReadWithAsync($"Bearer {first}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ReadWithAsync($"Bearer {second}")).Status);
        var kept = (await newsroom.Admin.ReadAsync(Keys)).Json["items"]!.AsArray().Where(key => Text(key!["name"]) == "wire");
        Assert.Equal([true, false], kept.Select(key => key!["valid"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task Ten_keys_of_one_name_at_once_are_one_key()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => newsroom.Admin.PostAsync(Keys, new { name = "raced", role = "reader" }))
        );

        Assert.Single(answers, answer => answer.Status is HttpStatusCode.Created);
        Assert.All(answers.Where(answer => answer.Status is not HttpStatusCode.Created), answer =>
            Assert.Equal("nameTaken", answer.Problem(HttpStatusCode.Conflict))
        );
    }

    [Fact]
    public async Task Saves_are_signed_with_the_name_of_the_key()
    {
        using var anna = newsroom.Client(await NewKeyAsync("anna", Role.Author));
        using var boris = newsroom.Client(await NewKeyAsync("boris", Role.Editor));
        var slug = await anna.ArticleAsync(new { headline = "Signed" });
        var path = $"{Guarded}/{slug}";
        var made = (await anna.ReadAsync(path)).Json;
        Assert.Equal(("anna", "anna"), (Text(made["createdBy"]), Text(made["savedBy"])));

        var saved = (await boris.PutAsync(path, new { headline = "Signed again" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        Assert.Equal(("anna", "boris"), (Text(saved["createdBy"]), Text(saved["savedBy"])));

        var person = await anna.ConceptAsync("people", new { name = "Signed Person" });
        Assert.Equal("anna", Text((await anna.ReadAsync($"/editorial/v1/people/{person}")).Json["savedBy"]));
        await boris.PublishAsync(slug);
        Assert.Equal("boris", Text((await anna.ReadAsync($"{path}/publications")).Json["items"]![0]!["createdBy"]));
    }

    private static string? Text(JsonNode? value) => value?.GetValue<string>();

    private static string Flipped(string secret) => secret[..^1] + (secret[^1] == 'x' ? 'y' : 'x');

    private static HttpRequestMessage Request(string method, string pattern)
    {
        var path = ValueInPath().Replace(NumberInPath().Replace(pattern, "1"), "no-such-thing");
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT" or "PATCH")
        {
            request.Content = new ByteArrayContent("{}"u8.ToArray());
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(
                method is "PATCH" ? "application/merge-patch+json" : "application/json"
            );
        }

        if (method is "PUT" or "PATCH" or "DELETE")
            request.Headers.TryAddWithoutValidation("If-Match", "\"x\"");
        return request;
    }

    [GeneratedRegex(@"\{\w+:int\}")]
    private static partial Regex NumberInPath();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex ValueInPath();

    private async Task<string> NewKeyAsync(string name, Role role, DateTimeOffset? expiresAt = null) =>
        Text(
            (
                await newsroom.Admin.PostAsync(
                    Keys,
                    new
                    {
                        name,
                        role = role.ToString().ToLowerInvariant(),
                        expiresAt,
                    }
                )
            ).Expect(HttpStatusCode.Created)["key"]
        )!;

    /// <summary>The newest key of this name in the list.</summary>
    private async Task<JsonNode> KeptAsync(string name) =>
        (await newsroom.Admin.ReadAsync(Keys)).Expect(HttpStatusCode.OK)["items"]!.AsArray().First(key => Text(key!["name"]) == name)!;

    private async Task<Answer> ReadWithAsync(string authorization)
    {
        using var client = newsroom.Client(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        return await client.ReadAsync(Guarded);
    }
}
