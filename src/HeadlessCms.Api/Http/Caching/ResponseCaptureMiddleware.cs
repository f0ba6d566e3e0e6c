using Microsoft.AspNetCore.Http.Features;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// Adds cache headers and an entity tag to public responses, responds with 304, and caches them. A response is buffered until it is
/// complete; a streamed one is sent at once, except for HEAD and If-None-Match.
/// </summary>
internal sealed class ResponseCaptureMiddleware(RequestDelegate next, ResponseCache cache, CachePolicy policy)
{
    private const int MaxBytes = 2 * 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            await next(context);
            return;
        }

        var (cacheContext, look) = (context.CacheContext(), cache.Look);
        var provisionalTag = new Lazy<string>(() => $"W/\"{Guid.CreateVersion7():N}\"");
        var original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var body = new ResponseBodyTee(
            original.Stream,
            () => IsForAnyone(context, cacheContext),
            () => !cacheContext.IsStreamed || IsConditional(request),
            MaxBytes
        );
        response.OnStarting(() =>
        {
            Describe(context, cacheContext, provisionalTag);
            return Task.CompletedTask;
        });
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

        if (!IsForAnyone(context, cacheContext) || body.Whole is not { } whole)
            return;
        if (body.IsBuffered)
            Describe(context, cacheContext, null);
        var cached = new CachedResponse(
            response.Headers,
            whole.Span,
            cacheContext,
            policy.HoldsFor(cacheContext),
            provisionalTag.IsValueCreated ? provisionalTag.Value : null
        );
        if (cache.IsOn && !cacheContext.MustRevalidate)
            cache.Keep(ResponseCacheMiddleware.KeyOf(request), cached, look);
        if (body.IsBuffered)
            await cached.WriteAsync(context, policy);
    }

    private static bool IsForAnyone(HttpContext context, CacheContext cacheContext) =>
        cacheContext.IsPublic && context.Response.StatusCode == StatusCodes.Status200OK;

    private static bool IsConditional(HttpRequest request) => HttpMethods.IsHead(request.Method) || request.Headers.IfNoneMatch.Count > 0;

    private void Describe(HttpContext context, CacheContext cacheContext, Lazy<string>? provisionalTag)
    {
        var headers = context.Response.Headers;
        if (!IsForAnyone(context, cacheContext))
        {
            if (headers.CacheControl.Count == 0)
                headers.CacheControl = cacheContext.IsPublic ? CachePolicy.Checked : CachePolicy.Private;
            return;
        }

        headers.Vary = "Accept-Encoding";
        if (cacheContext.Tags.Any())
            headers["Cache-Tag"] = string.Join(',', cacheContext.Tags);
        if (cacheContext.LastModified is { } modified)
            headers.LastModified = modified.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        if (headers.ETag.Count > 0)
            return; // a CachedResponse has set the headers
        headers.CacheControl = policy.CacheControl(cacheContext, policy.HoldsFor(cacheContext));
        if (provisionalTag is not null)
            headers.ETag = provisionalTag.Value;
    }
}
