using System.Globalization;
using System.Security.Claims;
using FluentValidation;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Previews;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Previews;

/// <summary><c>/editorial/v1/previews</c>: previews of content that readers do not see.</summary>
internal static class PreviewEndpoints
{
    private const string Latest = "latest";

    private static readonly Keyset<PreviewToken, DateTimeOffset> NewestFirst = Keyset.Newest(
        (PreviewToken token) => token.CreatedAt,
        token => token.Id
    );

    public static void MapPreviews(this RouteGroupBuilder editorial)
    {
        var previews = editorial.MapGroup("/previews").WithTags("Previews");
        previews.MapRead("/", List, "listPreviews").For(Role.Author);
        previews.MapPost("/", Create).WithName("createPreview").For(Role.Author);
        previews.MapDelete("/{preview}", Revoke).WithName("revokePreview").For(Role.Author);
    }

    /// <summary>Lists the preview tokens that are valid, newest first.</summary>
    /// <remarks>An author sees their own; editors and admins see all. The tokens themselves are not stored.</remarks>
    private static async Task<PageResult<PreviewItem>> List(
        [AsParameters] PreviewListQuery query,
        NewsroomDbContext db,
        HttpContext context
    ) =>
        new(
            await NewestFirst.ReadAsync(
                VisibleTo(context.User, db.ValidPreviewTokens.AsNoTracking()),
                query,
                rows =>
                    rows.Select(row => new PreviewItem(
                        row.Id,
                        row.Article!.Slug,
                        row.AsOf,
                        row.CreatedAt,
                        row.CreatedBy,
                        row.ExpiresAt,
                        row.LastUsedAt
                    )),
                item => Cursor.At(item.CreatedAt, item.Id),
                context
            )
        );

    /// <summary>Creates a preview token.</summary>
    /// <remarks>
    /// With <c>article</c>, Content shows its working copy instead of the live revision. With <c>asOf</c>, it shows the whole site as it
    /// was or will be at that instant; with neither, at any instant that the caller names. Send it as the header <c>Preview-Token</c>, as
    /// <c>preview=</c> or, without a key, as <c>Authorization: Bearer</c>. Anyone who has the token can use it until it expires or is
    /// revoked. It is revoked with the key that created it.
    /// </remarks>
    private static async Task<Results<Created<PreviewResponse>, InvalidProblem>> Create(
        PreviewRequest request,
        NewsroomDbContext db,
        PreviewTokens tokens,
        ClaimsPrincipal caller,
        CancellationToken cancellation
    )
    {
        var article = request.Article is { } named
            ? await db.ArticleIds(named).Join(db.Articles, id => id, row => row.Id, (_, row) => row).SingleOrDefaultAsync(cancellation)
            : null;
        if (request.Article is not null && article is null)
            return new InvalidProblem(InputError.At("/article", "unknown", "The article does not exist."));

        await DeleteExpiredAsync(db, cancellation);
        var now = await db.ClockAsync(cancellation);
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(
            now.AddSeconds(request.ExpiresIn ?? PreviewRequest.DefaultSeconds).ToUnixTimeSeconds()
        );
        var creator = new PreviewCreator(caller.CallerId(), caller.SignedName(), caller.KeyId());
        var token = new PreviewToken(article, request.AsOf, creator, now, expiresAt);
        db.PreviewTokens.Add(token);
        await db.SaveChangesAsync(cancellation);
        var signed = await tokens.SignAsync(token, cancellation);
        var asOf = request.AsOf?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
        var href = article is null
            ? $"/content/v1/articles?{(asOf is null ? "" : $"asOf={Uri.EscapeDataString(asOf)}&")}preview={signed}"
            : Address.Ascii($"/content/v1/articles/{article.Slug}?preview={signed}");
        return TypedResults.Created((string?)null, new PreviewResponse(token.Id, signed, href, article?.Slug, request.AsOf, expiresAt));
    }

