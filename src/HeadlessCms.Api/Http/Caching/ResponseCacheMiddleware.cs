using System.Collections.Concurrent;
using HeadlessCms.Api.Http.Access;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>Serves cached responses. Requests with credentials bypass the cache, and their responses are not stored.</summary>
internal sealed class ResponseCacheMiddleware(
    RequestDelegate next,
    ResponseCache cache,
    CachePolicy policy,
    CdnHeaders cdn,
    CacheMetrics metrics
)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _pending = [];

    public Task InvokeAsync(HttpContext context)
    {
        if (!cache.IsEnabled || !IsForAnyone(context.Request))
            return next(context);
        var key = KeyOf(context.Request);
        if (!cache.IsOn)
            return cache.Find(key) is { } stale ? stale.WriteStaleAsync(context, cache.StaleFor(stale), cdn) : next(context);
        if (cache.Find(key) is not { } cached)
        {
            metrics.Missed();
            return CoalesceAsync(context, key);
        }

        metrics.Found();
        return cached.WriteAsync(context, policy);
    }

    /// <summary>Whether the request is a GET or HEAD without credentials.</summary>
    public static bool IsForAnyone(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers.Authorization.Count == 0
        && !request.Headers.ContainsKey(SentCredentials.PreviewHeader);

    // The path is encoded, because a decoded one may contain a question mark.
    public static string KeyOf(HttpRequest request) => request.Path.ToUriComponent() + request.QueryString.Value;

    // Concurrent requests for the same key are coalesced: one reads the database, and the others wait until its response is cached; not
    // until its client has read it, which can take any time.
    private async Task CoalesceAsync(HttpContext context, string key)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _pending.GetOrAdd(key, mine);
        if (first != mine)
        {
            await first.Task.WaitAsync(context.RequestAborted);
            if (cache.Find(key) is { } cached)
                await cached.WriteAsync(context, policy);
            else
                await next(context);
            return;
        }

        context.Response.OnStarting(() =>
        {
            Release();
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        finally
        {
            Release();
        }

        void Release()
        {
            _pending.TryRemove(KeyValuePair.Create(key, mine));
            mine.TrySetResult();
        }
    }
}
