using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HeadlessCms.Tests.Cdn;

/// <summary>A request to the API of a provider.</summary>
internal sealed record ApiCall(string Request, string Credential, JsonNode Body, long At)
{
    public IReadOnlyList<string> Tags => [.. (Body["tags"] ?? Body["surrogate_keys"])!.AsArray().Select(tag => tag!.GetValue<string>())];
}

/// <summary>
/// Answers as the documentation of Fastly's and Cloudflare's purge APIs says that they do. It stands for them: no test asks the real ones.
/// </summary>
internal sealed class ApiStandIn : IAsyncDisposable
{
    private readonly ConcurrentQueue<ApiCall> _calls = [];
    private readonly WebApplication _app;

    private ApiStandIn(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<ApiCall> Calls => [.. _calls];

    /// <summary>What it does instead of purging, if it returns true.</summary>
    public Func<HttpContext, Task<bool>> Refuse { get; set; } = _ => Task.FromResult(false);

    public static async Task<ApiStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var standIn = new ApiStandIn(builder.Build());
        standIn._app.Run(standIn.AnswerAsync);
        await standIn._app.StartAsync();
        return standIn;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, headers) = (context.Request, context.Request.Headers);
        var body = (await JsonNode.ParseAsync(request.Body))!;
        var credential = headers["Fastly-Key"].Count > 0 ? $"{headers["Fastly-Key"]}" : $"{headers.Authorization}";
        var call = new ApiCall($"{request.Method} {request.Path}", credential, body, Stopwatch.GetTimestamp());
        _calls.Enqueue(call);
        if (await Refuse(context))
            return;
        if (request.Path.StartsWithSegments("/service"))
            await context.Response.WriteAsJsonAsync(call.Tags.Distinct().ToDictionary(tag => tag, _ => "108-1391560174-974124"));
        else
            await context.Response.WriteAsJsonAsync(
                new
                {
                    success = true,
                    errors = Array.Empty<object>(),
                    messages = Array.Empty<object>(),
                    result = new { id = "9a7806061c88ada191ed06f989cc3dac" },
                }
            );
    }
}

/// <summary>A newsroom with a provider whose API is a stand-in, and a second target that is not there.</summary>
public abstract class ApiNewsroom(TestCluster cluster, string provider) : Newsroom(cluster), IAsyncLifetime
{
    internal ApiStandIn Api { get; private set; } = null!;

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>
        {
            ["Cms:Cdn:Provider"] = provider,
            ["Cms:Cdn:Addresses"] = $"{Api.Address},http://127.0.0.1:9",
            ["Cms:Cdn:Token"] = "token-of-the-api",
            ["Cms:Cdn:Service"] = "SU1Z0isxPaozGVKXdv0eY",
            ["Cms:Cdn:Zone"] = "023e105f4ecef8ad9ca31a8372d0c353",
            ["Cms:Cdn:RepeatAfter"] = "00:00:00.5",
        };

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        Api = await ApiStandIn.StartAsync();
        await InitializeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await Api.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits until all changes are purged at the stand-in, both times.</summary>
    public Task SettledAsync() =>
        Eventually.TrueAsync(async () =>
            (bool)
                (
                    await SqlAsync(
                        "select (select position from cdn_progress) = (select coalesce(max(position), 0) from changes) "
                            + "and not exists (select from cdn_purges where address not like '%127.0.0.1:9/%')"
                    )
                )!
        );
}

public sealed class FastlyNewsroom(TestCluster cluster) : ApiNewsroom(cluster, "fastly");

public sealed class CloudflareNewsroom(TestCluster cluster) : ApiNewsroom(cluster, "cloudflare");
