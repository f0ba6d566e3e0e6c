using System.Text.Json.Serialization;
using FluentValidation;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Articles;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>A revision and when it is live.</summary>
public sealed record PublicationRequest
{
    /// <summary>The number of the revision; the working copy by default.</summary>
    public int? Revision { get; init; }

    /// <summary>The first instant at which it is live; now by default.</summary>
    public DateTimeOffset? LiveFrom { get; init; }

    /// <summary>The first instant at which it is no longer live; never by default.</summary>
    public DateTimeOffset? LiveUntil { get; init; }

    /// <summary>A public note that readers see with the article from then on.</summary>
    public CorrectionRequest? Correction { get; init; }

    /// <summary>
    /// Whether publications that are scheduled stay: this one then ends where the first of them begins. By default those that would begin
    /// within it are cancelled.
    /// </summary>
    public bool KeepScheduled { get; init; }
}

/// <summary>A public note.</summary>
/// <param name="Kind">The kind of note.</param>
/// <param name="Text">The note for readers; at most 2,000 characters.</param>
public sealed record CorrectionRequest(CorrectionKind Kind, string Text);

/// <summary>When the live publication ends.</summary>
/// <param name="At">The first instant at which it is no longer live; now by default.</param>
public sealed record UnpublishRequest(DateTimeOffset? At = null);

/// <summary>Why an article is taken down.</summary>
/// <param name="Reason">The reason for readers; at most 2,000 characters.</param>
public sealed record WithdrawRequest(string Reason);

internal sealed class WithdrawRequestValidator : AbstractValidator<WithdrawRequest>
{
    public WithdrawRequestValidator()
    {
        RuleFor(withdrawal => withdrawal.Reason).NotEmpty().WithMessage("A reason is required.");
        RuleFor(withdrawal => withdrawal.Reason).IsText(2_000);
    }
}

internal sealed class CorrectionRequestValidator : AbstractValidator<CorrectionRequest>
{
    public CorrectionRequestValidator()
    {
        RuleFor(correction => correction.Text).NotEmpty().WithMessage("A text is required.");
        RuleFor(correction => correction.Text).IsText(2_000);
    }
}

internal sealed class PublicationRequestValidator : AbstractValidator<PublicationRequest>
{
    public PublicationRequestValidator()
    {
        RuleFor(publication => publication.Revision).GreaterThanOrEqualTo(1).WithMessage("Revisions are numbered from 1.");
        RuleFor(publication => publication.LiveUntil)
            .Must((publication, until) => until is null || publication.LiveFrom is null || until > publication.LiveFrom)
            .WithErrorCode("outOfRange")
            .WithMessage("liveUntil must be later than liveFrom.");
        RuleFor(publication => publication.Correction!)
            .SetValidator(new CorrectionRequestValidator())
            .When(publication => publication.Correction is not null);
    }
}

/// <summary>The state of a publication.</summary>
public enum PublicationState
{
    /// <summary>It has not begun.</summary>
    Scheduled,

    /// <summary>Readers see it.</summary>
    Live,

    /// <summary>It has ended.</summary>
    Ended,

    /// <summary>It was cancelled before it began.</summary>
    Cancelled,
}

/// <summary>A publication of an article.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Revision">The number of the revision.</param>
/// <param name="Slug">The slug of the revision.</param>
/// <param name="State">Its state now.</param>
/// <param name="LiveFrom">The first instant at which it is live.</param>
/// <param name="LiveUntil">The first instant at which it is no longer live; null is never.</param>
/// <param name="Correction">Its public note.</param>
/// <param name="CreatedAt">When it was requested.</param>
/// <param name="CreatedBy">Who requested it.</param>
public sealed record PublicationResponse(
    Guid Id,
    int Revision,
    string Slug,
    PublicationState State,
    DateTimeOffset LiveFrom,
    DateTimeOffset? LiveUntil,
    Correction? Correction,
    DateTimeOffset CreatedAt,
    string CreatedBy
)
{
    /// <summary>In the answer to a publication: the publications that gave way to it, earliest first, as they were before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReplacedPublication>? Replaced { get; init; }

    internal static PublicationResponse Of(Publication publication, DateTimeOffset now) =>
        new(
            publication.Id,
            publication.Revision,
            publication.Slug,
            publication.IsCancelled ? PublicationState.Cancelled
                : publication.IsLiveAt(now) ? PublicationState.Live
                : publication.LiveFrom > now ? PublicationState.Scheduled
                : PublicationState.Ended,
            publication.LiveFrom,
            publication.LiveUntil,
            publication.Correction,
            publication.CreatedAt,
            publication.CreatedBy
        );
}

/// <summary>The publications of an article.</summary>
/// <param name="Items">History and future, latest first.</param>
public sealed record PublicationList(IReadOnlyList<PublicationResponse> Items)
{
    /// <summary>Always null: the list has one page.</summary>
    public string? NextCursor => null;
}
