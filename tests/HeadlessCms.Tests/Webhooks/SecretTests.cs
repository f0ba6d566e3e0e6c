using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using HeadlessCms.Core.Webhooks;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Webhooks;

/// <summary>A newsroom with a key ring, whose first node sends nothing.</summary>
public sealed class KeyRingNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    private readonly TemporaryDirectory _ring = new();

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>
        {
            ["environment"] = "Development", // webhooks may go to this machine
            ["Cms:SampleContent"] = "false",
            ["Cms:BackgroundWork"] = "false",
            ["Cms:DataProtection:Directory"] = _ring.Path,
        };

    /// <summary>A client of one more node, with the admin key.</summary>
    public HttpClient AdminOfAnotherNode(params (string, string)[] settings) => Client(AdminKey, AnotherNode(settings));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _ring.Dispose();
    }
}

/// <summary>The secrets of webhooks and the key of previews are encrypted in the database.</summary>
public sealed class SecretTests(KeyRingNewsroom newsroom) : IClassFixture<KeyRingNewsroom>
{
    private const string Webhooks = "/editorial/v1/webhooks";
    private const string Previews = "/editorial/v1/previews";

    [Fact]
    public async Task The_database_has_no_secret_in_the_clear()
    {
        var first = await CreateAsync(newsroom.Admin, "encrypted", new Uri("https://hooks.example"));
        var second = await RotateAsync(newsroom.Admin, "encrypted");
        await PreviewAsync(newsroom.Admin);

        var row = (string)(await newsroom.SqlAsync("select to_jsonb(w)::text from webhooks w where name = 'encrypted'"))!;
        foreach (var secret in new[] { first, second })
        {
            Assert.DoesNotContain(secret["whsec_".Length..], row, StringComparison.Ordinal);
            Assert.DoesNotContain(
                Convert.ToHexString(Convert.FromBase64String(secret["whsec_".Length..])),
                row,
                StringComparison.OrdinalIgnoreCase
            );
        }

        Assert.StartsWith("protected:", JsonNode.Parse(row)!["secret"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("protected:", JsonNode.Parse(row)!["previous_secret"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("protected:", (string)(await newsroom.SqlAsync("select secret from signing_keys"))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_with_the_same_key_ring_signs_with_the_secret()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        newsroom.AnotherNode(("Cms:BackgroundWork", "true"));
        var secret = await CreateAsync(newsroom.Admin, "shared", receiver.Address);

        await Eventually.TrueAsync(() => Task.FromResult(receiver.Count > 0));

        var sent = receiver.All[0];
        var expected = WebhookSecret.Sign(
            sent.Id,
            long.Parse(sent.Timestamp, CultureInfo.InvariantCulture),
            Encoding.UTF8.GetBytes(sent.Body),
            [Convert.FromBase64String(secret["whsec_".Length..])]
        );
        Assert.Equal(expected, sent.Signature);
    }

    [Fact]
    public async Task Without_the_key_ring_previews_are_refused()
    {
        using var other = new TemporaryDirectory();
        var token = await PreviewAsync(newsroom.Admin);
        using var node = newsroom.AdminOfAnotherNode(("Cms:DataProtection:Directory", other.Path));

        Assert.Equal("previewKeyUnreadable", (await node.PostAsync(Previews, new { })).Problem(HttpStatusCode.ServiceUnavailable));
        Assert.Equal(
            "previewRefused",
            (await node.ReadAsync($"/content/v1/articles?preview={token}")).Problem(HttpStatusCode.Unauthorized)
        );
    }

    [Fact]
    public async Task Nodes_that_start_together_create_one_key()
    {
        using var data = new TemporaryDirectory();
        var nodes = await Task.WhenAll(AppProcess.StartAsync(data.Path), AppProcess.StartAsync(data.Path));

        Assert.Single(Directory.GetFiles(Path.Combine(data.Path, "keys")));

        foreach (var node in nodes)
        {
            await node.StopAsync();
            node.Dispose();
        }
    }

    [Fact]
    public async Task A_directory_that_is_missing_ends_the_start()
    {
        using var data = new TemporaryDirectory();

        Assert.Equal(1, await AppProcess.RunToEndAsync(data.Path, "migrate", $"--Cms:DataProtection:Directory={data.Path}/none"));
    }

    internal static async Task<string> CreateAsync(HttpClient admin, string name, Uri url) =>
        (
            await admin.PostAsync(
                Webhooks,
                new
                {
                    name,
                    url,
                    events = new[] { "article.published" },
                }
            )
        ).Expect(HttpStatusCode.Created)["secret"]!.GetValue<string>();

    internal static async Task<string> PreviewAsync(HttpClient editor) =>
        (await editor.PostAsync(Previews, new { })).Expect(HttpStatusCode.Created)["token"]!.GetValue<string>();

    internal static async Task<string> RotateAsync(HttpClient admin, string name) =>
        (await admin.PostAsync($"{Webhooks}/{name}/rotate")).Expect(HttpStatusCode.OK)["secret"]!.GetValue<string>();
}

/// <summary>No node of this newsroom has made a preview yet.</summary>
public sealed class FirstPreviewTests(KeyRingNewsroom newsroom) : IClassFixture<KeyRingNewsroom>
{
    [Fact]
    public async Task Nodes_that_make_the_first_preview_together_sign_with_one_key()
    {
        var nodes = Enumerable.Range(0, 3).Select(_ => newsroom.AdminOfAnotherNode()).ToList();

        var tokens = await Task.WhenAll(nodes.Select(SecretTests.PreviewAsync));

        foreach (var node in nodes)
        foreach (var token in tokens)
            Assert.Equal(HttpStatusCode.OK, (await node.ReadAsync($"/content/v1/articles?preview={token}")).Status);
    }
}

/// <summary>A key ring that is encrypted by a certificate.</summary>
public sealed class KeyRingCertificateTests(KeyRingNewsroom newsroom) : IClassFixture<KeyRingNewsroom>
{
    [Fact]
    public async Task A_certificate_encrypts_the_key_ring()
    {
        using var ring = new TemporaryDirectory();
        using var files = new TemporaryDirectory();
        var path = Path.Combine(files.Path, "ring.pfx");
        await File.WriteAllBytesAsync(path, NewCertificate("a password"), TestContext.Current.CancellationToken);
        (string, string)[] settings =
        [
            ("Cms:DataProtection:Directory", ring.Path),
            ("Cms:DataProtection:Certificate", path),
            ("Cms:DataProtection:CertificatePassword", "a password"),
        ];
        var token = await SecretTests.PreviewAsync(newsroom.AdminOfAnotherNode(settings));

        Assert.Equal(
            HttpStatusCode.OK,
            (await newsroom.AdminOfAnotherNode(settings).ReadAsync($"/content/v1/articles?preview={token}")).Status
        );
        var keys = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(ring.Path)), TestContext.Current.CancellationToken);
        Assert.Contains("EncryptedData", keys, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", keys, StringComparison.Ordinal);
    }

    private static byte[] NewCertificate(string password)
    {
        using var key = RSA.Create(2_048);
        var request = new CertificateRequest("CN=ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return certificate.Export(X509ContentType.Pkcs12, password);
    }
}

/// <summary>A node with another key ring, which sends, has a newsroom of its own.</summary>
public sealed class LostKeyRingTests(KeyRingNewsroom newsroom) : IClassFixture<KeyRingNewsroom>
{
    private const string Webhooks = "/editorial/v1/webhooks";

    [Fact]
    public async Task Without_the_key_ring_a_webhook_is_disabled_with_the_reason_until_its_secret_is_rotated()
    {
        using var other = new TemporaryDirectory();
        await using var receiver = await WebhookReceiver.StartAsync();
        await SecretTests.CreateAsync(newsroom.Admin, "lost", receiver.Address);
        var address = newsroom.AnotherNode(("Cms:BackgroundWork", "true"), ("Cms:DataProtection:Directory", other.Path));
        using var node = newsroom.Client(Newsroom.AdminKey, address);

        await Eventually.TrueAsync(async () => (await StateAsync("lost")).State == "disabled");

        Assert.Equal("secretUnreadable", (await StateAsync("lost")).Reason);
        Assert.Equal(0, receiver.Count);

        await SecretTests.RotateAsync(node, "lost");
        (await node.PatchAsync($"{Webhooks}/lost", new { enabled = true }, (await node.ReadAsync($"{Webhooks}/lost")).Tag)).Expect(
            HttpStatusCode.OK
        );
        await Eventually.TrueAsync(async () => (await StateAsync("lost")).State == "active");
    }

    private async Task<(string State, string? Reason)> StateAsync(string name)
    {
        var webhook = (await newsroom.Admin.ReadAsync($"{Webhooks}/{name}")).Expect(HttpStatusCode.OK);
        return (webhook["state"]!.GetValue<string>(), webhook["disabledReason"]?.GetValue<string>());
    }
}

/// <summary>Without a key ring secrets are stored in the clear, until a node that has one saves them.</summary>
public sealed class PlainSecretTests(QuietNewsroom newsroom) : IClassFixture<QuietNewsroom>
{
    [Fact]
    public async Task A_plain_secret_is_encrypted_when_a_node_with_a_key_ring_saves_it()
    {
        using var ring = new TemporaryDirectory();
        await SecretTests.CreateAsync(newsroom.Admin, "plain", new Uri("https://hooks.example"));
        Assert.Equal("plain", await FormAsync("webhooks"));
        using var node = newsroom.Client(Newsroom.AdminKey, newsroom.AnotherNode(("Cms:DataProtection:Directory", ring.Path)));

        const string path = "/editorial/v1/webhooks/plain";
        (await node.PatchAsync(path, new { description = "Saved again" }, (await node.ReadAsync(path)).Tag)).Expect(HttpStatusCode.OK);

        Assert.Equal("protected", await FormAsync("webhooks"));
    }

    [Fact]
    public async Task A_plain_key_of_previews_is_encrypted_when_a_node_with_a_key_ring_reads_it_and_its_tokens_stay_valid()
    {
        using var ring = new TemporaryDirectory();
        var token = await SecretTests.PreviewAsync(newsroom.Admin);
        Assert.Equal("plain", await FormAsync("signing_keys"));
        using var node = newsroom.Client(null, newsroom.AnotherNode(("Cms:DataProtection:Directory", ring.Path)));

        Assert.Equal(HttpStatusCode.OK, (await node.ReadAsync($"/content/v1/articles?preview={token}")).Status);

        Assert.Equal("protected", await FormAsync("signing_keys"));
    }

    private async Task<string?> FormAsync(string table) =>
        (string?)await newsroom.SqlAsync($"select split_part(secret, ':', 1) from {table}");
}
