using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>A live article in a list: all but its text, unless <c>fields</c> picks members.</summary>
public record ArticleItem
{
    private static readonly ConcurrentDictionary<string, Expression<Func<LiveArticle, ArticleItem>>> Items = [];

    /// <summary>UUID v7, for ever.</summary>
    public Guid Id { get; init; }

    /// <summary>The name in a URL.</summary>
    public string Slug { get; init; } = "";

    /// <summary>The article's page on the public site; null where no site is configured.</summary>
    public string? Url { get; init; }

    /// <summary>The headline.</summary>
    public string Headline { get; init; } = "";

    /// <summary>The summary line or lines.</summary>
    public string? Standfirst { get; init; }

    /// <summary>BCP 47 tag of the language that it is written in.</summary>
    public string Language { get; init; } = "";

    /// <summary>The form of the story.</summary>
    public string? Genre { get; init; }

    /// <summary>The author line as printed.</summary>
    public string? Byline { get; init; }

    /// <summary>The people who wrote it, in order.</summary>
    public IReadOnlyList<ConceptLink> Authors { get; init; } = [];

    /// <summary>Where it was written and who supplied it.</summary>
    public Dateline? Dateline { get; init; }

    /// <summary>The picture that stands for it.</summary>
    public Image? LeadImage { get; init; }

    /// <summary>The people that it names.</summary>
    public IReadOnlyList<MentionedPerson> People { get; init; } = [];

    /// <summary>The places that it names.</summary>
    public IReadOnlyList<MentionedPlace> Places { get; init; } = [];

    /// <summary>The topics that it names.</summary>
    public IReadOnlyList<MentionedTopic> Topics { get; init; } = [];

    /// <summary>When it was first published.</summary>
    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>When what readers see was published.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The number of the revision that readers see.</summary>
    public int Revision { get; init; }

    /// <summary>What was corrected, newest first.</summary>
    public IReadOnlyList<PublishedCorrection> Corrections { get; init; } = [];

    internal IEnumerable<AnyMention> Mentions =>
        [
            .. People.Select(person => new AnyMention(ConceptKindNames.People, person, person.Relation)),
            .. Places.Select(place => new AnyMention(ConceptKindNames.Places, place, place.Relation)),
            .. Topics.Select(topic => new AnyMention(ConceptKindNames.Topics, topic, topic.Relation)),
        ];

    /// <summary>When what readers see ends, as things stand.</summary>
    internal DateTimeOffset? LiveUntil { get; init; }

    /// <summary>Where among the slugs that were asked for one of its own stands first.</summary>
    internal int? AskedBySlug { get; init; }

    /// <summary>The text as safe HTML; in lists only where <c>fields</c> picks it and there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public virtual string? BodyHtml { get; init; }

    /// <summary>Words in the body.</summary>
    public int WordCount { get; init; }

    /// <summary>Minutes to read it, at 220 words a minute; at least 1 where there is a text.</summary>
    public int ReadingMinutes { get; init; }

    /// <summary>From the view to the wire.</summary>
    /// <param name="site">The public site's URL without a slash at its end; null where none is configured.</param>
    internal static Expression<Func<LiveArticle, ArticleItem>> Of(string? site) => Items.GetOrAdd(site ?? "", _ => OfAnyRevision(site)
                .With(
                    (LiveArticle row) =>
                        new ArticleItem
                        {
                            PublishedAt = row.PublishedAt,
                            UpdatedAt = row.UpdatedAt,
                            Corrections = row.Corrections,
                            LiveUntil = row.LiveUntil,
                        }
                ));

    /// <summary>What readers see of a revision, whether it is live or not.</summary>
    /// <param name="site">See <see cref="Of"/>.</param>
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
            People = row.People,
            Places = row.Places,
            Topics = row.Topics,
            Revision = row.Revision,
            WordCount = row.WordCount,
            ReadingMinutes = (row.WordCount + 219) / 220,
        };
}

/// <summary>A live article: whole, unless <c>fields</c> picks members.</summary>
public sealed record ArticleResponse : ArticleItem
{
    /// <summary>The text as safe HTML.</summary>
    public override string? BodyHtml { get; init; }

    /// <summary>From the view to the wire.</summary>
    /// <param name="site">The public site's URL without a slash at its end; null where none is configured.</param>
    internal static Expression<Func<LiveArticle, ArticleResponse>> WholeOf(string? site) =>
        Of(site).With((LiveArticle row) => new ArticleResponse { BodyHtml = row.BodyHtml });

    /// <summary>From a working copy to what readers would see of it.</summary>
    /// <param name="site">See <see cref="WholeOf"/>.</param>
    internal static Expression<Func<WorkingCopy, ArticleResponse>> PreviewOf(string? site) =>
        OfAnyRevision(site)
            .With(
                (WorkingCopy row) =>
                    new ArticleResponse
                    {
                        BodyHtml = row.BodyHtml,
                        PublishedAt = row.SavedAt,
                        UpdatedAt = row.SavedAt,
                    }
            );
}
