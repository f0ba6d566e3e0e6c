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
    [InlineData("JWT")]
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
    [InlineData(200)]
    [InlineData(201)]
    public async Task A_name_that_is_missing_or_too_long_signs_as_unknown(int length)
    {
        var name = new string('n', length);
        using var named = newsroom.Client(Issuer.TokenOf(name, "author"));
        using var nameless = newsroom.Client(
            Issuer.Token(claims: payload =>
            {
                payload.Remove("sub");
                payload["cms_roles"] = "author";
            })
        );

        Assert.Equal(length > 200 ? "unknown" : name, await SignedAsync(named));
        Assert.Equal("unknown", await SignedAsync(nameless));

        static async Task<string> SignedAsync(HttpClient client) =>
            (await client.PostAsync(Articles, new { headline = "Signed" })).Expect(HttpStatusCode.Created)["createdBy"]!.GetValue<string>();
    }

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
