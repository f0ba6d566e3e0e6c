using System.Security.Claims;
using System.Text.Encodings.Web;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Platform.Access;

/// <summary>Lets in who sends <c>Authorization: Bearer cms_…</c>. Asks the database each time: a revoked key opens nothing from then on.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, NewsroomDbContext db)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "ApiKey";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0) return AuthenticateResult.NoResult();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || !ApiKey.TryParse(header[7..].Trim(), out var publicId, out var secret))
            return AuthenticateResult.Fail("That is no key.");

        var key = await db.ApiKeys.AsNoTracking().TagWith("key").SingleOrDefaultAsync(
            key => key.PublicId == publicId && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > DatabaseClock.Now()),
            Context.RequestAborted);
        if (key is null || !key.Opens(secret)) return AuthenticateResult.Fail("The key opens nothing.");

        var identity = new ClaimsIdentity([new(ClaimTypes.Name, key.Name), new(ClaimTypes.Role, Policies.Of(key.Role))], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var sent = (await HandleAuthenticateOnceSafeAsync()).Failure is not null;
        Response.StatusCode = 401;
        Response.Headers.WWWAuthenticate = sent ? "Bearer realm=\"headless-cms\", error=\"invalid_token\"" : "Bearer realm=\"headless-cms\"";
    }
}
