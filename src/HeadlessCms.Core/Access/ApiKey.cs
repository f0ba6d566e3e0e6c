using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Changes;

namespace HeadlessCms.Core.Access;

/// <summary>
/// An API key: <c>cms_&lt;8 of a-z 0-9, its public id&gt;_&lt;32 or more of A-Z a-z 0-9, the secret&gt;</c>. Only the
/// SHA-256 of the secret is stored: the secret is 40 random characters, so a slow hash would add nothing (OWASP ASVS 11.5.1).
/// </summary>
public sealed partial class ApiKey : LoggedEntity
{
    private const string IdAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string SecretAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>UUID v7.</summary>
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>The name of its holder, a slug; unique among the keys that are not revoked. Saves are signed with it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Its role.</summary>
    public Role Role { get; private set; }

    /// <summary>The public part of the key: eight characters.</summary>
    public string PublicId { get; private set; } = "";

    /// <summary>SHA-256 of the secret part.</summary>
    public byte[] SecretHash { get; private set; } = [];

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Who created it.</summary>
    public string CreatedBy { get; private set; } = "";

    /// <summary>The instant from which it is not valid; null is never.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>The part of Feeds that a partner's key is limited to; null where it is limited by its role only.</summary>
    public FeedScope? Feeds { get; private set; }

    /// <summary>
    /// What it reads of stories with a tier; null is everything, or what is free where it is limited to <see cref="Feeds"/>.
    /// </summary>
    public AccessTier? Access { get; private set; }

    /// <summary>Requests a minute; null is the limit of every key.</summary>
    public int? RequestsPerMinute { get; private set; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>When another key of its name replaced it; it stays valid until <see cref="ExpiresAt"/>.</summary>
    public DateTimeOffset? ReplacedAt { get; private set; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    private ApiKey() { }

    /// <summary>Creates a key from its <paramref name="text"/>, which is not stored.</summary>
    /// <exception cref="ArgumentException">The text is not an API key.</exception>
    public ApiKey(string text, string name, Role role, DateTimeOffset? expiresAt, string createdBy, DateTimeOffset now)
    {
        if (!TryParse(text, out var publicId, out var secret))
            throw new ArgumentException("The value is not an API key: cms_<8 of a-z 0-9>_<32 or more of A-Z a-z 0-9>.", nameof(text));
        (Name, Role, ExpiresAt, CreatedBy, CreatedAt) = (name, role, expiresAt, createdBy, now);
        (PublicId, SecretHash) = (publicId, Hash(secret));
        Log(AuditAction.Created, $"role {role}");
    }

    /// <summary>Limits a new key.</summary>
    /// <exception cref="RuleException"><c>notReader</c></exception>
    public ApiKey LimitedTo(FeedScope? feeds, int? requestsPerMinute, AccessTier? access = null)
    {
        if (feeds is not null && Role != Role.Reader)
            throw new RuleException("notReader", "A key that is limited to Feeds must have the role reader.");
        (Feeds, RequestsPerMinute, Access) = (feeds, requestsPerMinute, access);
        return this;
    }

    /// <summary>The text of a new random key, to be shown once.</summary>
    public static string NewText() =>
        $"cms_{RandomNumberGenerator.GetString(IdAlphabet, 8)}_{RandomNumberGenerator.GetString(SecretAlphabet, 40)}";

    /// <summary>Parses the text of a key.</summary>
    public static bool TryParse(string? text, out string publicId, out string secret)
    {
        var match = Form().Match(text ?? "");
        (publicId, secret) = (match.Groups[1].Value, match.Groups[2].Value);
        return match.Success;
    }

    /// <summary>Compares <paramref name="secret"/> in constant time.</summary>
    public bool Opens(string secret) => CryptographicOperations.FixedTimeEquals(SecretHash, Hash(secret));

    /// <summary>Whether the key is valid at <paramref name="instant"/>.</summary>
    public bool IsValidAt(DateTimeOffset instant) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > instant);

    /// <summary>Revokes the key, at once and for good.</summary>
    public void Revoke(DateTimeOffset now)
    {
        if (RevokedAt is not null)
            return;
        RevokedAt = now;
        Log(AuditAction.Revoked);
    }

    /// <summary>
    /// Creates a key of the same name, role and limits. This one stays valid for <paramref name="overlap"/>, so that its holder can change
    /// over.
    /// </summary>
    /// <exception cref="RuleException"><c>notValid</c></exception>
    public ApiKey Rotate(string text, TimeSpan overlap, DateTimeOffset? expiresAt, string createdBy, DateTimeOffset now)
    {
        if (!IsValidAt(now) || ReplacedAt is not null)
            throw new RuleException("notValid", "The key is already revoked, expired or replaced.");
        var successor = new ApiKey(text, Name, Role, expiresAt ?? ExpiresAt, createdBy, now).LimitedTo(Feeds, RequestsPerMinute, Access);
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
