using System.ComponentModel;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Http.Previews;

/// <summary>What every read of Content can be asked for with a preview token.</summary>
internal sealed class PreviewQuery
{
    /// <summary>A preview token; the header <c>Authorization: Bearer</c> takes it too.</summary>
    [Description("A preview token of `POST /editorial/v1/previews`; `Authorization: Bearer` takes it too. Such answers are never cached.")]
    public string? Preview { get; init; }

    /// <summary>The instant to show the site as of.</summary>
    [Description("With a preview token that is for no single article: the site as it was or will be at this instant.")]
    public DateTimeOffset? AsOf { get; init; }
}

/// <summary>Lets who has a preview token look ahead or back: at one working copy, or at the whole site as of an instant.</summary>
internal static class PreviewAccess
{
    private const string Bearer = "Bearer ";

    public static RouteGroupBuilder ShowsPreviews(this RouteGroupBuilder group) =>
        group
            .WithMetadata(new GroupQuery(typeof(PreviewQuery)))
            .AddEndpointFilter(
                async (invocation, next) =>
                {
                    var context = invocation.HttpContext;
                    var asOf =
                        context.Request.Query["asOf"].ToString() is { Length: > 0 } text && StrictInstant.TryParse(text, out var instant)
                            ? instant
                            : (DateTimeOffset?)null;
                    var token = TokenOf(context.Request);
                    if (token is null && asOf is null)
                        return await next(invocation);

                    var preview = token is null
                        ? null
                        : await context.RequestServices.GetRequiredService<PreviewTokens>().ReadAsync(token, context.RequestAborted);
                    if (preview is null)
                        return Refused(context);
                    if (asOf is not null && (preview.Article is not null || preview.AsOf is not null && preview.AsOf != asOf))
                        return new UnreadableProblem(
                            InputError.InQuery(
                                "asOf",
                                "notPreviewed",
                                "The token is for something else: ask for one that is for this instant."
                            )
                        );

                    context.Features.Set(preview);
                    context.CacheContext().IsPublic = false;
                    if ((asOf ?? preview.AsOf) is not { } shown)
                        return await next(invocation);
                    await using var transaction = await context
                        .RequestServices.GetRequiredService<LiveDbContext>()
                        .AsOfAsync(shown, context.RequestAborted);
                    return await next(invocation);
                }
            );

    private static string? TokenOf(HttpRequest request)
    {
        if (request.Query["preview"].ToString() is { Length: > 0 } token)
            return token;
        var header = request.Headers.Authorization.ToString();
        return
            header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && header.AsSpan(Bearer.Length).Count('.') == 2
            && request.HttpContext.User.Identity?.IsAuthenticated != true
            ? header[Bearer.Length..].Trim()
            : null;
    }

    private static ProblemResult Refused(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"headless-cms\", error=\"invalid_token\"";
        return new ProblemResult(
            401,
            "previewRefused",
            "No preview",
            "A preview needs a token that is for it and is not over: POST /editorial/v1/previews gives one."
        );
    }
}
