using FluentValidation;
using HeadlessCms.Api.Http.Previews;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Previews;

/// <summary><c>/editorial/v1/previews</c>: previews of content that readers do not see.</summary>
internal static class PreviewEndpoints
{
    public static void MapPreviews(this RouteGroupBuilder editorial) =>
        editorial.MapGroup("/previews").WithTags("Previews").MapPost("/", Create).WithName("createPreview").For(Role.Author);

    /// <summary>Creates a preview token.</summary>
    /// <remarks>
    /// With <c>article</c>, Content shows its working copy instead of the live revision. With <c>asOf</c>, it shows the whole site as it
    /// was or will be at that instant; with neither, at any instant that the caller names. Send it as <c>preview=</c>, or as
    /// <c>Authorization: Bearer</c>. Anyone who has the token can use it until it expires.
    /// </remarks>
    private static async Task<Results<Created<PreviewResponse>, InvalidProblem>> Create(
        PreviewRequest request,
        NewsroomDbContext db,
        PreviewTokens tokens,
        CancellationToken cancellation
    )
    {
        var article = request.Article is { } named
            ? await db.ArticleIds(named)
                .Join(db.Articles, id => id, row => row.Id, (_, row) => new { row.Id, row.Slug })
                .SingleOrDefaultAsync(cancellation)
            : null;
        if (request.Article is not null && article is null)
            return new InvalidProblem(InputError.At("/article", "unknown", "The article does not exist."));

        var expiresAt = (await db.ClockAsync(cancellation)).AddSeconds(request.ExpiresIn ?? PreviewRequest.DefaultSeconds);
        expiresAt = DateTimeOffset.FromUnixTimeSeconds(expiresAt.ToUnixTimeSeconds());
        var token = await tokens.MakeAsync(new Preview(article?.Id, request.AsOf), expiresAt, cancellation);
        var asOf = request.AsOf?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);
        db.Note(
            new AuditEntry(
                AuditAction.Previewed,
                article is null ? AuditSubject.Site : AuditSubject.Article,
                article?.Id,
                article?.Slug,
                null,
                $"until {expiresAt:yyyy-MM-dd'T'HH:mm:ss'Z'}{(asOf is null ? "" : $", as of {asOf}")}"
            )
        );
        await db.SaveChangesAsync(cancellation);
        var href = article is null
            ? $"/content/v1/articles?{(asOf is null ? "" : $"asOf={Uri.EscapeDataString(asOf)}&")}preview={token}"
            : $"/content/v1/articles/{article.Slug}?preview={token}";
        return TypedResults.Created((string?)null, new PreviewResponse(token, href, article?.Slug, request.AsOf, expiresAt));
    }
}

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
/// <param name="Token">The token: send it to Content as <c>preview=</c>, or as <c>Authorization: Bearer</c>.</param>
/// <param name="Href">The path to read, with the token.</param>
/// <param name="Article">The slug of the article that it is for.</param>
/// <param name="AsOf">The instant that it is for.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record PreviewResponse(string Token, string Href, string? Article, DateTimeOffset? AsOf, DateTimeOffset ExpiresAt);
