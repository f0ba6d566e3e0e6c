using System.ComponentModel;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Http.Previews;

/// <summary>The preview parameters of every read of Content.</summary>
internal sealed class PreviewQuery
{
    [Description("A preview token of `POST /editorial/v1/previews`. The header `Preview-Token` keeps it out of logs and history.")]
    public string? Preview { get; init; }

    [Description("The instant at which to show the site. Requires a preview token that is not for a single article.")]
    public DateTimeOffset? AsOf { get; init; }
}

/// <summary>Shows a caller with a preview token one working copy, or the whole site as of an instant.</summary>
internal static class PreviewAccess
{
    public static RouteGroupBuilder ShowsPreviews(this RouteGroupBuilder group) =>
        group
            .WithMetadata(new GroupQuery(typeof(PreviewQuery)))
            .WithMetadata(
                new GroupHeader(
                    SentCredentials.PreviewHeader,
                    "A preview token of `POST /editorial/v1/previews`. Where no key is sent, `Authorization: Bearer` accepts it too. "
                        + "Previews are never cached."
                )
            )
            .AddEndpointFilter(
                async (invocation, next) =>
                {
                    var context = invocation.HttpContext;
                    var asOf =
                        context.Request.Query["asOf"].ToString() is { Length: > 0 } text
                        && StrictInstant.TryParseInQuery(text, out var instant)
                            ? instant
                            : (DateTimeOffset?)null;
                    var token = TokenOf(context.Request);
                    if (token is null && asOf is null)
                        return await next(invocation);

                    var preview = token is null
                        ? null
                        : await context.RequestServices.GetRequiredService<PreviewTokens>().UseAsync(token, context);
                    if (preview is null)
                        return Refused(context, token);
                    context.CredentialOutcomes().Accept(token!);
                    if (asOf is not null && (preview.Article is not null || preview.AsOf is not null && preview.AsOf != asOf))
                        return new UnreadableProblem(
                            InputError.InQuery("asOf", "notPreviewed", "The token is not valid for this instant.")
                        );

                    preview = preview with { AsOf = asOf ?? preview.AsOf };
                    context.Features.Set(preview);
                    context.CacheContext().IsPublic = false;
                    var live = context.RequestServices.GetRequiredService<LiveDbContext>();
                    await using var primary = context.RequestServices.GetRequiredService<LiveReader>().AtPrimary(live);
                    if (preview.AsOf is not { } shown)
                        return await next(invocation);
                    await using var transaction = await live.AsOfAsync(shown, context.RequestAborted);
                    return await next(invocation);
                }
            );

    private static string? TokenOf(HttpRequest request)
    {
        if (SentCredentials.Preview(request) is { } token)
            return token;
        var bearer = SentCredentials.Bearer(request);
        return SentCredentials.IsJwt(bearer) && request.HttpContext.User.Identity?.IsAuthenticated != true ? bearer : null;
    }

    private static ProblemResult Refused(HttpContext context, string? token)
    {
        if (token is not null)
            context.CredentialOutcomes().Refuse(token, CredentialRefusal.PreviewRefused);
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"headless-cms\", error=\"invalid_token\"";
        return new ProblemResult(
            401,
            "previewRefused",
            "Preview refused",
            "A preview requires a token that is valid for it and is neither expired nor revoked: POST /editorial/v1/previews creates one."
        );
    }
}
