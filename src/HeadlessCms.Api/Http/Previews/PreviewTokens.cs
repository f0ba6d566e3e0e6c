using System.Globalization;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HeadlessCms.Api.Http.Previews;

/// <summary>The scope of a preview: the working copy of one article, or the whole site as of an instant.</summary>
internal sealed record Preview(Guid? Article, DateTimeOffset? AsOf);

/// <summary>
/// Creates and validates preview tokens: JWTs (RFC 7519), signed with a key in the database that all nodes share. They expire by the clock
/// of the database.
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

    /// <summary>The scope of a token; null if the token is not valid or has expired.</summary>
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
                LifetimeValidator = (_, expires, _, _) => expires is not null, // checked below, by the clock of the database
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
        if (_key is { } cached)
            return cached;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDbContext>();
        var secret = await db
            .SigningKeys.Where(key => key.Purpose == SigningKey.Previews)
            .Select(key => key.Secret)
            .SingleAsync(cancellation);
        return _key = new SymmetricSecurityKey(secret);
    }
}