    /// <summary>Revokes a preview token, at once and on all nodes.</summary>
    /// <remarks>An author may revoke their own; editors and admins may revoke all.</remarks>
    private static async Task<Results<NoContent, NotFoundProblem>> Revoke(
        string preview,
        NewsroomDbContext db,
        ClaimsPrincipal caller,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(preview, db, caller, cancellation) is not { } token)
            return new NotFoundProblem();
        token.Revoke(await db.ClockAsync(cancellation));
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static Task<PreviewToken?> FindAsync(
        string preview,
        NewsroomDbContext db,
        ClaimsPrincipal caller,
        CancellationToken cancellation
    )
    {
        if (preview == Latest)
        {
            var id = caller.CallerId();
            var own = db.ValidPreviewTokens.Include(token => token.Article).Where(token => token.Caller == id);
            return NewestFirst.Sort(own).FirstOrDefaultAsync(cancellation);
        }

        return Guid.TryParseExact(preview, "D", out var named)
            ? VisibleTo(caller, db.PreviewTokens.Include(token => token.Article))
                .SingleOrDefaultAsync(token => token.Id == named, cancellation)
            : Task.FromResult<PreviewToken?>(null);
    }

    private static IQueryable<PreviewToken> VisibleTo(ClaimsPrincipal caller, IQueryable<PreviewToken> tokens)
    {
        var id = caller.CallerId();
        return caller.MayAct(Role.Editor) ? tokens : tokens.Where(token => token.Caller == id);
    }

    // The limit keeps the creation of a token cheap, however many have expired.
    private static async Task DeleteExpiredAsync(NewsroomDbContext db, CancellationToken cancellation) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            delete from preview_tokens where id in (
              select id from preview_tokens
              where expires_at <= cms_now() - interval '1 day'
              order by expires_at
              limit 100 for update skip locked)
            """,
            cancellation
        );
}

/// <summary>The parameters of the list of preview tokens.</summary>
public sealed class PreviewListQuery : PageQuery;

/// <summary>The scope of a preview: <c>article</c>, <c>asOf</c> or neither.</summary>
public sealed record PreviewRequest
{
    /// <summary>The default lifetime of a token: an hour.</summary>
    internal const int DefaultSeconds = 3_600;

    /// <summary>The article whose working copy is shown, by id or slug.</summary>
    public string? Article { get; init; }

    /// <summary>The instant for which the whole site is shown, past or future.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The lifetime of the token: 1 to 86,400 seconds; an hour by default.</summary>
    public int? ExpiresIn { get; init; }
}

internal sealed class PreviewRequestValidator : AbstractValidator<PreviewRequest>
{
    public PreviewRequestValidator()
    {
        RuleFor(preview => preview.ExpiresIn).InclusiveBetween(1, 86_400).WithMessage("From 1 to 86,400 seconds.");
        RuleFor(preview => preview.AsOf)
            .Must((preview, instant) => instant is null || preview.Article is null)
            .WithErrorCode("notBoth")
            .WithMessage("A preview is for an article or for an instant, not for both.");
    }
}

/// <summary>A preview token.</summary>
/// <param name="Id">UUID v7; it revokes the token.</param>
/// <param name="Token">
/// The token, which is shown only once. Send it to Content as the header <c>Preview-Token</c>, as <c>preview=</c>, or as
/// <c>Authorization: Bearer</c>.
/// </param>
/// <param name="Href">The path to read, with the token.</param>
/// <param name="Article">The slug of the article that it is for.</param>
/// <param name="AsOf">The instant that it is for.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record PreviewResponse(Guid Id, string Token, string Href, string? Article, DateTimeOffset? AsOf, DateTimeOffset ExpiresAt);

/// <summary>A preview token that is valid.</summary>
/// <param name="Id">UUID v7; it revokes the token.</param>
/// <param name="Article">The slug of the article that it is for.</param>
/// <param name="AsOf">The instant that it is for.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="CreatedBy">Who created it.</param>
/// <param name="ExpiresAt">When it expires.</param>
/// <param name="LastUsedAt">When it was last used, to the minute.</param>
public sealed record PreviewItem(
    Guid Id,
    string? Article,
    DateTimeOffset? AsOf,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt
);
