using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Http.Access;

/// <summary>Authenticates <c>Authorization: Bearer cms_…</c>. The key is read each time, so that revocation is immediate.</summary>
internal sealed class ApiKeyHandler(
    NewsroomReader newsroom,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "ApiKey";

    // Revoked and expired keys are read too, so that the security log can tell them from unknown ones.
    private static readonly Func<NewsroomDbContext, string, CancellationToken, Task<FoundKey?>> ByPublicId = EF.CompileAsyncQuery(
        (NewsroomDbContext db, string publicId, CancellationToken _) =>
            db
                .ApiKeys.AsNoTracking()
                .TagWith("key")
                .Where(key => key.PublicId == publicId)
                .Select(key => new FoundKey(key, DatabaseClock.Now()))
                .SingleOrDefault()
    );

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SentCredentials.Authorization(Request) is not { } sent)
            return AuthenticateResult.NoResult();
        if (!ApiKey.TryParse(SentCredentials.Bearer(Request), out var publicId, out var secret))
            return Refuse(sent, CredentialRefusal.Malformed);

        var db = Context.RequestServices.GetRequiredService<NewsroomDbContext>(); // not injected: most readers send no key
        var found = await newsroom.ReadAsync(db, source => ByPublicId(source, publicId, Context.RequestAborted));
        if (found is not { Key: var key, Now: var now })
            return Refuse(sent, CredentialRefusal.UnknownKey);
        if (!key.Opens(secret))
            return Refuse(sent, CredentialRefusal.WrongSecret);
        if (!key.IsValidAt(now))
            return Refuse(sent, key.RevokedAt is null ? CredentialRefusal.ExpiredKey : CredentialRefusal.RevokedKey);

        // Updated at most once a minute, so that a busy key does not cost a write per request.
        if (key.LastUsedAt is null || key.LastUsedAt <= now.AddMinutes(-1))
            await StampAsync(db, key);

        var role = key.Feeds is null ? Policies.Of(key.Role) : Policies.Partner;
        var identity = new ClaimsIdentity(
            [
                new(ClaimTypes.Name, key.Name),
                new(ClaimTypes.Role, role),
                new(CallerClaims.Id, $"key:{key.Name}"),
                new(CallerClaims.Key, key.Id.ToString("D")),
            ],
            Name
        );
        if (key.RequestsPerMinute is { } limit)
            identity.AddClaim(new(CallerClaims.RequestsPerMinute, limit.ToString(CultureInfo.InvariantCulture)));
        if (key.Access is { } tier)
            identity.AddClaim(new(CallerClaims.Access, tier.ToString()));
        if (key.Feeds is { } scope)
            Context.Features.Set(scope);
        Context.CredentialOutcomes().Accept(sent);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    /// <summary>The API key of the request, as sent; null if there is none.</summary>
    public static string? SentKey(HttpRequest request) =>
        SentCredentials.Bearer(request) is { } sent && ApiKey.TryParse(sent, out _, out _) ? sent : null;

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var sent = (await HandleAuthenticateOnceSafeAsync()).Failure is not null;
        Response.StatusCode = 401;
        Response.Headers.WWWAuthenticate = sent
            ? "Bearer realm=\"headless-cms\", error=\"invalid_token\""
            : "Bearer realm=\"headless-cms\"";
    }

    private async Task StampAsync(NewsroomDbContext db, ApiKey key)
    {
        try
        {
            await db
                .ApiKeys.Where(row => row.Id == key.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(used => used.LastUsedAt, _ => DatabaseClock.Now()), Context.RequestAborted);
        }
        catch (Exception away) when (newsroom.MayBeSpared(away))
        {
            // Readers do not wait for the primary.
        }
    }

    private AuthenticateResult Refuse(string credential, CredentialRefusal reason)
    {
        Context.CredentialOutcomes().Refuse(credential, reason);
        return AuthenticateResult.Fail("The credential is not a valid API key.");
    }

    private sealed record FoundKey(ApiKey Key, DateTimeOffset Now);
}
