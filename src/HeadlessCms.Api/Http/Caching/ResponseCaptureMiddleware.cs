using Microsoft.AspNetCore.Http.Features;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// Sees answers for anyone go by: gives them the headers of the policy and a tag, answers 304 to who has them already, and keeps them. An
/// answer that is made as a whole waits until it is whole; one that is streamed goes out at once, unless somebody asks whether it is what he
/// has.
/// </summary>
internal sealed class ResponseCaptureMiddleware(RequestDelegate next, ResponseCache cache, CachePolicy policy)
{
    private const int LongestToKeep = 2 * 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            await next(context);
            return;
        }

        var (fresh, look) = (context.CacheContext(), cache.Look);
        var provisionalTag = new Lazy<string>(() => $"W/\"{Guid.CreateVersion7():N}\"");
        var original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var seen = new ResponseBodyTee(
            original.Stream,
            () => IsForAnyone(context, fresh),
            () => !fresh.IsStreamed || AsksWhetherItIsNew(request),
            LongestToKeep
        );
        response.OnStarting(() =>
        {
            Describe(context, fresh, provisionalTag);
            return Task.CompletedTask;
        });
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(seen, original));
        try
        {
            await next(context);
            await response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        finally
        {
            context.Features.Set(original);
        }

        if (!IsForAnyone(context, fresh) || seen.Whole is not { } whole)
            return;
        if (seen.IsHeldBack)
            Describe(context, fresh, null);
        var answer = new CachedResponse(
            response.Headers,
            whole.Span,
            fresh,
            policy.HoldsFor(fresh),
            provisionalTag.IsValueCreated ? provisionalTag.Value : null
        );
        if (cache.IsOn && !fresh.MustRevalidate)
            cache.Keep(ResponseCacheMiddleware.KeyOf(request), answer, look);
        if (seen.IsHeldBack)
            await answer.WriteAsync(context, policy);
    }

    private static bool IsForAnyone(HttpContext context, CacheContext fresh) =>
        fresh.IsPublic && context.Response.StatusCode == StatusCodes.Status200OK;

    private static bool AsksWhetherItIsNew(HttpRequest request) =>
        HttpMethods.IsHead(request.Method) || request.Headers.IfNoneMatch.Count > 0;

    private void Describe(HttpContext context, CacheContext fresh, Lazy<string>? provisionalTag)
    {
        var headers = context.Response.Headers;
        if (!IsForAnyone(context, fresh))
        {
            if (headers.CacheControl.Count == 0)
                headers.CacheControl = fresh.IsPublic ? CachePolicy.Checked : CachePolicy.Private;
            return;
        }

        headers.Vary = "Accept-Encoding";
        if (fresh.Tags.Any())
            headers["Cache-Tag"] = string.Join(',', fresh.Tags);
        if (fresh.LastModified is { } modified)
            headers.LastModified = modified.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        if (headers.ETag.Count > 0)
            return; // it is written by its own
        headers.CacheControl = policy.CacheControl(fresh, policy.HoldsFor(fresh));
        if (provisionalTag is not null)
            headers.ETag = provisionalTag.Value;
    }
}
