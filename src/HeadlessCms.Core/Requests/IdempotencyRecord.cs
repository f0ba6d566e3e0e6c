namespace HeadlessCms.Core.Requests;

/// <summary>
/// What a request with an Idempotency-Key was answered, kept for a day so that a retry gets the same. Written in the transaction of the
/// request's effect: there is the one with the other, or neither.
/// </summary>
/// <param name="by">Who sent the request.</param>
/// <param name="route">Its method and path.</param>
/// <param name="keyHash">SHA-256 of its key.</param>
/// <param name="fingerprint">SHA-256 of its query and body.</param>
/// <param name="answer">The answer, encrypted with what only the caller has.</param>
public sealed class IdempotencyRecord(string by, string route, byte[] keyHash, byte[] fingerprint, byte[] answer)
{
    /// <summary>Who sent the request.</summary>
    public string By { get; private set; } = by;

    /// <summary>Its method and path.</summary>
    public string Route { get; private set; } = route;

    /// <summary>SHA-256 of its key.</summary>
    public byte[] KeyHash { get; private set; } = keyHash;

    /// <summary>SHA-256 of its query and body: another request under the same key is a mistake.</summary>
    public byte[] Fingerprint { get; private set; } = fingerprint;

    /// <summary>Status, headers and body, encrypted.</summary>
    public byte[] Answer { get; private set; } = answer;

    /// <summary>When it was answered; given by the database.</summary>
    public DateTimeOffset CreatedAt { get; private set; }
}
