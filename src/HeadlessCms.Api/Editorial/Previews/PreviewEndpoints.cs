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

/// <summary><c>/editorial/v1/previews</c>: looks at what readers do not see yet.</summary>
internal static class PreviewEndpoints
{
    public static void MapPreviews(this RouteGroupBuilder editorial) =>
        editorial.MapGroup("/previews").WithTags("Previews").MapPost("/", Create).WithName("createPreview").For(Role.Author);

    /// <summary>Gives out a token to look ahead or back with.</summary>
    /// <remarks>
    /// With <c>article</c> Content shows that one working copy in the place of what is live. With <c>asOf</c> it shows the whole site as it
    /// was or will be at that instant; with neither, at any instant that the reader names. Send it as <c>preview=</c>, or as
    /// <c>Authorization: Bearer</c>. Whoever has the token can look until it is over.
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
            return new InvalidProblem(InputError.At("/article", "unknown", "There is no such article."));

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

/// <summary>What to look at: one of <c>article</c> and <c>asOf</c>, or neither.</summary>
public sealed record PreviewRequest
{
    /// <summary>How long a token lasts where nobody says: an hour.</summary>
    internal const int DefaultSeconds = 3_600;

    /// <summary>The article whose working copy is shown, by id or slug.</summary>
    public string? Article { get; init; }

    /// <summary>The instant that the whole site is shown as of, past or to come.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>How long the token lasts: 1 to 86,400 seconds; an hour where it is missing.</summary>
    public int? ExpiresIn { get; init; }
}

/// <summary>The rules of a preview.</summary>
internal sealed class PreviewRequestValidator : AbstractValidator<PreviewRequest>
{
    public PreviewRequestValidator()
    {
        RuleFor(preview => preview.ExpiresIn).InclusiveBetween(1, 86_400).WithMessage("From 1 to 86,400 seconds.");
        RuleFor(preview => preview.AsOf)
            .Must((preview, instant) => instant is null || preview.Article is null)
            .WithErrorCode("notBoth")
            .WithMessage("A preview is for one article or for one instant, not for both.");
    }
}

/// <summary>A token to look ahead or back with.</summary>
/// <param name="Token">The token: send it to Content as <c>preview=</c>, or as <c>Authorization: Bearer</c>.</param>
/// <param name="Href">Where to look: an absolute path with the token in it.</param>
/// <param name="Article">The slug of the article that it is for.</param>
/// <param name="AsOf">The instant that it is for.</param>
/// <param name="ExpiresAt">From this instant it shows nothing.</param>
public sealed record PreviewResponse(string Token, string Href, string? Article, DateTimeOffset? AsOf, DateTimeOffset ExpiresAt);
