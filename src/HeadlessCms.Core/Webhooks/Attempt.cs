namespace HeadlessCms.Core.Webhooks;

/// <summary>What came of an attempt to send something.</summary>
public enum AttemptOutcome
{
    /// <summary>The receiver took it: 2xx.</summary>
    Delivered,

    /// <summary>The receiver answered with something else.</summary>
    Rejected,

    /// <summary>The receiver sends elsewhere: redirects are not followed.</summary>
    Redirected,

    /// <summary>The receiver said that it is gone: 410.</summary>
    Gone,

    /// <summary>There was no whole answer in time.</summary>
    TimedOut,

    /// <summary>The URL leads to an address that nothing is sent to, such as a private one.</summary>
    AddressRefused,

    /// <summary>Nobody answered: no such name, no connection, no TLS.</summary>
    Unreachable,
}

/// <summary>One attempt to send something. What the receiver answered is not kept: only how.</summary>
public sealed class Attempt
{
    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);

    /// <summary>Its number; later ones have higher ones.</summary>
    public long Id { get; private set; }

    /// <summary>What was sent.</summary>
    public long DeliveryId { get; private set; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>How long it took, in milliseconds.</summary>
    public int Milliseconds { get; private set; }

    /// <summary>What came of it.</summary>
    public AttemptOutcome Outcome { get; private set; }

    /// <summary>The HTTP status of the answer.</summary>
    public int? Status { get; private set; }

    /// <summary>How much of the answer's body was read.</summary>
    public int BodyBytes { get; private set; }

    /// <summary>How long the receiver asked to be left alone; a day at most.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    private Attempt() { }

    /// <summary>An attempt that ended without an answer, or with half of one.</summary>
    public Attempt(AttemptOutcome outcome, DateTimeOffset at, TimeSpan took, int? status = null) =>
        (Outcome, At, Milliseconds, Status) = (outcome, at, (int)took.TotalMilliseconds, status);

    /// <summary>An attempt that was answered.</summary>
    public static Attempt Answered(int status, int bodyBytes, TimeSpan? retryAfter, DateTimeOffset at, TimeSpan took) =>
        new(
            status switch
            {
                >= 200 and < 300 => AttemptOutcome.Delivered,
                >= 300 and < 400 => AttemptOutcome.Redirected,
                410 => AttemptOutcome.Gone,
                _ => AttemptOutcome.Rejected,
            },
            at,
            took,
            status
        )
        {
            BodyBytes = bodyBytes,
            RetryAfter = retryAfter > LongestRest ? LongestRest : retryAfter,
        };
}
