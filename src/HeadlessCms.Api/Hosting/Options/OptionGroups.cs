using System.ComponentModel.DataAnnotations;
using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Api.Hosting.Options;

/// <summary><c>Cms:Cache</c>: what this node keeps in its memory.</summary>
internal sealed class CacheOptions
{
    /// <summary>The most that responses take, in bytes; 0 keeps none. Default 33554432 (32 MiB).</summary>
    [Range(0, long.MaxValue)]
    public long MaxBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The most that kept articles take, whole and as in lists, in bytes; 0 keeps none. Default 16777216 (16 MiB).</summary>
    [Range(0, long.MaxValue)]
    public long MaxArticleBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The age of a response that is given while the database is slow or away; 0 gives none. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan MaxStale { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary><c>Cms:Replicas</c>: how far replicas of the database may be behind.</summary>
internal sealed class ReplicaOptions
{
    /// <summary>
    /// The time that a read waits for a replica that is behind this node, at most 5 seconds; then the primary is read. Default 100 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05", ParseLimitsInInvariantCulture = true)]
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The lag from which the check of the replicas says that one is behind, at most a day. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan MaxLag { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary><c>Cms:RateLimits</c>: requests a minute.</summary>
internal sealed class RateLimitOptions
{
    /// <summary>Requests a minute of an address that sends no key; 0 is without limit, at most 1000000. Default 0.</summary>
    [Range(0, 1_000_000)]
    public int PerAddress { get; init; }

    /// <summary>Requests a minute of a key that has no limit of its own; 0 is without limit, at most 1000000. Default 0.</summary>
    [Range(0, 1_000_000)]
    public int PerKey { get; init; }

    /// <summary>Credentials a minute of an address that may be refused; further ones get 429. Default 600, at most 1000000.</summary>
    [Range(1, 1_000_000)]
    public int FailedSignIns { get; init; } = 600;
}

/// <summary><c>Cms:Concurrency</c>: requests that a node works on at once.</summary>
internal sealed class ConcurrencyOptions
{
    /// <summary>Requests to Content and Feeds at once. Default 40.</summary>
    [Range(1, int.MaxValue)]
    public int Readers { get; init; } = 40;

    /// <summary>Requests to Editorial at once. Default 20.</summary>
    [Range(1, int.MaxValue)]
    public int Editors { get; init; } = 20;

    /// <summary>Requests of one address at once, to each; frontends on one machine share them. Default 30.</summary>
    [Range(1, int.MaxValue)]
    public int PerAddress { get; init; } = 30;

    /// <summary>
    /// Costly requests at once: facets, queries of more than twelve terms, comparisons, large bodies. Default half of the processors.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int Costly { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// Requests of one address that are open at once: waiting, worked on, being sent, event streams. Further ones get 429. Default 2000.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int OpenPerAddress { get; init; } = 2_000;

    /// <summary>The time that a statement of Content and Feeds may take, at most 5 minutes; else 503. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests of each that may wait for their turn; further ones get 503. Default 1000.</summary>
    [Range(0, int.MaxValue)]
    public int Waiting { get; init; } = 1_000;
}

/// <summary><c>Cms:Webhooks</c>: how webhooks are sent.</summary>
internal sealed class WebhookOptions
{
    /// <summary>The time that a receiver has to answer, at most 5 minutes. Default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The waits after each failed attempt; after the last the delivery is given up. Default: that of Standard Webhooks 1.0.
    /// </summary>
    public RetrySchedule RetrySchedule { get; init; } = RetrySchedule.Standard;
}

/// <summary><c>Cms:Retention</c>: how long logs are kept.</summary>
internal sealed class RetentionOptions
{
    /// <summary>
    /// How long changes are kept that a later change of the same article or concept replaced, 30 days to 100 years. Default: for ever.
    /// </summary>
    [Range(typeof(TimeSpan), "30.00:00:00", "36525.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan? Changes { get; init; }

    /// <summary>How long entries of the audit trail are kept, 90 days to 100 years. Default: for ever.</summary>
    [Range(typeof(TimeSpan), "90.00:00:00", "36525.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan? Audit { get; init; }
}

/// <summary><c>Cms:Suggestions</c>: what the software suggests that articles name.</summary>
internal sealed class SuggestionOptions
{
    /// <summary>
    /// The score from which suggestions are accepted without an editor where a report is saved, 0 to 1. Default: none is.
    /// </summary>
    [Range(0.0, 1.0)]
    public double? Accept { get; init; }

    /// <summary>
    /// Whether the model of suggestions is trained each night, between 1:00 and 5:00 UTC, on one of the nodes; otherwise only
    /// <c>train-suggestions</c> does. Default true.
    /// </summary>
    public bool TrainNightly { get; init; } = true;
}

/// <summary><c>Cms:Oidc</c>: the OpenID Connect issuer whose JWTs are accepted (RFC 9068).</summary>
internal sealed class OidcOptions
{
    /// <summary>Absolute https URL of the issuer. Needs <see cref="Audience"/>. Default: none, only API keys are accepted.</summary>
    public string? Authority { get; init; }

    /// <summary>The audience that a token must be made for. Default: none.</summary>
    public string? Audience { get; init; }

    /// <summary>The claim that holds the role. Default <c>roles</c>.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>
    /// The claim that names the caller in revisions and the audit trail; where it is missing, <c>sub</c> does. Default <c>sub</c>.
    /// </summary>
    public string NameClaim { get; init; } = "sub";

    /// <summary>
    /// The claim that holds the tier of a reader: <c>free</c>, <c>registered</c> or <c>subscriber</c>; where it is missing, who has signed
    /// in is <c>registered</c>. Default <c>access</c>.
    /// </summary>
    public string AccessClaim { get; init; } = "access";

    /// <summary>The <c>typ</c> that a token may have, separated by commas. Default <c>at+jwt, application/at+jwt</c>.</summary>
    public IReadOnlyList<string> TokenTypes { get; init; } = ["at+jwt", "application/at+jwt"];
}

/// <summary><c>Cms:Management</c>: the server for those who run the app.</summary>
internal sealed class ManagementOptions
{
    /// <summary>The http URLs on which it listens, separated by commas. Default: none, and no metrics are served.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];
}

/// <summary><c>Cms:DataProtection</c>: the key ring that encrypts the secrets of webhooks and the key of previews.</summary>
internal sealed class KeyRingOptions
{
    /// <summary>
    /// The directory of the key ring, the same for all nodes. Default: <c>keys</c> in the data directory in Development; none elsewhere,
    /// and secrets are stored in the clear.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>The path of a PKCS #12 file, whose certificate encrypts the key ring. Default: none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The password of that file. Default: none.</summary>
    public string? CertificatePassword { get; init; }
}
