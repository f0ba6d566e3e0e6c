using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace HeadlessCms.Tests.Http;

public sealed class JwtTests(JwtTests.OidcNewsroom newsroom) : IClassFixture<JwtTests.OidcNewsroom>
{
    private const string Articles = "/editorial/v1/articles";
    private const string Keys = "/editorial/v1/keys";

    private Issuer Issuer => newsroom.Issuer;

    [Theory]
    [InlineData(Role.Reader, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(Role.Author, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(Role.Editor, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Forbidden)]
    [InlineData(Role.Admin, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.OK)]
    public async Task A_token_may_what_its_role_may(
        Role role,
        HttpStatusCode read,
        HttpStatusCode write,
        HttpStatusCode publish,
        HttpStatusCode manage
    )
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = $"For the {role}" });
        using var caller = newsroom.Client(Issuer.TokenOf("somebody", Name(role)));

        Assert.Equal(read, (await caller.ReadAsync($"{Articles}/{slug}")).Status);
        Assert.Equal(write, (await caller.PostAsync(Articles, new { headline = $"By the {role}" })).Status);
        Assert.Equal(publish, (await caller.PostAsync($"{Articles}/{slug}/publications", new { })).Status);
        Assert.Equal(manage, (await caller.ReadAsync(Keys)).Status);
    }

    [Fact]
    public async Task Of_several_roles_the_highest_counts_and_those_of_others_do_not()
    {
        Assert.Equal(HttpStatusCode.OK, (await ReadKeysAsync("reader", "admin")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ReadKeysAsync("accounting", "admin", "offline_access")).Status);
        Assert.Equal("forbidden", (await ReadKeysAsync("reader", "accounting")).Problem(HttpStatusCode.Forbidden));

        async Task<Answer> ReadKeysAsync(params string[] roles)
        {
            using var caller = newsroom.Client(Issuer.TokenOf("somebody", roles));
            return await caller.ReadAsync(Keys);
        }
    }

    [Theory]
    [InlineData("""{ "cms_roles": null }""", true, false)] // signed in
    [InlineData("""{ "cms_roles": null, "access": "subscriber" }""", true, true)]
    [InlineData("""{ "cms_roles": null, "access": "registered" }""", true, false)]
    [InlineData("""{ "cms_roles": null, "access": "free" }""", false, false)]
    [InlineData("""{ "cms_roles": ["accounting"], "access": "everything" }""", true, false)]
    [InlineData("""{ "cms_roles": ["reader"], "access": "free" }""", true, true)] // an editor's role reads anything
    public async Task A_reader_with_a_token_reads_bodies_up_to_its_tier(string claims, bool registered, bool subscriber)
    {
        using var reader = newsroom.Client(Issuer.Token(claims: payload => Put(payload, claims)));
        foreach (var (access, isWhole) in new[] { ("registered", registered), ("subscriber", subscriber) })
        {
            var body = new { format = "text", content = string.Join(' ', Enumerable.Repeat("word", 200)) + " end" };
            var slug = await newsroom.Admin.ArticleAsync(
                new
                {
                    headline = $"For {access} readers",
                    access,
                    body,
                },
                publish: true
            );
            var article = (await reader.ReadAsync($"/content/v1/articles/{slug}")).Expect(HttpStatusCode.OK);
            Assert.Equal(
                (isWhole, !isWhole),
                (article["bodyHtml"]!.GetValue<string>().Contains(" end", StringComparison.Ordinal), (bool)article["bodyTruncated"]!)
            );
            var cut = (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Expect(HttpStatusCode.OK);
            Assert.DoesNotContain(" end", cut["bodyHtml"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    /// <summary>Role claims that grant no access.</summary>
    public static TheoryData<string, string> NoRoles =>
        new()
        {
            { "none", """{"cms_roles":null}""" },
            { "unknown", """{"cms_roles":"owner"}""" },
            { "empty", """{"cms_roles":""}""" },
            { "no items", """{"cms_roles":[]}""" },
            { "wrong case", """{"cms_roles":"Admin"}""" },
            { "two in one", """{"cms_roles":"reader,admin"}""" },
            { "padded", """{"cms_roles":" admin"}""" },
            { "a number", """{"cms_roles":3}""" },
            { "an object", """{"cms_roles":{"admin":true}}""" },
            { "a partner's", """{"cms_roles":"partner"}""" },
            {
                "in other claims",
                """
                    {"cms_roles":null,"roles":"admin","role":"admin","scope":"admin",
                      "http://schemas.microsoft.com/ws/2008/06/identity/claims/role":"admin"}
                    """
            },
        };

    [Theory]
    [MemberData(nameof(NoRoles))]
    public async Task A_token_without_a_role_of_ours_may_nothing_that_needs_one(string what, string claims)
    {
        using var caller = newsroom.Client(Issuer.Token(claims: payload => Put(payload, claims)));

        var answer = await caller.ReadAsync(Articles);

        Assert.True(answer.Status is HttpStatusCode.Forbidden, $"{what}: {answer.Text}");
        Assert.Equal("forbidden", answer.Problem(HttpStatusCode.Forbidden));
        Assert.Equal("forbidden", (await caller.PostAsync(Articles, new { headline = "Never" })).Problem(HttpStatusCode.Forbidden));
        Assert.Equal(HttpStatusCode.OK, (await caller.ReadAsync("/content/v1/articles")).Status);
    }

    [Theory]
    [InlineData("""{"aud":"https://elsewhere.example"}""")]
    [InlineData("""{"aud":null}""")]
    [InlineData("""{"aud":["https://elsewhere.example","https://CMS.example"]}""")]
    [InlineData("""{"iss":"https://elsewhere.example"}""")]
    [InlineData("""{"iss":null}""")]
    [InlineData("""{"exp":-120}""")]
    [InlineData("""{"exp":null}""")]
    [InlineData("""{"nbf":120}""")]
    public async Task A_token_that_is_not_for_us_or_not_for_now_opens_nothing(string claims) =>
        await OpensNothingAsync(claims, Issuer.Token(claims: payload => Put(payload, claims)));

    [Theory]
    [InlineData("""{"aud":["https://elsewhere.example","https://cms.example"]}""")]
    [InlineData("""{"exp":-5}""")]
    [InlineData("""{"nbf":5}""")]
    public async Task A_token_for_several_or_of_a_clock_a_little_off_is_good(string claims)
    {
        using var caller = newsroom.Client(Issuer.Token(claims: payload => Put(payload, claims)));

        (await caller.ReadAsync(Articles)).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("nOnE")]
    public async Task A_token_that_nobody_signed_opens_nothing(string algorithm)
    {
        var unsigned = Issuer.Token(header => header["alg"] = algorithm, sign: _ => []);

        await OpensNothingAsync(algorithm, unsigned);
        await OpensNothingAsync($"{algorithm}, without its last dot", unsigned.TrimEnd('.'));
        await OpensNothingAsync($"{algorithm}, signed all the same", Issuer.Token(header => header["alg"] = algorithm));
        await OpensNothingAsync(
            $"{algorithm}, without kid",
            Issuer.Token(
                header =>
                {
                    header["alg"] = algorithm;
                    header.Remove("kid");
                },
                sign: _ => []
            )
        );
    }

    [Fact]
    public async Task The_public_key_is_no_shared_secret()
    {
        byte[][] secrets =
        [
            Encoding.ASCII.GetBytes(Issuer.Key.ExportSubjectPublicKeyInfoPem()),
            Encoding.ASCII.GetBytes(Issuer.Key.ExportSubjectPublicKeyInfoPem() + "\n"),
            Encoding.ASCII.GetBytes(Issuer.Key.ExportRSAPublicKeyPem()),
            Issuer.Key.ExportSubjectPublicKeyInfo(),
            Issuer.Key.ExportRSAPublicKey(),
            Issuer.Key.ExportParameters(false).Modulus!,
            [],
        ];
        foreach (var secret in secrets)
        foreach (var withKid in new[] { true, false })
            await OpensNothingAsync(
                "HS256",
                Issuer.Token(header => Algorithm(header, "HS256", withKid), sign: text => HMACSHA256.HashData(secret, text))
            );

        static void Algorithm(JsonObject header, string algorithm, bool withKid)
        {
            header["alg"] = algorithm;
            if (!withKid)
                header.Remove("kid");
        }
    }

    [Fact]
    public async Task A_key_that_the_issuer_does_not_publish_signs_nothing()
    {
        using var foreign = RSA.Create(2048);
        byte[] Sign(byte[] text) => foreign.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var (n, e) = (foreign.ExportParameters(false).Modulus, foreign.ExportParameters(false).Exponent);

        await OpensNothingAsync("unknown kid", Issuer.Token(header => header["kid"] = "nobody's", sign: Sign));
        await OpensNothingAsync("known kid", Issuer.Token(sign: Sign));
        await OpensNothingAsync("no kid", Issuer.Token(header => header.Remove("kid"), sign: Sign));
        await OpensNothingAsync(
            "jwk in the header",
            Issuer.Token(
                header =>
                    header["jwk"] = new JsonObject
                    {
                        ["kty"] = "RSA",
                        ["n"] = Base64Url.EncodeToString(n),
                        ["e"] = Base64Url.EncodeToString(e),
                    },
                sign: Sign
            )
        );
        await OpensNothingAsync("jku in the header", Issuer.Token(header => header["jku"] = "https://elsewhere.example/jwks", sign: Sign));
    }

    [Fact]
    public async Task A_token_that_was_altered_opens_nothing()
    {
        var token = Issuer.Token();
        var parts = token.Split('.');
        var promoted = Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(
                Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("reader", "admin", StringComparison.Ordinal)
            )
        );
        var signature = Base64Url.DecodeFromChars(parts[2]);
        signature[17] ^= 1;

        (await newsroom.Client(token).ReadAsync(Articles)).Expect(HttpStatusCode.OK);
        Assert.NotEqual(parts[1], promoted);
        await OpensNothingAsync("another payload", $"{parts[0]}.{promoted}.{parts[2]}");
        await OpensNothingAsync("another signature", $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(signature)}");
        await OpensNothingAsync("half a signature", $"{parts[0]}.{parts[1]}.{parts[2][..^8]}");
        await OpensNothingAsync("no signature", $"{parts[0]}.{parts[1]}.");
        await OpensNothingAsync("two parts", $"{parts[0]}.{parts[1]}");
        await OpensNothingAsync("four parts", $"{token}.{parts[2]}");
        await OpensNothingAsync("twice", $"{token} {token}");
        await OpensNothingAsync("no token", "nonsense");
        await OpensNothingAsync("no JSON", $"{Base64Url.EncodeToString("{"u8)}.{parts[1]}.{parts[2]}");
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("id+jwt")]
    [InlineData("logout+jwt")]
    [InlineData("dpop+jwt")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_token_of_a_type_that_is_not_allowed_opens_nothing(string? type) =>
        await OpensNothingAsync(
            type ?? "none",
            Issuer.Token(header =>
            {
                if (type is null)
                    header.Remove("typ");
                else
                    header["typ"] = type;
            })
        );

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("application/at+jwt")]
    public async Task A_token_of_a_type_that_is_allowed_is_good(string type) =>
        (await newsroom.Client(Issuer.Token(header => header["typ"] = type)).ReadAsync(Articles)).Expect(HttpStatusCode.OK);

    [Theory]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    public async Task The_scheme_may_stand_in_any_case(string scheme)
    {
        foreach (var text in new[] { Issuer.Token(), Newsroom.AdminKey })
        {
            using var caller = newsroom.Client(null);
            caller.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"{scheme} {text}");
            (await caller.ReadAsync(Articles)).Expect(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_token_in_the_query_string_or_without_its_scheme_opens_nothing()
    {
        Assert.Equal(
            "unauthenticated",
            (await newsroom.Anyone.ReadAsync($"{Articles}?access_token={Issuer.Token()}")).Problem(HttpStatusCode.Unauthorized)
        );
        foreach (var header in new[] { Issuer.Token(), $"Basic {Issuer.Token()}", "Bearer", "Bearer " })
        {
            using var caller = newsroom.Client(null);
            caller.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
            Refused(header, await caller.ReadAsync(Articles));
        }
    }

    [Fact]
    public async Task Keys_open_what_they_opened_beside_tokens()
    {
        using var reader = await newsroom.AsAsync(Role.Reader);

        (await reader.ReadAsync(Articles)).Expect(HttpStatusCode.OK);
        Assert.Equal("forbidden", (await reader.ReadAsync(Keys)).Problem(HttpStatusCode.Forbidden));
        await OpensNothingAsync("a wrong key", Newsroom.AdminKey[..^1] + "x");
        Refused("nothing", await newsroom.Anyone.ReadAsync(Articles));
    }

    [Fact]
    public async Task Saves_are_signed_with_the_name_of_the_caller()
    {
        using var anna = newsroom.Client(Issuer.TokenOf("anna@newsroom.example", "admin"));
        using var boris = newsroom.Client(Issuer.TokenOf("Борис", "editor"));
        var slug = await anna.ArticleAsync(new { headline = "Signed by a token" });

        var saved = (await boris.PutAsync($"{Articles}/{slug}", new { headline = "Signed by another" }, "\"r1\"")).Expect(
            HttpStatusCode.OK
        );

        Assert.Equal(("anna@newsroom.example", "Борис"), (saved["createdBy"]!.GetValue<string>(), saved["savedBy"]!.GetValue<string>()));
        var key = (await anna.PostAsync(Keys, new { name = "made-with-a-token", role = "reader" })).Expect(HttpStatusCode.Created)[
            "details"
        ]!;
        Assert.Equal("anna@newsroom.example", key["createdBy"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"sub":null}""")]
    [InlineData("""{"sub":""}""")]
    [InlineData("""{"sub":" "}""")]
    [InlineData("""{"sub":"line\nbreak"}""")]
    [InlineData("""{"sub":["one","two"]}""")]
    public async Task A_token_that_does_not_say_whose_it_is_opens_nothing(string claims) =>
        await OpensNothingAsync(claims, Issuer.Token(claims: payload => Put(payload, claims)));

    [Fact]
    public async Task A_subject_has_at_most_200_characters()
    {
        (await newsroom.Client(Issuer.TokenOf(new string('s', 200), "reader")).ReadAsync(Articles)).Expect(HttpStatusCode.OK);
        await OpensNothingAsync("too long", Issuer.TokenOf(new string('s', 201), "reader"));
    }

    [Theory]
    [InlineData("""["exp"]""")]
    [InlineData("""["b64"]""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task A_token_with_critical_extensions_opens_nothing(string extensions) =>
        await OpensNothingAsync(extensions, Issuer.Token(header => header["crit"] = JsonNode.Parse(extensions)));

    [Theory]
    [InlineData("Jane Doe", "Jane Doe")]
    [InlineData("", "subject of a name")]
    [InlineData("line\nbreak", "subject of a name")]
    public async Task A_name_that_cannot_be_used_gives_way_to_the_subject(string name, string signed) =>
        Assert.Equal(signed, await SignedAsync("subject of a name", name));

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    public async Task A_name_has_at_most_200_characters(int length)
    {
        var name = new string('n', length);

        Assert.Equal(length > 200 ? "subject of a name" : name, await SignedAsync("subject of a name", name));
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("Admin")]
    [InlineData("night-desk")]
    public async Task A_name_that_reads_like_that_of_a_key_is_followed_by_its_issuer(string name)
    {
        Assert.Equal($"{name}@127.0.0.1", await SignedAsync(name, null));
        Assert.Equal($"{name}@127.0.0.1", await SignedAsync("subject of a name", name));
    }

    [Fact]
    public async Task A_refused_token_is_logged()
    {
        await newsroom.Client(Issuer.Token(claims: payload => Put(payload, """{"exp":-120}"""))).ReadAsync($"{Articles}/expired-token");
        await newsroom.Client(Issuer.Token(claims: payload => Put(payload, """{"sub":null}"""))).ReadAsync($"{Articles}/no-subject");

        foreach (var path in new[] { $"{Articles}/expired-token", $"{Articles}/no-subject" })
        {
            var line = await newsroom.SecurityLog.LineAsync(line => line.Field("Path") == path);
            Assert.Equal(("authenticationFailed", "invalidToken"), (line.Event.Name, line.Field("Reason")));
        }
    }

    [Fact]
    public async Task A_name_can_forge_no_line_and_no_field()
    {
        using var caller = newsroom.Client(TokenOf("forger", "x\" key admin\u2028\u202e"));

        await caller.DeleteAsync($"{Articles}/by-a-forger", "*");

        var line = await newsroom.SecurityLog.LineAsync(line => line.Field("Path") == $"{Articles}/by-a-forger");
        Assert.Equal("""x\u0022 key admin\u2028\u202e""", line.Field("Caller"));
    }

    [Fact]
    public async Task Callers_of_one_name_do_not_share_answers_to_an_idempotency_key()
    {
        using var one = newsroom.Client(TokenOf("subject-1", "Jane Doe"));
        using var other = newsroom.Client(TokenOf("subject-2", "Jane Doe"));

        var slugs = new[] { await CreateAsync(one), await CreateAsync(other) };

        Assert.Distinct(slugs);
        Assert.Equal(slugs[0], await CreateAsync(one));

        static async Task<string> CreateAsync(HttpClient client) =>
            (await client.SendAsync(HttpMethod.Post, Articles, new { headline = "By one of two" }, idempotencyKey: "of-one-name")).Expect(
                HttpStatusCode.Created
            )["slug"]!.GetValue<string>();
    }

    [Fact]
    public async Task Claims_of_a_token_with_the_names_of_ours_have_no_effect()
    {
        using var caller = newsroom.Client(
            Issuer.Token(claims: payload => (payload["requests_per_minute"], payload["caller"]) = (1, "key:admin"))
        );

        for (var time = 0; time < 2; time++)
        {
            var answer = await caller.ReadAsync(Articles);
            answer.Expect(HttpStatusCode.OK);
            Assert.False(answer.Headers.Contains("RateLimit"));
        }
    }

    private async Task<string> SignedAsync(string subject, string? name)
    {
        using var caller = newsroom.Client(TokenOf(subject, name));
        return (await caller.PostAsync(Articles, new { headline = "Signed" })).Expect(HttpStatusCode.Created)[
            "createdBy"
        ]!.GetValue<string>();
    }

    private string TokenOf(string subject, string? name) =>
        Issuer.Token(claims: payload => (payload["sub"], payload["name"], payload["cms_roles"]) = (subject, name, "author"));

    private static string Name(Role role) => role.ToString().ToLowerInvariant();

    /// <summary>Sets claims of a token; null removes a claim, and times are seconds from now.</summary>
    private static void Put(JsonObject payload, string claims)
    {
        foreach (var (name, value) in JsonNode.Parse(claims)!.AsObject())
        {
            if (value is null)
                payload.Remove(name);
            else
                payload[name] = name is "exp" or "nbf" ? Issuer.Now + value.GetValue<int>() : value.DeepClone();
        }
    }

    private async Task OpensNothingAsync(string what, string token)
    {
        using var caller = newsroom.Client(null);
        caller.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        Refused(what, await caller.ReadAsync(Articles));
        Refused(what, await caller.PostAsync(Articles, new { headline = "Never" }));
    }

    private static void Refused(string what, Answer answer)
    {
        Assert.True(answer.Status is HttpStatusCode.Unauthorized, $"{what}: {answer.Status} {answer.Text}");
        Assert.Equal("unauthenticated", answer.Problem(HttpStatusCode.Unauthorized));
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType!.ToString());
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
    }

    /// <summary>A newsroom that trusts an issuer; only Development allows an issuer without TLS.</summary>
    public sealed class OidcNewsroom(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
    {
        internal Issuer Issuer { get; private set; } = null!;

        protected override IReadOnlyDictionary<string, string> Settings =>
            new Dictionary<string, string>
            {
                ["environment"] = "Development",
                ["Cms:SampleContent"] = "false",
                ["Cms:Oidc:Authority"] = Issuer.Address,
                ["Cms:Oidc:Audience"] = Issuer.Audience,
                ["Cms:Oidc:RoleClaim"] = "cms_roles",
                ["Cms:Oidc:NameClaim"] = "name",
            };

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            Issuer = await Issuer.StartAsync();
            await InitializeAsync();
        }

        async ValueTask IAsyncDisposable.DisposeAsync()
        {
            await DisposeAsync();
            await Issuer.DisposeAsync();
        }
    }
}

/// <summary>An OIDC issuer with one RSA key, which signs any token.</summary>
internal sealed class Issuer : IAsyncDisposable
{
    public const string Audience = "https://cms.example";

    private const string KeyId = "key-1";

    private readonly WebApplication _app;

    private Issuer(WebApplication app) => _app = app;

    public static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public RSA Key { get; } = RSA.Create(2048);

    public string Address => _app.Urls.First();

    public static async Task<Issuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var issuer = new Issuer(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", () => new { issuer = issuer.Address, jwks_uri = $"{issuer.Address}/keys" });
        issuer._app.MapGet("/keys", () =>
        {
            var key = issuer.Key.ExportParameters(false);
            return new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA",
                        use = "sig",
                        kid = KeyId,
                        n = Base64Url.EncodeToString(key.Modulus),
                        e = Base64Url.EncodeToString(key.Exponent),
                    },
                },
            };
        });
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>A valid token of this caller.</summary>
    public string TokenOf(string caller, params string[] roles) =>
        Token(claims: claims =>
            (claims["sub"], claims["cms_roles"]) = (
                caller,
                roles is [var one] ? one : new JsonArray([.. roles.Select(role => JsonValue.Create(role))])
            )
        );

    /// <summary>A valid token of a reader with its parts changed.</summary>
    public string Token(Action<JsonObject>? header = null, Action<JsonObject>? claims = null, Func<byte[], byte[]>? sign = null)
    {
        var (head, payload) = (
            new JsonObject
            {
                ["alg"] = "RS256",
                ["typ"] = "at+jwt",
                ["kid"] = KeyId,
            },
            new JsonObject
            {
                ["iss"] = Address,
                ["aud"] = Audience,
                ["sub"] = "somebody",
                ["iat"] = Now - 600,
                ["nbf"] = Now - 600,
                ["exp"] = Now + 300,
                ["cms_roles"] = "reader",
            }
        );
        header?.Invoke(head);
        claims?.Invoke(payload);
        var text = $"{Encoded(head)}.{Encoded(payload)}";
        var bytes = Encoding.ASCII.GetBytes(text);
        var signature = sign?.Invoke(bytes) ?? Key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";

        static string Encoded(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Key.Dispose();
    }
}
