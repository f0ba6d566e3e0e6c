using HeadlessCms.Api.Http.Access;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HeadlessCms.Api.Http.Previews;

/// <summary>The scope of a preview: the working copy of one article, or the whole site as of an instant.</summary>
internal sealed record Preview(Guid? Article, DateTimeOffset? AsOf);

/// <summary>
/// Signs and validates preview tokens: JWTs (RFC 7519) with the id of a row, signed with a key in the database that all nodes share. The
/// signature spares the database a look-up of tokens that are not ours; the row says what a token shows and whether it is valid.
/// </summary>
internal sealed class PreviewTokens(IServiceScopeFactory scopes)
{
    private const string Audience = "headless-cms-preview";
    private static readonly JsonWebTokenHandler Tokens = new() { SetDefaultTimesOnTokenCreation = false };

    private SymmetricSecurityKey? _key;

    public async Task<string> SignAsync(PreviewToken token, CancellationToken cancellation) =>
        Tokens.CreateToken(
            new SecurityTokenDescriptor
            {
                Audience = Audience,
                Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Jti] = token.Id.ToString("D") },
                Expires = token.ExpiresAt.UtcDateTime,
                SigningCredentials = new SigningCredentials(await KeyAsync(cancellation), SecurityAlgorithms.HmacSha256),
            }
        );

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
        return new Preview(found.Token.ArticleId, found.Token.AsOf);
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
        var result = await Tokens.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidAudience = Audience,
                ValidateIssuer = false,
                ValidateLifetime = false, // the row is checked, by the clock of the database
                IssuerSigningKey = await KeyAsync(cancellation),
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            }
        );
        return result.IsValid && Guid.TryParseExact(result.SecurityToken.Id, "D", out var id) ? id : null;
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
