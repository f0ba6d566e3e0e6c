using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Changes;

namespace HeadlessCms.Core.Access;

/// <summary>
/// A token that shows the working copy of one article, or the whole site as of an instant. It is valid until it expires or is revoked, and
/// only as long as the key that created it.
/// </summary>
public sealed class PreviewToken : LoggedEntity
{
    /// <summary>UUID v7.</summary>
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>The article whose working copy is shown; null for the whole site.</summary>
    public Guid? ArticleId { get; private set; }

    /// <summary>The article of <see cref="ArticleId"/>, where it was loaded.</summary>
    public Article? Article { get; private set; }

    /// <summary>The only instant that may be shown; null where the reader chooses it, and for an article.</summary>
    public DateTimeOffset? AsOf { get; private set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Who created it.</summary>
    public string CreatedBy { get; private set; } = "";

    /// <summary>Identifies the caller who created it, as names do not.</summary>
    public string Caller { get; private set; } = "";

    /// <summary>The API key that created it; null for a caller with a JWT.</summary>
    public Guid? KeyId { get; private set; }

    /// <summary>The instant from which it is not valid.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    private PreviewToken() { }

    /// <summary>Creates a token for an article, for an instant, or for neither.</summary>
    /// <exception cref="RuleException"><c>notBoth</c></exception>
    public PreviewToken(Article? article, DateTimeOffset? asOf, PreviewCreator creator, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        ArgumentNullException.ThrowIfNull(creator);
        if (article is not null && asOf is not null)
            throw new RuleException("notBoth", "A preview is for an article or for an instant, not for both.");
        (Article, ArticleId, AsOf) = (article, article?.Id, asOf);
        (CreatedBy, Caller, KeyId) = (creator.Name, creator.Caller, creator.KeyId);
        (CreatedAt, ExpiresAt) = (now, expiresAt);
        Log(Entry(AuditAction.Previewed, $"until {Instant(expiresAt)}{(asOf is { } instant ? $", as of {Instant(instant)}" : "")}"));
    }

    /// <summary>Revokes the token, at once and for good. The article must have been loaded.</summary>
    public void Revoke(DateTimeOffset now)
    {
        if (RevokedAt is not null)
            return;
        RevokedAt = now;
        Log(Entry(AuditAction.PreviewRevoked, $"created by {CreatedBy}"));
    }

    /// <summary>The entry of a use of the token. The article must have been loaded.</summary>
    public AuditEntry Use() => Entry(AuditAction.PreviewUsed, $"created by {CreatedBy}");

    private AuditEntry Entry(AuditAction action, string detail) =>
        new(
            action,
            ArticleId is null ? AuditSubject.Site : AuditSubject.Article,
            ArticleId,
            Article?.Slug,
            null,
            $"preview {Id:D}, {detail}"
        );

    private static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Who creates a preview token.</summary>
/// <param name="Caller">Identifies the caller.</param>
/// <param name="Name">The name for signing saves.</param>
/// <param name="KeyId">The API key of the caller.</param>
public sealed record PreviewCreator(string Caller, string Name, Guid? KeyId);
