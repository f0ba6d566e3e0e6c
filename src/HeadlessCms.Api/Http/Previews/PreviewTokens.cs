using System.Security.Cryptography;
using HeadlessCms.Api.Hosting.Secrets;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace HeadlessCms.Api.Http.Previews;

/// <summary>The scope of a preview: the working copy of one article, or the whole site as of an instant.</summary>
internal sealed record Preview(Guid? Article, DateTimeOffset? AsOf, DateTimeOffset ExpiresAt);

/// <summary>
/// Signs and validates preview tokens: JWTs (RFC 7519) with the id of a row, signed with a key in the database that all nodes share. The
/// signature spares the database a look-up of tokens that are not ours; the row says what a token shows and whether it is valid.
/// </summary>
internal sealed class PreviewTokens(IServiceScopeFactory scopes, SecretProtection secrets)
{
    private const int KeyBytes = 32;
    private const string Audience = "headless-cms-preview";
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
    public async Task<string> SignAsync(PreviewToken token, CancellationToken cancellation)
    {
        var key = await KeyAsync(create: true, cancellation) ?? throw new ProblemException(Unreadable);
        return Tokens.CreateToken(
            new SecurityTokenDescriptor
            {
                Audience = Audience,
                Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Jti] = token.Id.ToString("D") },
                Expires = token.ExpiresAt.UtcDateTime,
                SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
            }
        );
    }

    /// <summary>The scope of a token, whose use is recorded; null if the token is not valid.</summary>
    public async Task<Preview?> UseAsync(string token, HttpContext context)
    {
        var cancellation = context.RequestAborted;
        if (await IdOfAsync(token, cancellation) is not { } id)
            return null;
        var db = context.RequestServices.GetRequiredService<NewsroomDbContext>();
        var found = await db
            .ValidPreviewTokens.AsNoTracking()
            .Include(valid => valid.Article)
            .Where(valid => valid.Id == id)
            .Select(valid => new { Token = valid, JustUsed = valid.LastUsedAt > DatabaseClock.Now().AddMinutes(-1) })
            .SingleOrDefaultAsync(cancellation);
        if (found is null)
            return null;
        if (!found.JustUsed)
            await RecordUseAsync(found.Token, db, context);
        return new Preview(found.Token.ArticleId, found.Token.AsOf, found.Token.ExpiresAt);
    }

    // At most once a minute, so that a busy preview does not cost a write per read. Of concurrent requests one updates the row.
    private static async Task RecordUseAsync(PreviewToken token, NewsroomDbContext db, HttpContext context)
    {
        var cancellation = context.RequestAborted;
        using var acting = db.ActingAs(
            context.User.Identity is { IsAuthenticated: true } ? context.Actor() : Actor.Anonymous(context.Address())
        );
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var updated = await db
            .PreviewTokens.Where(row =>
                row.Id == token.Id && (row.LastUsedAt == null || row.LastUsedAt <= DatabaseClock.Now().AddMinutes(-1))
            )
            .ExecuteUpdateAsync(row => row.SetProperty(used => used.LastUsedAt, _ => DatabaseClock.Now()), cancellation);
        if (updated == 0)
            return;
        db.Note(token.Use());
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task<Guid?> IdOfAsync(string token, CancellationToken cancellation)
    {
        if (await KeyAsync(create: false, cancellation) is not { } key)
            return null;
        var result = await Tokens.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidAudience = Audience,
                ValidateIssuer = false,
                ValidateLifetime = false, // the row is checked, by the clock of the database
                IssuerSigningKey = key,
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            }
        );
        return result.IsValid && Guid.TryParseExact(result.SecurityToken.Id, "D", out var id) ? id : null;
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
