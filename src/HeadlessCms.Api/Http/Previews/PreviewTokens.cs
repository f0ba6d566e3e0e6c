using System.Globalization;
using System.Security.Cryptography;
using HeadlessCms.Api.Hosting.Secrets;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace HeadlessCms.Api.Http.Previews;

/// <summary>The scope of a preview: the working copy of one article, or the whole site as of an instant.</summary>
internal sealed record Preview(Guid? Article, DateTimeOffset? AsOf);

/// <summary>
/// Creates and validates preview tokens: JWTs (RFC 7519), signed with a key in the database that all nodes share. They expire by the clock
/// of the database.
/// </summary>
internal sealed class PreviewTokens(IServiceScopeFactory scopes, SecretProtection secrets)
{
    private const int KeyBytes = 32;
    private const string Audience = "headless-cms-preview";
    private const string ArticleClaim = "article";
    private const string AsOfClaim = "as_of";
    private static readonly JsonWebTokenHandler Tokens = new() { SetDefaultTimesOnTokenCreation = false };

    private static readonly ProblemResult Unreadable = new(
        503,
        "previewKeyUnreadable",
        "Previews are not available",
        "The key that signs previews cannot be read, because the key ring that encrypted it is missing."
    )
    {
        RetryAfter = TimeSpan.FromMinutes(1),
    };

    private SymmetricSecurityKey? _key;

    /// <exception cref="ProblemException">The key that signs previews cannot be read.</exception>
    public async Task<string> MakeAsync(Preview preview, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        var key = await KeyAsync(create: true, cancellation) ?? throw new ProblemException(Unreadable);
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
                SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
            }
        );
    }

    /// <summary>The scope of a token; null if the token is not valid or has expired.</summary>
    public async Task<Preview?> ReadAsync(string token, CancellationToken cancellation)
    {
        if (await KeyAsync(create: false, cancellation) is not { } key)
            return null;
        var result = await Tokens.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidAudience = Audience,
                ValidateIssuer = false,
                IssuerSigningKey = key,
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

    /// <summary>The key; null if there is none yet, or if it cannot be read.</summary>
    private async Task<SymmetricSecurityKey?> KeyAsync(bool create, CancellationToken cancellation)
    {
        if (_key is { } cached)
            return cached;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDbContext>();
        var stored = await StoredAsync(db, cancellation) ?? (create ? await CreateAsync(db, cancellation) : null);
        if (stored is null || secrets.Unprotect(stored) is not { } secret)
            return null;
        if (secrets.Renew(stored) is var renewed && renewed != stored)
            await db
                .SigningKeys.Where(key => key.Purpose == SigningKey.Previews && key.Secret == stored)
                .ExecuteUpdateAsync(row => row.SetProperty(key => key.Secret, renewed), cancellation);
        return _key = new SymmetricSecurityKey(secret);
    }

    private async Task<string?> CreateAsync(NewsroomDbContext db, CancellationToken cancellation)
    {
        db.SigningKeys.Add(new SigningKey(SigningKey.Previews, secrets.Protect(RandomNumberGenerator.GetBytes(KeyBytes))));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException refused)
            when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Another node was first, and its key is the one.
        }

        return await StoredAsync(db, cancellation);
    }

    private static Task<string?> StoredAsync(NewsroomDbContext db, CancellationToken cancellation) =>
        db.SigningKeys.Where(key => key.Purpose == SigningKey.Previews).Select(key => key.Secret).SingleOrDefaultAsync(cancellation);
}
