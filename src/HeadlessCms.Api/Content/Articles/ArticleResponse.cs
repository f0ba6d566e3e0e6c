using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>A live article in a list: all members except the body, unless <c>fields</c> selects members.</summary>
public record ArticleItem
{
    private static readonly ConcurrentDictionary<string, Expression<Func<LiveArticle, ArticleItem>>> Items = [];

    private string? _bodyHtml;

    /// <summary>UUID v7; it never changes.</summary>
    public Guid Id { get; init; }

    /// <summary>The slug, used in URLs.</summary>
    public string Slug { get; init; } = "";

    /// <summary>The URL of the article on the public site; null if no site is configured.</summary>
    public string? Url
    {
        get;
        init => field = value is null ? null : Address.Ascii(value);
    }

    /// <summary>The headline.</summary>
    public string Headline { get; init; } = "";

    /// <summary>The standfirst: one or more summary lines.</summary>
    public string? Standfirst { get; init; }

    /// <summary>The language of the article: a BCP 47 tag.</summary>
    public string Language { get; init; } = "";

    /// <summary>The genre, such as <c>news</c>.</summary>
    public string? Genre { get; init; }

    /// <summary>The byline as printed.</summary>
    public string? Byline { get; init; }

    /// <summary>The people who wrote the article, in order.</summary>
    public IReadOnlyList<ConceptLink> Authors { get; init; } = [];

    /// <summary>The place of writing and the source.</summary>
    public Dateline? Dateline { get; init; }

    /// <summary>The lead image.</summary>
    public Image? LeadImage { get; init; }

    /// <summary>The concepts that the article names.</summary>
    public ByKind<IMention> Mentions { get; init; } = new();

    /// <summary>
    /// The series that the article is a part of, and the articles beside it in that series; null for an article that is in none. In the
    /// preview of a working copy no article is beside it.
    /// </summary>
    public SeriesPart? Series => SeriesPart.Of(Part, Mentions, SiteUrl);

    /// <summary>The place in its series among what is live; null for one that is in none, and where it is not read.</summary>
    internal LivePart? Part { get; init; }

    /// <summary>The sort key in the order of the series.</summary>
    internal string? SeriesPlace { get; init; }

    /// <summary>The instant of the first publication.</summary>
    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>The instant of the latest publication.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The number of the live revision.</summary>
    public int Revision { get; init; }

    /// <summary>The published corrections, newest first.</summary>
    public IReadOnlyList<PublishedCorrection> Corrections { get; init; } = [];

    /// <summary>Who may read the whole body.</summary>
    public AccessTier Access => Flags.Access;

    /// <summary>Whether it shows or tells of what some readers may not want to see.</summary>
    public bool Sensitive => Flags.Sensitive;

    /// <summary>Whether search engines must leave it out.</summary>
    public bool NoIndex => Flags.NoIndex;

    /// <summary>Whether it is in no feed.</summary>
    public bool NoSyndication => Flags.NoSyndication;

    /// <summary>The editorial urgency, 1 (most urgent) to 9.</summary>
    public int? Urgency => Flags.Urgency;

    /// <summary>What others may do with it.</summary>
    public string? UsageTerms => Flags.UsageTerms;

    /// <summary>Who holds the copyright.</summary>
    public string? CopyrightHolder => Flags.CopyrightHolder;

    /// <summary>How artificial intelligence was used.</summary>
    public AiUse AiUse => Flags.AiUse;

    /// <summary>The person who reviewed what artificial intelligence did.</summary>
    public string? ReviewedBy => Flags.ReviewedBy;

    /// <summary>The instant at which readers can no longer comment; null is never.</summary>
    public DateTimeOffset? CommentsUntil => Flags.CommentsUntil;

    /// <summary>Whether the caller may read only the first words of the body, because its tier is below <c>access</c>.</summary>
    public bool BodyTruncated => !Reader.Opens(Flags.Access);

    /// <summary>The members from <see cref="Access"/> to <see cref="CommentsUntil"/>.</summary>
    internal StoryFlags Flags
    {
        get;
        init => field = value ?? new();
    } = new();

    /// <summary>What the caller may read of it.</summary>
    internal ReaderAccess Reader
    {
        get;
        init => (field, _bodyHtml) = (value, null);
    }

    /// <summary>The whole body, which nothing but <see cref="BodyHtml"/> reads.</summary>
    internal string? Body { private get; init; }

    /// <summary>The lines below the headline of a page, as printed: who wrote it, where, and who supplied it.</summary>
    internal IEnumerable<string> Credits => new[] { Byline, Dateline?.Place?.Name, Dateline?.Source }.OfType<string>();

    /// <summary>The publication that holds; empty in the preview of a working copy.</summary>
    internal Guid PublicationId { get; init; }

    /// <summary>When what readers see ends, as things stand.</summary>
    internal DateTimeOffset? LiveUntil { get; init; }

