using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Search;

/// <summary>A page of articles that a search found; the first page also has the concepts whose names match.</summary>
/// <param name="Items">The articles on this page, best first.</param>
/// <param name="Concepts">At most five concepts of any kind with the words in a name; empty after the first page.</param>
/// <param name="NextCursor">The cursor of the next page; null on the last page.</param>
public sealed record SearchPage(IReadOnlyList<FoundArticle> Items, IReadOnlyList<FoundConcept> Concepts, string? NextCursor)
{
    /// <summary>The number of articles found; only with <c>count=true</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Total { get; init; }
}

/// <summary>A live article that a search found.</summary>
public sealed record FoundArticle
{
    private static readonly ConcurrentDictionary<string, Expression<Func<LiveArticle, FoundArticle>>> Projections = [];

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

    /// <summary>The lead image.</summary>
    public Image? LeadImage { get; init; }

    /// <summary>The instant of the first publication.</summary>
    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>The instant of the latest publication.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The texts in which the words are marked.</summary>
    public ArticleHighlights Highlights { get; init; } = new("", null, null);

    /// <summary>Who may read the whole body.</summary>
    public AccessTier Access => Flags.Access;

    /// <summary>Whether it shows or tells of what some readers may not want to see.</summary>
    public bool Sensitive => Flags.Sensitive;

    /// <summary>Who may read it, and what may be done with it.</summary>
    internal StoryFlags Flags
    {
        get;
        init => field = value ?? new();
    } = new();

    /// <summary>The whole body, which nothing but <see cref="ReadBy"/> reads.</summary>
    internal string? Body { private get; init; }

    /// <summary>The sanitised HTML from which the passage for a caller is cut.</summary>
    internal string? ReadBy(ReaderAccess reader) => reader.Of(Body, Flags.Access);

    /// <param name="site">The public site's URL without a trailing slash; null if none is configured.</param>
    internal static Expression<Func<LiveArticle, FoundArticle>> Of(string? site) =>
        Projections.GetOrAdd(site ?? "", _ => site is null ? OnSite("").Without(member => member == nameof(Url)) : OnSite(site));

    private static Expression<Func<LiveArticle, FoundArticle>> OnSite(string site) =>
        row => new FoundArticle
        {
            Id = row.Id,
            Slug = row.Slug,
            Url = site + "/" + row.Slug,
            Headline = row.Headline,
            Standfirst = row.Standfirst,
            Language = row.Language,
            Genre = row.Genre,
            Byline = row.Byline,
            LeadImage = row.LeadImage,
            PublishedAt = row.PublishedAt,
            UpdatedAt = row.UpdatedAt,
            Body = row.BodyHtml,
            Flags = row.Flags!,
        };
}

/// <summary>Texts as safe HTML: the matching words in <c>mark</c>, everything else escaped.</summary>
/// <param name="Headline">The headline.</param>
/// <param name="Standfirst">The standfirst.</param>
/// <param name="Body">A passage around the first match in the body; null if there is none.</param>
public sealed record ArticleHighlights(string Headline, string? Standfirst, string? Body);

/// <summary>A concept that a search found by name.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Kind">The kind of concept.</param>
/// <param name="Slug">The slug, used in URLs.</param>
/// <param name="Name">The display name.</param>
/// <param name="Matched">The name, alias or label that contains the words.</param>
/// <param name="Highlight"><paramref name="Matched"/> as safe HTML: the matching words in <c>mark</c>, everything else escaped.</param>
public sealed record FoundConcept(Guid Id, ConceptKind Kind, string Slug, string Name, string Matched, string Highlight);

/// <summary>Suggestions for a text.</summary>
/// <param name="Items">The concepts, most likely first.</param>
public sealed record Suggestions(IReadOnlyList<Suggestion> Items);

/// <summary>A suggested concept.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Kind">The kind of concept.</param>
/// <param name="Slug">The slug, used in URLs.</param>
/// <param name="Name">The display name.</param>
/// <param name="Matched">The name, alias or label that is similar to the text.</param>
public sealed record Suggestion(Guid Id, ConceptKind Kind, string Slug, string Name, string Matched);
