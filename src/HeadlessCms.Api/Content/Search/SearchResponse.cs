using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Search;

/// <summary>What a search found: a page of articles, and before the first one the concepts that are called so.</summary>
/// <param name="Items">The articles of this page, best first.</param>
/// <param name="Concepts">On the first page: at most five people, places and topics with the words in a name.</param>
/// <param name="NextCursor">Names the next page; null on the last one.</param>
public sealed record SearchPage(IReadOnlyList<FoundArticle> Items, IReadOnlyList<FoundConcept> Concepts, string? NextCursor)
{
    /// <summary>With <c>count=true</c>: how many articles were found.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Total { get; init; }
}

/// <summary>A live article that a search found.</summary>
public sealed record FoundArticle
{
    private static readonly ConcurrentDictionary<string, Expression<Func<LiveArticle, FoundArticle>>> Projections = [];

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

    /// <summary>The picture that stands for it.</summary>
    public Image? LeadImage { get; init; }

    /// <summary>When it was first published.</summary>
    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>When what readers see was published.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Where the words stand.</summary>
    public ArticleHighlights Highlights { get; init; } = new("", null, null);

    /// <summary>The safe HTML of the body, for a passage of it.</summary>
    internal string? BodyHtml { get; init; }

    /// <summary>From the view to the wire.</summary>
    /// <param name="site">The public site's URL without a slash at its end; null where none is configured.</param>
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
            BodyHtml = row.BodyHtml,
        };
}

/// <summary>Texts as HTML, safe to show as they stand: the words in <c>mark</c>, everything else escaped.</summary>
/// <param name="Headline">The headline.</param>
/// <param name="Standfirst">The summary line or lines.</param>
/// <param name="Body">A passage around the first of the words in the body; null where it has none.</param>
public sealed record ArticleHighlights(string Headline, string? Standfirst, string? Body);

/// <summary>A concept that a search found by one of its names.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Kind">Which kind of concept it is.</param>
/// <param name="Slug">Its name in a URL.</param>
/// <param name="Name">The name that readers know.</param>
/// <param name="Matched">The name, alias or label that has the words.</param>
/// <param name="Highlight">The same as HTML, safe to show as it stands: the words in <c>mark</c>, everything else escaped.</param>
public sealed record FoundConcept(Guid Id, ConceptKind Kind, string Slug, string Name, string Matched, string Highlight);

/// <summary>What somebody may be about to type.</summary>
/// <param name="Items">The concepts, likeliest first.</param>
public sealed record Suggestions(IReadOnlyList<Suggestion> Items);

/// <summary>A concept that somebody may mean.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Kind">Which kind of concept it is.</param>
/// <param name="Slug">Its name in a URL.</param>
/// <param name="Name">The name that readers know.</param>
/// <param name="Matched">The name, alias or label that is like what was typed.</param>
public sealed record Suggestion(Guid Id, ConceptKind Kind, string Slug, string Name, string Matched);
