using System.Linq.Expressions;
using System.Text.Json.Serialization;
using FluentValidation;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Api.Editorial.Webhooks;

/// <summary>What the list of deliveries can be asked for.</summary>
public sealed class DeliveryListQuery : PageQuery
{
    /// <summary>Only those that stand there.</summary>
    [OneOf<DeliveryState>]
    public string? State { get; init; }

    /// <summary>Only those of this event.</summary>
    [OneOf<ChangeEvent>]
    public string? Event { get; init; }

    /// <summary>Only those that concern this article or concept, by id.</summary>
    public Guid? Subject { get; init; }
}

/// <summary>One event, sent to one webhook.</summary>
/// <param name="Id">Its number; later ones have higher ones.</param>
/// <param name="Event">What it tells of.</param>
/// <param name="At">When that happened.</param>
/// <param name="Subject">The id of the article or concept that it happened to; a ping's webhook.</param>
/// <param name="MessageId">The header <c>webhook-id</c>: the same however often it is sent.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Tries">How often it was sent, since it was made or asked for again.</param>
/// <param name="DueAt">With <c>pending</c>: not sent before this instant. It may wait longer, for one of the same article.</param>
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
    /// <summary>The attempts to send it, the first one first; not in lists.</summary>
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

/// <summary>An attempt to send something.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Status">The HTTP status of the answer; null where there was none.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="BodyBytes">How much of the answer's body was read: 65,536 bytes at most.</param>
public sealed record AttemptResponse(DateTimeOffset At, AttemptOutcome Outcome, int? Status, int Milliseconds, int BodyBytes);

/// <summary>What is to be sent again.</summary>
/// <param name="From">What happened from this instant on.</param>
/// <param name="To">What happened before this instant; now, where it is missing.</param>
public sealed record ReplayRequest(DateTimeOffset From, DateTimeOffset? To = null);

/// <summary>The rules of a replay.</summary>
internal sealed class ReplayRequestValidator : AbstractValidator<ReplayRequest>
{
    public ReplayRequestValidator() =>
        RuleFor(replay => replay.To)
            .Must((replay, to) => to is null || to > replay.From)
            .WithErrorCode("outOfRange")
            .WithMessage("It must lie after 'from'.");
}

/// <summary>What is sent again.</summary>
/// <param name="Count">How many events.</param>
public sealed record ReplayResponse(int Count);
