using System.Linq.Expressions;
using System.Text.Json.Serialization;
using FluentValidation;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Api.Editorial.Webhooks;

/// <summary>The parameters of the list of deliveries.</summary>
public sealed class DeliveryListQuery : PageQuery
{
    /// <summary>Deliveries in this state.</summary>
    [OneOf<DeliveryState>]
    public string? State { get; init; }

    /// <summary>Deliveries of this event.</summary>
    [OneOf<ChangeEvent>]
    public string? Event { get; init; }

    /// <summary>Deliveries about this article or concept, by id.</summary>
    public Guid? Subject { get; init; }
}

/// <summary>An event for a webhook.</summary>
/// <param name="Id">Its number, ascending.</param>
/// <param name="Event">What it tells of.</param>
/// <param name="At">When it happened.</param>
/// <param name="Subject">The id of the article or concept; for a ping, of the webhook.</param>
/// <param name="MessageId">The header <c>webhook-id</c>: the same for every attempt.</param>
/// <param name="State">Its state.</param>
/// <param name="Tries">The number of attempts since it was created or replayed.</param>
/// <param name="DueAt">
/// With <c>pending</c>: not sent before this instant. It may wait longer, for an earlier one of the same article.
/// </param>
/// <param name="SettledAt">When it was delivered or given up.</param>
public sealed record DeliveryResponse(
    long Id,
    ChangeEvent Event,
    DateTimeOffset At,
    Guid Subject,
    string MessageId,
    DeliveryState State,
    int Tries,
    DateTimeOffset? DueAt,
    DateTimeOffset? SettledAt
)
{
    /// <summary>The attempts, oldest first; not in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AttemptResponse>? Attempts { get; init; }

    internal static readonly Expression<Func<Delivery, DeliveryResponse>> Row = delivery => new DeliveryResponse(
        delivery.Id,
        delivery.Event,
        delivery.At,
        delivery.SubjectId,
        Delivery.MessageIdOf(delivery.Position, delivery.Id, delivery.At),
        delivery.State,
        delivery.Tries,
        delivery.State == DeliveryState.Pending ? delivery.DueAt : null,
        delivery.SettledAt
    );

    private static readonly Func<Delivery, DeliveryResponse> Compiled = Row.Compile();

    internal static DeliveryResponse Of(Delivery delivery, IReadOnlyList<Attempt> attempts) =>
        Compiled(delivery) with
        {
            Attempts =
            [
                .. attempts.Select(attempt => new AttemptResponse(
                    attempt.At,
                    attempt.Outcome,
                    attempt.Status,
                    attempt.Milliseconds,
                    attempt.BodyBytes
                )),
            ],
        };
}

/// <summary>An attempt to send a delivery.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Status">The HTTP status of the answer; null where there was none.</param>
/// <param name="Milliseconds">The duration in milliseconds.</param>
/// <param name="BodyBytes">The bytes of the answer's body that were read, at most 65,536.</param>
public sealed record AttemptResponse(DateTimeOffset At, AttemptOutcome Outcome, int? Status, int Milliseconds, int BodyBytes);

/// <summary>The range of a replay.</summary>
/// <param name="From">Events from this instant on.</param>
/// <param name="To">Events before this instant; now by default.</param>
public sealed record ReplayRequest(DateTimeOffset From, DateTimeOffset? To = null);

internal sealed class ReplayRequestValidator : AbstractValidator<ReplayRequest>
{
    public ReplayRequestValidator() =>
        RuleFor(replay => replay.To)
            .Must((replay, to) => to is null || to > replay.From)
            .WithErrorCode("outOfRange")
            .WithMessage("It must be later than 'from'.");
}

/// <summary>The result of a replay.</summary>
/// <param name="Count">The number of events.</param>
public sealed record ReplayResponse(int Count);