    /// <summary>The concepts that it shows: its authors, the place of writing and all that it names. One may come twice.</summary>
    internal IEnumerable<Guid> ConceptIds
    {
        get
        {
            var ids = Authors.Select(author => author.Id).Concat(Mentions.Items.Select(mention => mention.Item.Id));
            return Dateline?.Place is { } place ? ids.Append(place.Id) : ids;
        }
    }

    /// <summary>The lowest position of any of its slugs among the requested ones.</summary>
    internal int? RequestedPosition { get; init; }

    /// <summary>
    /// The body as sanitised HTML, as much as the caller may read of it; in lists only if <c>fields</c> selects it and the article has a
    /// body.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public virtual string? BodyHtml => _bodyHtml ??= Reader.Of(Body, Flags.Access);

    /// <summary>
    /// What the body embeds of other services, in order. Each is a <c>figure</c> in <c>bodyHtml</c> with the same values in
    /// <c>data-embed</c> and <c>data-url</c>, and a link inside. In lists only if <c>fields</c> selects it and the article has a body.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public virtual IReadOnlyList<Embed>? Embeds => BodyHtml is null ? null : Embed.In(BodyHtml);

    /// <summary>
    /// The same story in other languages, as far as it is live, by language. In lists only if <c>fields</c> selects it and there are any.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public virtual IReadOnlyList<TranslationLink>? Translations => Story is null ? null : TranslationLink.Of(Story, SiteUrl);

    /// <summary>What <see cref="Translations"/> is made of.</summary>
    internal LiveTranslations? Story { get; init; }

    /// <summary>The URL of the public site, as far as the article's own tells.</summary>
    internal string? SiteUrl => Url?[..Url.LastIndexOf('/')];

    /// <summary>The number of words in the body.</summary>
    public int WordCount { get; init; }

    /// <summary>The reading time in minutes at 220 words per minute, rounded up.</summary>
    public int ReadingMinutes { get; init; }

    /// <param name="site">The public site's URL without a trailing slash; null if none is configured.</param>
    internal static Expression<Func<LiveArticle, ArticleItem>> Of(string? site) => Items.GetOrAdd(site ?? "", _ => OfAnyRevision(site)
                .With(
                    (LiveArticle row) =>
                        new ArticleItem
                        {
                            PublicationId = row.PublicationId,
                            PublishedAt = row.PublishedAt,
                            UpdatedAt = row.UpdatedAt,
                            Corrections = row.Corrections,
                            LiveUntil = row.LiveUntil,
                            Part = row.Series,
                        }
                ));

    /// <summary>The members of any revision, live or not.</summary>
    private protected static Expression<Func<ExpandedRevision, ArticleItem>> OfAnyRevision(string? site) =>
        site is null ? OnSite("").Without(member => member == nameof(Url)) : OnSite(site);

    private static Expression<Func<ExpandedRevision, ArticleItem>> OnSite(string site) =>
        row => new ArticleItem
        {
            Id = row.Id,
            Slug = row.Slug,
            Url = site + "/" + row.Slug,
            Headline = row.Headline,
            Standfirst = row.Standfirst,
            Language = row.Language,
            Genre = row.Genre,
            Byline = row.Byline,
            Authors = row.Authors,
            Dateline = Dateline.Of(row.DatelinePlace, row.DatelineSource),
            LeadImage = row.LeadImage,
            Mentions = row.Concepts,
            Flags = row.Flags!,
            Revision = row.Revision,
            WordCount = row.WordCount,
            ReadingMinutes = (row.WordCount + 219) / 220,
        };
}

/// <summary>A live article with all members, unless <c>fields</c> selects some.</summary>
public sealed record ArticleResponse : ArticleItem
{
    /// <summary>The body as sanitised HTML, as much as the caller may read of it.</summary>
    public override string? BodyHtml => base.BodyHtml;

    /// <summary>What the body embeds of other services, in order.</summary>
    public override IReadOnlyList<Embed> Embeds => base.Embeds ?? [];

    /// <summary>The same story in other languages, as far as it is live, by language.</summary>
    public override IReadOnlyList<TranslationLink> Translations => base.Translations ?? [];

    /// <param name="site">The public site's URL without a trailing slash; null if none is configured.</param>
    internal static Expression<Func<LiveArticle, ArticleResponse>> WholeOf(string? site) =>
        Of(site).With((LiveArticle row) => new ArticleResponse { Body = row.BodyHtml, Story = row.Translations });

    /// <summary>A working copy as readers would see it.</summary>
    internal static Expression<Func<WorkingCopy, ArticleResponse>> PreviewOf(string? site) =>
        OfAnyRevision(site)
            .With(
                (WorkingCopy row) =>
                    new ArticleResponse
                    {
                        Body = row.BodyHtml,
                        PublishedAt = row.SavedAt,
                        UpdatedAt = row.SavedAt,
                    }
            );
}
