using System.ComponentModel.DataAnnotations;

namespace HeadlessCms.Core.Articles;

/// <summary>One immutable saved state of an article's content, numbered 1, 2, 3 … within the article.</summary>
public sealed class Revision
{
    private readonly List<Mention> _mentions = [];
    private readonly List<Authorship> _authorships = [];

    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>1 for the first, without gaps.</summary>
    public int Number { get; private set; }

    /// <summary>See <see cref="ArticleContent.Slug"/>.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>See <see cref="ArticleContent.Headline"/>.</summary>
    [MaxLength(300)]
    public string Headline { get; private set; } = "";

    /// <summary>See <see cref="ArticleContent.Standfirst"/>.</summary>
    [MaxLength(2_000)]
    public string? Standfirst { get; private set; }

    /// <summary>How <see cref="BodySource"/> is written; null where there is no body.</summary>
    [MaxLength(10)]
    public BodyFormat? BodyFormat { get; private set; }

    /// <summary>What the writer sent.</summary>
    public string? BodySource { get; private set; }

    /// <summary>The safe HTML rendered from it.</summary>
    public string? BodyHtml { get; private set; }

    /// <summary>Words in the body.</summary>
    public int WordCount { get; private set; }

    /// <summary>See <see cref="ArticleContent.Language"/>.</summary>
    [MaxLength(35)]
    public string Language { get; private set; } = "";

    /// <summary>See <see cref="ArticleContent.Genre"/>.</summary>
    [MaxLength(50)]
    public string? Genre { get; private set; }

    /// <summary>See <see cref="ArticleContent.Byline"/>.</summary>
    [MaxLength(300)]
    public string? Byline { get; private set; }

    /// <summary>See <see cref="ArticleContent.DatelinePlaceId"/>.</summary>
    public Guid? DatelinePlaceId { get; private set; }

    /// <summary>See <see cref="ArticleContent.DatelineSource"/>.</summary>
    [MaxLength(200)]
    public string? DatelineSource { get; private set; }

    /// <summary>See <see cref="ArticleContent.LeadImage"/>.</summary>
    public Image? LeadImage { get; private set; }

    /// <summary>See <see cref="ArticleContent.EmbargoUntil"/>.</summary>
    public DateTimeOffset? EmbargoUntil { get; private set; }

    /// <summary>See <see cref="ArticleContent.ExternalId"/>.</summary>
    [MaxLength(200)]
    public string? ExternalId { get; private set; }

    /// <summary>See <see cref="ArticleContent.Flags"/>.</summary>
    public StoryFlags Flags { get; private set; } = new();

    /// <summary>The article that it is a translation of: see <see cref="ArticleContent.Original"/>.</summary>
    public Guid? OriginalId { get; private set; }

    /// <summary>The number of the translated revision.</summary>
    public int? OriginalRevision { get; private set; }

    /// <summary>A note for colleagues about what changed.</summary>
    [MaxLength(1_000)]
    public string? Note { get; private set; }

    /// <summary>When it was saved.</summary>
    public DateTimeOffset SavedAt { get; private set; }

    /// <summary>Who saved it.</summary>
    [MaxLength(200)]
    public string SavedBy { get; private set; } = "";

    /// <summary>The concepts that it names.</summary>
    public IReadOnlyList<Mention> Mentions => _mentions;

    /// <summary>Who wrote it.</summary>
    public IReadOnlyList<Authorship> Authorships => _authorships;

    private Revision() { }

    internal Revision(Guid articleId, int number, ArticleContent content, string? note, string savedBy, DateTimeOffset now)
    {
        (ArticleId, Number, Note, SavedBy, SavedAt) = (articleId, number, note, savedBy, now);
        (Slug, Headline, Standfirst, Language) = (content.Slug, content.Headline, content.Standfirst, content.Language);
        (Genre, Byline, LeadImage) = (content.Genre, content.Byline, content.LeadImage);
        (BodyFormat, BodySource, BodyHtml, WordCount) = (
            content.Body?.Format,
            content.Body?.Source,
            content.Body?.Html,
            content.Body?.WordCount ?? 0
        );
        (DatelinePlaceId, DatelineSource) = (content.DatelinePlaceId, content.DatelineSource);
        (EmbargoUntil, ExternalId, Flags) = (content.EmbargoUntil, content.ExternalId, content.Flags);
        (OriginalId, OriginalRevision) = (content.Original?.ArticleId, content.Original?.Revision);
        _mentions.AddRange(content.Mentions.Select((mention, position) => new Mention(articleId, number, mention, position)));
        _authorships.AddRange(content.AuthorIds.Select((person, position) => new Authorship(articleId, number, person, position)));
    }

    /// <summary>What the revision says.</summary>
    public ArticleContent Content =>
        new()
        {
            Slug = Slug,
            Headline = Headline,
            Standfirst = Standfirst,
            Body = BodyFormat is { } format ? new Body(format, BodySource!, BodyHtml!, WordCount) : null,
            Language = Language,
            Genre = Genre,
            Byline = Byline,
            DatelinePlaceId = DatelinePlaceId,
            DatelineSource = DatelineSource,
            LeadImage = LeadImage,
            EmbargoUntil = EmbargoUntil,
            ExternalId = ExternalId,
            Flags = Flags,
            AuthorIds = [.. _authorships.OrderBy(author => author.Position).Select(author => author.PersonId)],
            Mentions = [.. _mentions.OrderBy(mention => mention.Position).Select(MentionContent.Of)],
            Original = OriginalId is { } original ? new Original(original, OriginalRevision!.Value) : null,
        };
}
