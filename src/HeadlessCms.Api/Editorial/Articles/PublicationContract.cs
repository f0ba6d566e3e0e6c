using FluentValidation;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Articles;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>What is to be live, and when.</summary>
public sealed record PublicationRequest
{
    /// <summary>The number of the revision; the working copy where it is missing.</summary>
    public int? Revision { get; init; }

    /// <summary>The first instant at which it is live; now where it is missing.</summary>
    public DateTimeOffset? LiveFrom { get; init; }

    /// <summary>The first instant at which it is not live any more; never where it is missing.</summary>
    public DateTimeOffset? LiveUntil { get; init; }

    /// <summary>A public note that goes with it: readers see it with the article from then on.</summary>
    public CorrectionRequest? Correction { get; init; }
}

/// <summary>A public note.</summary>
/// <param name="Kind">What sort of note it is.</param>
/// <param name="Text">What was put right, for readers; at most 2,000 characters.</param>
public sealed record CorrectionRequest(CorrectionKind Kind, string Text);

/// <summary>When what is live is to end.</summary>
/// <param name="At">The first instant at which it is not live any more; now where it is missing.</param>
public sealed record UnpublishRequest(DateTimeOffset? At = null);

/// <summary>Why an article is taken down.</summary>
/// <param name="Reason">What readers are told in its place; at most 2,000 characters.</param>
public sealed record WithdrawRequest(string Reason);

/// <summary>The rules of a withdrawal.</summary>
internal sealed class WithdrawRequestValidator : AbstractValidator<WithdrawRequest>
{
    public WithdrawRequestValidator()
    {
        RuleFor(withdrawal => withdrawal.Reason).NotEmpty().WithMessage("A reason is required.");
        RuleFor(withdrawal => withdrawal.Reason).IsText(2_000);
    }
}

/// <summary>The rules of a public note.</summary>
internal sealed class CorrectionRequestValidator : AbstractValidator<CorrectionRequest>
{
    public CorrectionRequestValidator()
    {
        RuleFor(correction => correction.Text).NotEmpty().WithMessage("A text is required.");
        RuleFor(correction => correction.Text).IsText(2_000);
    }
}

/// <summary>The rules of a publication.</summary>
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

/// <summary>How a publication stands.</summary>
public enum PublicationState
{
    /// <summary>It has not begun.</summary>
    Scheduled,

    /// <summary>Readers see it.</summary>
    Live,

    /// <summary>It is over.</summary>
    Ended,

    /// <summary>It gave way before it began.</summary>
    Cancelled,
}

/// <summary>A revision of an article that is, was or will be live.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Revision">The number of the revision.</param>
/// <param name="Slug">The slug under which it is live.</param>
/// <param name="State">How it stands now.</param>
/// <param name="LiveFrom">The first instant at which it is live.</param>
/// <param name="LiveUntil">The first instant at which it is not live any more; null is for ever.</param>
/// <param name="Correction">The public note that goes with it.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="CreatedBy">Who asked for it.</param>
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
    /// <summary>Always null: the list is whole.</summary>
    public string? NextCursor => null;
}
