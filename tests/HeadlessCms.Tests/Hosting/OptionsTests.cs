using System.Diagnostics;
using System.Runtime.CompilerServices;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace HeadlessCms.Tests.Hosting;

/// <summary>Settings that are unknown or impossible end a start, all of them at once, and are named.</summary>
public sealed class OptionsTests
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["Cms:DataDirectory"] = "elsewhere",
        ["Cms:DatabasePassword"] = "hunter2",
        ["Cms:AdminKey"] = Newsroom.AdminKey,
        ["Cms:SampleContent"] = "true",
        ["Cms:SiteUrl"] = "https://news.example/",
        ["Cms:ApiUrl"] = "https://cms.example",
        ["Cms:SiteName"] = "The Daily Example",
        ["Cms:SiteLogo"] = "https://news.example/logo.png",
        ["Cms:SiteLanguage"] = "zh-Hant",
        ["Cms:Embeds"] = "youtube, player.example",
        ["Cms:AllowSharedRole"] = "true",
        ["Cms:TeaserWords"] = "25",
        ["Cms:PrivateSite"] = "True",
        ["Cms:WebSubHub"] = "https://hub.example/",
        ["Cms:BackgroundWork"] = "false",
        ["Cms:Drain"] = "00:00:10",
        ["Cms:Proxies"] = "192.0.2.1, 10.0.0.0/8, 2001:db8::/32",
        ["Cms:Docs"] = "false",
        ["Cms:Cache:MaxBytes"] = "0",
        ["Cms:Cache:MaxArticleBytes"] = "0",
        ["Cms:Cache:MaxStale"] = "00:01:00",
        ["Cms:Replicas:MaxWait"] = "00:00:00.250",
        ["Cms:Replicas:MaxLag"] = "00:00:30",
        ["Cms:RateLimits:PerAddress"] = "60",
        ["Cms:RateLimits:PerKey"] = "600",
        ["Cms:RateLimits:FailedSignIns"] = "5",
        ["Cms:Concurrency:Readers"] = "4",
        ["Cms:Concurrency:Editors"] = "2",
        ["Cms:Concurrency:PerAddress"] = "1",
        ["Cms:Concurrency:OpenPerAddress"] = "7",
        ["Cms:Concurrency:Costly"] = "1",
        ["Cms:Concurrency:ReadTimeout"] = "00:00:02",
        ["Cms:Concurrency:Waiting"] = "0",
        ["Cms:Slugs"] = "unicode",
        ["Cms:Cdn:Provider"] = "cloudflare",
        ["Cms:Cdn:Addresses"] = "http://127.0.0.1:6081, http://10.0.0.2:6081",
        ["Cms:Cdn:Token"] = "hunter2",
        ["Cms:Cdn:Service"] = "SU1Z0isxPaozGVKXdv0eY",
        ["Cms:Cdn:Zone"] = "023e105f4ecef8ad9ca31a8372d0c353",
        ["Cms:Cdn:TagHeaders"] = "Cache-Tag, xkey",
        ["Cms:Cdn:MaxAge"] = "00:10:00",
        ["Cms:Cdn:RepeatAfter"] = "00:00:05",
        ["Cms:Webhooks:Timeout"] = "00:00:03",
        ["Cms:Webhooks:RetrySchedule"] = "00:00:01, 00:05",
        ["Cms:Retention:Changes"] = "365.00:00:00",
        ["Cms:Retention:Audit"] = "3650.00:00:00",
        ["Cms:Suggestions:Accept"] = "0.85",
        ["Cms:Suggestions:TrainNightly"] = "false",
        ["Cms:Oidc:Authority"] = "https://id.example/realms/news",
        ["Cms:Oidc:Audience"] = "cms",
        ["Cms:Oidc:RoleClaim"] = "cms_roles",
        ["Cms:Oidc:AccessClaim"] = "cms_access",
        ["Cms:Oidc:NameClaim"] = "email",
        ["Cms:Oidc:TokenTypes"] = "JWT",
        ["Cms:Management:Urls"] = "http://127.0.0.1:9090, http://*:9091",
        ["Cms:DataProtection:Directory"] = "/keys",
        ["Cms:DataProtection:Certificate"] = "/keys.pfx",
        ["Cms:DataProtection:CertificatePassword"] = "hunter2",
    };

    [Fact]
    public void Every_known_setting_is_taken()
    {
        Assert.Equal(Names(), Known.Keys.Order(StringComparer.Ordinal));

        var options = Read(Known!);

        Assert.Equal("elsewhere", options.DataDirectory);
        Assert.True(options.SampleContent);
        Assert.Equal(["youtube", "player.example"], options.Embeds);
        Assert.Equal((25, "cms_access"), (options.TeaserWords, options.Oidc.AccessClaim));
        Assert.True(options.PrivateSite);
        Assert.False(options.BackgroundWork);
        Assert.Equal(TimeSpan.FromSeconds(10), options.Drain);
        Assert.Equal(["192.0.2.1", "10.0.0.0/8", "2001:db8::/32"], options.Proxies);
        Assert.False(options.Docs);
        Assert.Equal(0, options.Cache.MaxBytes);
        Assert.Equal((600, 5), (options.RateLimits.PerKey, options.RateLimits.FailedSignIns));
        Assert.Equal(4, options.Concurrency.Readers);
        Assert.Equal((CdnProvider.Cloudflare, 2), (options.Cdn.Provider, options.Cdn.Addresses.Count));
        Assert.Equal(["Cache-Tag", "xkey"], options.Cdn.WrittenTagHeaders);
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(5)), (options.Cdn.MaxAge, options.Cdn.RepeatAfter));
        Assert.Equal(TimeSpan.FromSeconds(3), options.Webhooks.Timeout);
        Assert.Equal((TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(30)), (options.Replicas.MaxWait, options.Replicas.MaxLag));
        Assert.Equal(3, options.Webhooks.RetrySchedule.Attempts);
        Assert.Equal((TimeSpan.FromDays(365), TimeSpan.FromDays(3_650)), (options.Retention.Changes, options.Retention.Audit));
        Assert.Equal(0.85, options.Suggestions.Accept);
        Assert.False(options.Suggestions.TrainNightly);
        Assert.Equal(["JWT"], options.Oidc.TokenTypes);
        Assert.Equal(HeadlessCms.Core.SlugScript.Unicode, options.Slugs);
        Assert.Equal(["http://127.0.0.1:9090", "http://*:9091"], options.Management.Urls);
        Assert.Equal("/keys", options.DataProtection.Directory);
    }

    [Fact]
    public void Without_settings_each_has_its_default_and_an_empty_one_counts_as_unset()
    {
        foreach (var options in new[] { Read([]), Read(Known.Keys.ToDictionary(name => name, _ => (string?)"")) })
        {
            Assert.Equal(".data", options.DataDirectory);
            Assert.Null(options.AdminKey);
            Assert.Null(options.SampleContent);
            Assert.Equal("en", options.SiteLanguage);
            Assert.Equal(CmsOptions.EmbedNames, options.Embeds);
            Assert.True(options.BackgroundWork);
            Assert.Null(options.Drain);
            Assert.Empty(options.Proxies);
            Assert.True(options.Docs);
            Assert.Equal(33_554_432, options.Cache.MaxBytes);
            Assert.Equal(600, options.RateLimits.FailedSignIns);
            Assert.Null(options.Retention.Changes);
            Assert.Null(options.Retention.Audit);
            Assert.Null(options.Suggestions.Accept);
            Assert.True(options.Suggestions.TrainNightly);
            Assert.Equal((40, 20, 1_000), (options.Concurrency.Readers, options.Concurrency.Editors, options.Concurrency.Waiting));
            Assert.Equal(CdnProvider.None, options.Cdn.Provider);
            Assert.Equal(["Cache-Tag"], options.Cdn.WrittenTagHeaders);
            Assert.Equal(TimeSpan.FromSeconds(15), options.Webhooks.Timeout);
            Assert.Equal(10, options.Webhooks.RetrySchedule.Attempts);
            Assert.Equal(["at+jwt", "application/at+jwt"], options.Oidc.TokenTypes);
            Assert.Empty(options.Management.Urls);
        }
    }

    [Fact]
    public void A_list_is_taken_item_by_item_too() =>
        Assert.Equal(
            ["JWT", "at+jwt"],
            Read(new() { ["Cms:Oidc:TokenTypes:0"] = "JWT", ["Cms:Oidc:TokenTypes:1"] = "at+jwt" }).Oidc.TokenTypes
        );

    [Theory]
    [InlineData("Cms:Cache:MaxByte", "Cms:Cache:MaxByte is unknown; did you mean Cms:Cache:MaxBytes?")]
    [InlineData("cms:cache:maxbyte", "Cms:Cache:maxbyte is unknown; did you mean Cms:Cache:MaxBytes?")]
    [InlineData("Cms:MaxBytes", "Cms:MaxBytes is unknown; did you mean Cms:Cache:MaxBytes?")]
    [InlineData("Cms:Cahe:MaxBytes", "Cms:Cahe:MaxBytes is unknown; did you mean Cms:Cache:MaxBytes?")]
    [InlineData("Cms:SiteUri", "Cms:SiteUri is unknown; did you mean Cms:SiteUrl?")]
    [InlineData("Cms:SiteUrl:Public", "Cms:SiteUrl:Public is unknown; did you mean Cms:SiteUrl?")]
    [InlineData("Cms:Telepathy", "Cms:Telepathy is unknown.")]
    public void An_unknown_setting_is_refused_with_the_nearest_known(string name, string line) =>
        Assert.Equal([line], Refused(new() { [name] = "1" }));

    [Theory]
    [InlineData("Cms:SampleContent", "yes")]
    [InlineData("Cms:PrivateSite", "1")]
    [InlineData("Cms:Embeds", "myspace")]
    [InlineData("Cms:TeaserWords", "-1")]
    [InlineData("Cms:TeaserWords", "many")]
    [InlineData("Cms:Embeds", "youtube, https://player.example")]
    [InlineData("Cms:BackgroundWork", "off")]
    [InlineData("Cms:AdminKey", "secret")]
    [InlineData("Cms:Drain", "-00:00:01")]
    [InlineData("Cms:Drain", "00:10:00")]
    [InlineData("Cms:SiteUrl", "news.example")]
    [InlineData("Cms:SiteUrl", "ftp://news.example")]
    [InlineData("Cms:SiteUrl", "https://news.example?from=cms")]
    [InlineData("Cms:ApiUrl", "/")]
    [InlineData("Cms:ApiUrl", "https://cms.example?from=docs")]
    [InlineData("Cms:SiteLanguage", "english language")]
    [InlineData("Cms:SiteLanguage", "e")]
    [InlineData("Cms:SiteLogo", "http://news.example/logo.png")]
    [InlineData("Cms:SiteLogo", "/logo.png")]
    [InlineData("Cms:Cache", "1")]
    [InlineData("Cms:Cache:MaxBytes", "-1")]
    [InlineData("Cms:Cache:MaxBytes", "32 MiB")]
    [InlineData("Cms:RateLimits:PerAddress", "-1")]
    [InlineData("Cms:RateLimits:PerKey", "1000001")]
    [InlineData("Cms:RateLimits:FailedSignIns", "0")]
    [InlineData("Cms:Concurrency:Readers", "0")]
    [InlineData("Cms:Concurrency:Editors", "-4")]
    [InlineData("Cms:Concurrency:Waiting", "many")]
    [InlineData("Cms:Webhooks:Timeout", "15 s")]
    [InlineData("Cms:Webhooks:Timeout", "15")] // days
    [InlineData("Cms:Webhooks:Timeout", "-00:00:01")]
    [InlineData("Cms:Webhooks:RetrySchedule", "soon")]
    [InlineData("Cms:Webhooks:RetrySchedule", "00:00:05,,00:05")]
    [InlineData("Cms:Webhooks:RetrySchedule", "-00:00:05")]
    [InlineData("Cms:Retention:Changes", "7.00:00:00")]
    [InlineData("Cms:Retention:Audit", "30.00:00:00")]
    [InlineData("Cms:Retention:Audit", "ten years")]
    [InlineData("Cms:Oidc:Authority", "id.example")]
    [InlineData("Cms:Docs", "off")]
    [InlineData("Cms:Proxies", "proxy.example")]
    [InlineData("Cms:Proxies", "10")]
    [InlineData("Cms:Proxies", "10.0.0.0/33")]
    [InlineData("Cms:Management:Urls", "127.0.0.1:9090")]
    [InlineData("Cms:Management:Urls", "https://127.0.0.1:9090")]
    [InlineData("Cms:Management:Urls", "http://127.0.0.1:9090/metrics")]
    [InlineData("Cms:Management:Urls", "http://127.0.0.1:99999")]
    public void An_impossible_value_is_refused_by_name(string name, string value)
    {
        var settings = new Dictionary<string, string?> { ["Cms:Oidc:Audience"] = "cms", [name] = value };

        Assert.StartsWith($"{name} ", Assert.Single(Refused(settings)), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_need_another_are_refused_without_it()
    {
        Assert.Contains(
            "Cms:SiteUrl",
            Assert.Single(Refused(new() { ["Cms:WebSubHub"] = "https://hub.example/" })),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Cms:DataProtection:Directory",
            Assert.Single(Refused(new() { ["Cms:DataProtection:Certificate"] = "/keys.pfx" })),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Cms:Oidc:Audience",
            Assert.Single(Refused(new() { ["Cms:Oidc:Authority"] = "https://id.example" })),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("true")]
    [InlineData("True")]
    public void The_frameworks_switch_that_believes_every_caller_is_refused(string value) =>
        Assert.Contains("Cms:Proxies", Assert.Single(Refused(new() { ["FORWARDEDHEADERS_ENABLED"] = value })), StringComparison.Ordinal);

    [Theory]
    [InlineData("Cms:Cdn:Addresses", "varnish")]
    [InlineData("Cms:Cdn:Service", "fastly", "Token=t")]
    [InlineData("Cms:Cdn:Zone", "cloudflare", "Token=t")]
    [InlineData("Cms:Cdn:Zone", "cloudflare", "Token=t", "Zone=a/b")]
    [InlineData("Cms:Cdn:Token", "cloudflare", "Zone=z")]
    [InlineData("Cms:Cdn:Token", "varnish", "Addresses=http://a", "Token=two words")]
    [InlineData("Cms:Cdn:Addresses", "varnish", "Addresses=varnish:6081")]
    [InlineData("Cms:Cdn:TagHeaders", "none", "TagHeaders=X-Tags")]
    [InlineData("Cms:Cdn:MaxAge", "none", "MaxAge=1.00:00:00")]
    [InlineData("Cms:Cdn:Provider", "akamai")]
    [InlineData("Cms:Cdn:Provider", "1")]
    public void A_cdn_that_can_not_be_purged_is_refused(string setting, string provider, params string[] more)
    {
        var settings = more.Select(one => one.Split('=', 2)).ToDictionary(one => $"Cms:Cdn:{one[0]}", one => (string?)one[1]);
        settings["Cms:Cdn:Provider"] = provider;

        Assert.Contains(setting, Assert.Single(Refused(settings)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_not_repeated() =>
        Assert.DoesNotContain("hunter2", Assert.Single(Refused(new() { ["Cms:AdminKey"] = "hunter2" })), StringComparison.Ordinal);

    [Fact]
    public async Task The_app_names_all_that_is_wrong_on_stderr_and_exits_with_1()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(Program).Assembly.Location, "--Cms:Cache:MaxByte=1", "--Cms:RateLimits:PerKey=-1", "--Cms:Webhooks:Timeout=soon"]
        )
        {
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true" },
        };
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, process.ExitCode);
        Assert.Equal(
            [
                "ASPNETCORE_FORWARDEDHEADERS_ENABLED believes every caller; set Cms:Proxies to your proxies instead.",
                "Cms:Cache:MaxByte is unknown; did you mean Cms:Cache:MaxBytes?",
                "Cms:RateLimits:PerKey must be between 0 and 1000000.",
                "Cms:Webhooks:Timeout is 'soon'; it must be a time such as 00:00:15.",
            ],
            errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_setting_has_its_row_in_the_documentation()
    {
        var rows = File.ReadLines(Path.Combine(Root(), "docs", "settings.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1].Trim('`'))
            .ToList();

        Assert.Equal(Names(), rows.Where(name => name.StartsWith("Cms:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    internal static CmsOptions Read(Dictionary<string, string?> settings) =>
        CmsOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), new Production());

    private static string[] Refused(Dictionary<string, string?> settings) =>
        Assert.Throws<InvalidSettingsException>(() => Read(settings)).Message.Split(Environment.NewLine);

    private static IEnumerable<string> Names() => OptionsReader.Names(typeof(CmsOptions), CmsOptions.Section).Order(StringComparer.Ordinal);

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    private sealed class Production : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
