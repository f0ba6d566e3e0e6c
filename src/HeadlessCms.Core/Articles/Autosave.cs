namespace HeadlessCms.Core.Articles;

/// <summary>
/// What a caller has not saved yet of an article: one for each caller and article. It is no revision, is not validated, and only its caller
/// sees it.
/// </summary>
public sealed class Autosave
{
    /// <summary>The maximum number of autosaves of a caller; the oldest give way.</summary>
    public const int MaxPerCaller = 200;

    /// <summary>The maximum length of <see cref="Content"/> in bytes: that of a JSON body.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Identifies the caller: a key by its name, a token by its issuer and subject.</summary>
    public string Caller { get; private set; } = "";

    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>The number of the revision that the caller began with.</summary>
    public int Revision { get; private set; }

    /// <summary>The request to save the article, as it was sent: a JSON object.</summary>
    public string Content { get; private set; } = "";

    /// <summary>When it was saved.</summary>
    public DateTimeOffset SavedAt { get; private set; }

    private Autosave() { }

    internal Autosave(Guid articleId, int revision, string caller, string content, DateTimeOffset now) =>
        (ArticleId, Revision, Caller, Content, SavedAt) = (articleId, revision, caller, content, now);
}
