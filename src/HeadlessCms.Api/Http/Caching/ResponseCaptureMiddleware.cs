using HeadlessCms.Api.Http.Access;
using Microsoft.AspNetCore.Http.Features;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// Keeps a response until it is complete, when what it was read from is free for others. Public ones get cache headers and an entity tag,
/// are answered with 304 where the client has them, and are cached.
/// </summary>
internal sealed class ResponseCaptureMiddleware(RequestDelegate next, ResponseCache cache, CachePolicy policy, CdnHeaders cdn)
{
    private const int MaxCachedBytes = 2 * 1024 * 1024;
    private static readonly TimeSpan MaxSending = TimeSpan.FromMinutes(5);

    public async Task InvokeAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            await next(context);
            return;
        }

        var (cacheContext, look) = (context.CacheContext(), cache.Look);
        var original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var body = new SpooledBody();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body, original));
        try
        {
            await next(context);
            await response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        finally
        {
            context.Features.Set(original);
        }

        if (response.StatusCode == StatusCodes.Status503ServiceUnavailable && StaleFor(request) is { } stale)
        {
            response.Clear();
            await stale.WriteStaleAsync(context, cache.StaleFor(stale), cdn);
            return;
        }

        Describe(context, cacheContext);
        // It was read before the change, and may reach a shared cache after what purges it there.
        if (cacheContext.IsPublic && cache.HasChangedSince(look, cacheContext.Tags))
            cacheContext.MustRevalidate = true;
        if (cacheContext.IsPublic && response.StatusCode == StatusCodes.Status200OK && body.Length <= MaxCachedBytes)
        {
            var whole = new EncodedBody(await body.TakeAsync(context.RequestAborted), body.Tag);
            var cached = new CachedResponse(response.Headers, whole, cacheContext, policy.HoldsFor(cacheContext));
            if (cache.IsOn && !cacheContext.MustRevalidate)
                cache.Keep(ResponseCacheMiddleware.KeyOf(request), cached, look);
            await cached.WriteAsync(context, policy);
        }
        else
        {
            await SendAsync(context, cacheContext, body);
        }
    }

    private CachedResponse? StaleFor(HttpRequest request) =>
        ResponseCacheMiddleware.IsForAnyone(request) ? cache.FindStale(ResponseCacheMiddleware.KeyOf(request)) : null;

    private void Describe(HttpContext context, CacheContext cacheContext)
    {
        var headers = context.Response.Headers;
        if (!cacheContext.IsPublic || context.Response.StatusCode != StatusCodes.Status200OK)
        {
            if (headers.CacheControl.Count == 0)
                headers.CacheControl = cacheContext.IsPublic ? CachePolicy.Checked : CachePolicy.Private;
            return;
        }

        headers.Vary = $"Accept-Encoding, {SentCredentials.PreviewHeader}";
        if (cacheContext.HasTags)
            cdn.WriteTags(headers, cacheContext.Tags);
        if (cacheContext.LastModified is { } modified)
            headers.LastModified = modified.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task SendAsync(HttpContext context, CacheContext cacheContext, SpooledBody body)
    {
        var (request, response) = (context.Request, context.Response);
        if (cacheContext.IsPublic && response.StatusCode == StatusCodes.Status200OK)
        {
            policy.Write(response.Headers, cacheContext, policy.HoldsFor(cacheContext));
            response.Headers.ETag = body.Tag;
            if (EncodedBody.IsNotModified(request, body.Tag, cacheContext.IsDated ? cacheContext.LastModified : null))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                response.ContentType = null;
                return;
            }
        }

        if (HttpMethods.IsHead(request.Method))
            return;
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        sending.CancelAfter(MaxSending);
        try
        {
            await body.SendAsync(response.Body, sending.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Abort(); // a client that takes so long does not read
        }
    }
}
