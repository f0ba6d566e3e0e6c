using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Http.Access;

/// <summary>Authenticates <c>Authorization: Bearer cms_…</c>. The key is read each time, so that revocation is immediate.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "ApiKey";

    private static readonly Func<NewsroomDbContext, string, CancellationToken, Task<FoundKey?>> ByPublicId = EF.CompileAsyncQuery(
        (NewsroomDbContext db, string publicId, CancellationToken _) =>
            db
                .ApiKeys.AsNoTracking()
                .TagWith("key")
                .Where(key =>
                    key.PublicId == publicId && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > DatabaseClock.Now())
                )
                .Select(key => new FoundKey(key, key.LastUsedAt > DatabaseClock.Now().AddMinutes(-1)))
                .SingleOrDefault()
    );

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return AuthenticateResult.NoResult();
        if (
            !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            || !ApiKey.TryParse(header[7..].Trim(), out var publicId, out var secret)
        )
            return AuthenticateResult.Fail("The credential is not an API key.");

        var db = Context.RequestServices.GetRequiredService<NewsroomDbContext>(); // not injected: most readers send no key
        var found = await ByPublicId(db, publicId, Context.RequestAborted);
        if (found is not { Key: var key } || !key.Opens(secret))
            return AuthenticateResult.Fail("The API key is unknown, expired or revoked.");

        // Updated at most once a minute, so that a busy key does not cost a write per request.
        if (!found.JustUsed)
        {
            await db
                .ApiKeys.Where(row => row.Id == key.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(used => used.LastUsedAt, _ => DatabaseClock.Now()), Context.RequestAborted);
        }

        var role = key.Feeds is null ? Policies.Of(key.Role) : Policies.Partner;
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.Name, key.Name), new(ClaimTypes.Role, role), new(CallerClaims.Id, $"key:{key.Name}")],
            Name
        );
        if (key.RequestsPerMinute is { } limit)
            identity.AddClaim(new(CallerClaims.RequestsPerMinute, limit.ToString(CultureInfo.InvariantCulture)));
        if (key.Feeds is { } scope)
            Context.Features.Set(scope);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    /// <summary>The API key of the request, as sent; null if there is none.</summary>
    public static string? SentKey(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { Length: > 7 } header && ApiKey.TryParse(header[7..].Trim(), out _, out _)
            ? header[7..].Trim()
            : null;

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var sent = (await HandleAuthenticateOnceSafeAsync()).Failure is not null;
        Response.StatusCode = 401;
        Response.Headers.WWWAuthenticate = sent
            ? "Bearer realm=\"headless-cms\", error=\"invalid_token\""
            : "Bearer realm=\"headless-cms\"";
    }

    private sealed record FoundKey(ApiKey Key, bool JustUsed);
}
