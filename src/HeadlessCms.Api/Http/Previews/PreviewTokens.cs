using System.Globalization;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HeadlessCms.Api.Http.Previews;

/// <summary>What a preview shows: one working copy, or the whole site as of an instant.</summary>
/// <param name="Article">The article whose working copy it shows.</param>
/// <param name="AsOf">The instant that it shows the site as of.</param>
internal sealed record Preview(Guid? Article, DateTimeOffset? AsOf);

/// <summary>
/// Makes and reads the tokens of previews: JWTs (RFC 7519), signed with a key that the database made and all nodes share, and over when
/// the database's clock says so.
/// </summary>
internal sealed class PreviewTokens(IServiceScopeFactory scopes)
{
    private const string Audience = "headless-cms-preview";
    private const string ArticleClaim = "article";
    private const string AsOfClaim = "as_of";
    private static readonly JsonWebTokenHandler Tokens = new() { SetDefaultTimesOnTokenCreation = false };

    private SymmetricSecurityKey? _key;

    public async Task<string> MakeAsync(Preview preview, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        var claims = new Dictionary<string, object>();
        if (preview.Article is { } article)
            claims[ArticleClaim] = article.ToString("D");
        if (preview.AsOf is { } instant)
            claims[AsOfClaim] = instant.UtcTicks.ToString(CultureInfo.InvariantCulture);
        return Tokens.CreateToken(
            new SecurityTokenDescriptor
            {
                Audience = Audience,
                Claims = claims,
                Expires = expiresAt.UtcDateTime,
                SigningCredentials = new SigningCredentials(await KeyAsync(cancellation), SecurityAlgorithms.HmacSha256),
            }
        );
    }

    /// <summary>What a token shows; null where it is none of ours, was altered, or is over.</summary>
    public async Task<Preview?> ReadAsync(string token, CancellationToken cancellation)
    {
        var result = await Tokens.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidAudience = Audience,
                ValidateIssuer = false,
                IssuerSigningKey = await KeyAsync(cancellation),
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
                RequireExpirationTime = true,
                LifetimeValidator = (_, expires, _, _) => expires is not null, // the database's clock decides, below
            }
        );
        if (!result.IsValid || result.SecurityToken.ValidTo <= (await ClockAsync(cancellation)).UtcDateTime)
            return null;
        return new Preview(
            result.Claims.TryGetValue(ArticleClaim, out var article) ? Guid.ParseExact((string)article, "D") : null,
            result.Claims.TryGetValue(AsOfClaim, out var ticks)
                ? new DateTimeOffset(long.Parse((string)ticks, CultureInfo.InvariantCulture), TimeSpan.Zero)
                : null
        );
    }

    private async Task<DateTimeOffset> ClockAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<NewsroomDbContext>().ClockAsync(cancellation);
    }

    private async Task<SymmetricSecurityKey> KeyAsync(CancellationToken cancellation)
    {
        if (_key is { } known)
            return known;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDbContext>();
        var secret = await db
            .SigningKeys.Where(key => key.Purpose == SigningKey.Previews)
            .Select(key => key.Secret)
            .SingleAsync(cancellation);
        return _key = new SymmetricSecurityKey(secret);
    }
}
