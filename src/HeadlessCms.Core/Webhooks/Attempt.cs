namespace HeadlessCms.Core.Webhooks;

/// <summary>The outcome of an attempt to send.</summary>
public enum AttemptOutcome
{
    /// <summary>The receiver accepted it: 2xx.</summary>
    Delivered,

    /// <summary>The receiver answered with another status.</summary>
    Rejected,

    /// <summary>The receiver redirected; redirects are not followed.</summary>
    Redirected,

    /// <summary>The receiver answered 410.</summary>
    Gone,

    /// <summary>There was no complete answer in time.</summary>
    TimedOut,

    /// <summary>The URL resolves to an address that is not allowed, such as a private one.</summary>
    AddressRefused,

    /// <summary>No connection: DNS, TCP or TLS failed.</summary>
    Unreachable,

    /// <summary>The secret to sign with cannot be decrypted; nothing was sent.</summary>
    SecretUnreadable,
}

/// <summary>An attempt to send a delivery. Of the answer only the status and the length are stored.</summary>
public sealed class Attempt
{
    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);

    /// <summary>Its number, ascending.</summary>
    public long Id { get; private set; }

    /// <summary>What was sent.</summary>
    public long DeliveryId { get; private set; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The duration in milliseconds.</summary>
    public int Milliseconds { get; private set; }

    /// <summary>The outcome.</summary>
    public AttemptOutcome Outcome { get; private set; }

    /// <summary>The HTTP status of the answer.</summary>
    public int? Status { get; private set; }

    /// <summary>The number of bytes of the answer's body that were read.</summary>
    public int BodyBytes { get; private set; }

    /// <summary>The receiver's Retry-After; at most a day.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    private Attempt() { }

    /// <summary>An attempt without a complete answer.</summary>
    public Attempt(AttemptOutcome outcome, DateTimeOffset at, TimeSpan took, int? status = null) =>
        (Outcome, At, Milliseconds, Status) = (outcome, at, (int)took.TotalMilliseconds, status);

    /// <summary>An attempt with an answer.</summary>
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
