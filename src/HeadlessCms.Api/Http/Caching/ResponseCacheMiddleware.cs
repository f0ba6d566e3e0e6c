using System.Collections.Concurrent;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// Answers what was asked before and has not changed, before anything else looks at the request. Whoever sends a credential is not served
/// from here, and what such a request is answered is never kept.
/// </summary>
internal sealed class ResponseCacheMiddleware(RequestDelegate next, ResponseCache cache, CachePolicy policy, CacheMetrics metrics)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _underWay = [];

    public Task InvokeAsync(HttpContext context)
    {
        if (!cache.IsOn || !IsForAnyone(context.Request))
            return next(context);
        var key = KeyOf(context.Request);
        if (cache.Find(key) is not { } kept)
        {
            metrics.Missed();
            return FirstAsync(context, key);
        }

        metrics.Found();
        return kept.WriteAsync(context, policy);
    }

    /// <summary>Whether a request could be anyone's.</summary>
    public static bool IsForAnyone(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Authorization.Count == 0;

    public static string KeyOf(HttpRequest request) =>
        request.QueryString.HasValue ? request.Path.Value + request.QueryString.Value : request.Path.Value!;

    // Of those that ask for the same at once one asks the database, and the others wait until what it gets is kept. An answer that goes out
    // while it is made is kept when its reader has read it, which can take as long as he likes: nobody waits for that.
    private async Task FirstAsync(HttpContext context, string key)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _underWay.GetOrAdd(key, mine);
        if (first != mine)
        {
            await first.Task.WaitAsync(context.RequestAborted);
            if (cache.Find(key) is { } kept)
                await kept.WriteAsync(context, policy);
            else
                await next(context);
            return;
        }

        context.Response.OnStarting(() =>
        {
            LetGo();
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        finally
        {
            LetGo();
        }

        void LetGo()
        {
            _underWay.TryRemove(KeyValuePair.Create(key, mine));
            mine.TrySetResult();
        }
    }
}
