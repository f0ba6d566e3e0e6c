using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Changes;

namespace HeadlessCms.Core.Access;

/// <summary>
/// A key that lets a program in: <c>cms_&lt;8 of a-z 0-9, its public id&gt;_&lt;32 or more of A-Z a-z 0-9, the secret&gt;</c>. Only the
/// SHA-256 of the secret is kept: the secret is 40 random characters, so a slow hash would add nothing (OWASP ASVS 11.5.1).
/// </summary>
public sealed partial class ApiKey : LoggedEntity
{
    private const string IdAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string SecretAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>UUID v7.</summary>
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>What its holder is called, as a slug; unique among the keys that are not revoked. Saves are signed with it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What it may do.</summary>
    public Role Role { get; private set; }

    /// <summary>The public part of the key: eight characters.</summary>
    public string PublicId { get; private set; } = "";

    /// <summary>SHA-256 of the secret part.</summary>
    public byte[] SecretHash { get; private set; } = [];

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Who made it.</summary>
    public string CreatedBy { get; private set; } = "";

    /// <summary>From this instant it lets nobody in; null is never.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>What it opens where it is a partner's: Feeds alone. Null is whatever its role may do.</summary>
    public FeedScope? Feeds { get; private set; }

    /// <summary>How many requests a minute it may send; null is as many as any key.</summary>
    public int? RequestsPerMinute { get; private set; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>When another key of its name took its place; it opens until <see cref="ExpiresAt"/> all the same.</summary>
    public DateTimeOffset? ReplacedAt { get; private set; }

    /// <summary>When it last let somebody in, to the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    private ApiKey() { }

    /// <summary>A key made of its <paramref name="text"/>, which is not kept.</summary>
    /// <exception cref="ArgumentException">The text has not the form of a key.</exception>
    public ApiKey(string text, string name, Role role, DateTimeOffset? expiresAt, string createdBy, DateTimeOffset now)
    {
        if (!TryParse(text, out var publicId, out var secret))
            throw new ArgumentException("A key is cms_<8 of a-z 0-9>_<32 or more of A-Z a-z 0-9>.", nameof(text));
        (Name, Role, ExpiresAt, CreatedBy, CreatedAt) = (name, role, expiresAt, createdBy, now);
        (PublicId, SecretHash) = (publicId, Hash(secret));
        Log(AuditAction.Created, $"role {role}");
    }

    /// <summary>Limits a key that is new.</summary>
    /// <exception cref="RuleException"><c>notReader</c></exception>
    public ApiKey LimitedTo(FeedScope? feeds, int? requestsPerMinute)
    {
        if (feeds is not null && Role != Role.Reader)
            throw new RuleException("notReader", "A key that opens Feeds alone is a reader's.");
        (Feeds, RequestsPerMinute) = (feeds, requestsPerMinute);
        return this;
    }

    /// <summary>A new random key's text, to be shown once.</summary>
    public static string NewText() =>
        $"cms_{RandomNumberGenerator.GetString(IdAlphabet, 8)}_{RandomNumberGenerator.GetString(SecretAlphabet, 40)}";

    /// <summary>Takes a key's text apart.</summary>
    public static bool TryParse(string? text, out string publicId, out string secret)
    {
        var match = Form().Match(text ?? "");
        (publicId, secret) = (match.Groups[1].Value, match.Groups[2].Value);
        return match.Success;
    }

    /// <summary>Whether <paramref name="secret"/> is this key's; takes as long for a wrong one.</summary>
    public bool Opens(string secret) => CryptographicOperations.FixedTimeEquals(SecretHash, Hash(secret));

    /// <summary>Whether the key lets anybody in at <paramref name="instant"/>.</summary>
    public bool IsValidAt(DateTimeOffset instant) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > instant);

    /// <summary>Takes the key out of use, at once and for good.</summary>
    public void Revoke(DateTimeOffset now)
    {
        if (RevokedAt is not null)
            return;
        RevokedAt = now;
        Log(AuditAction.Revoked);
    }

    /// <summary>A new key of the same name, role and limits; this one opens for <paramref name="overlap"/> more, so that its holder can change over.</summary>
    /// <exception cref="RuleException"><c>notValid</c></exception>
    public ApiKey Rotate(string text, TimeSpan overlap, DateTimeOffset? expiresAt, string createdBy, DateTimeOffset now)
    {
        if (!IsValidAt(now) || ReplacedAt is not null)
            throw new RuleException("notValid", "The key is revoked, expired or replaced already.");
        var successor = new ApiKey(text, Name, Role, expiresAt ?? ExpiresAt, createdBy, now).LimitedTo(Feeds, RequestsPerMinute);
        ReplacedAt = now;
        ExpiresAt = ExpiresAt < now + overlap ? ExpiresAt : now + overlap;
        Log(AuditAction.Rotated, $"replaced by {successor.PublicId}");
        return successor;
    }

    private void Log(AuditAction action, string? detail = null) => Log(new AuditEntry(action, AuditSubject.Key, Id, Name, null, detail));

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    [GeneratedRegex("^cms_([a-z0-9]{8})_([A-Za-z0-9]{32,128})\\z")]
    private static partial Regex Form();
}
