using System.Text.Json.Serialization;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>The facets by which the articles of a list can be counted.</summary>
public enum ArticleFacet
{
    /// <summary>The topics that the articles name.</summary>
    Topics,

    /// <summary>The people that the articles name.</summary>
    People,

    /// <summary>The places that the articles name.</summary>
    Places,

    /// <summary>The language of the articles.</summary>
    Language,
}

/// <summary>
/// The number of articles in a list by facet: at most 20 values per facet, the most frequent first, then by name. Each count is the
/// <c>total</c> of the list with the value as an additional filter, including the places within a place and narrower topics.
/// </summary>
public sealed record ArticleFacets
{
    /// <summary>The number of articles by topic; omitted unless requested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConceptCount>? Topics { get; init; }

    /// <summary>The number of articles by person; omitted unless requested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConceptCount>? People { get; init; }

    /// <summary>The number of articles by place; omitted unless requested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConceptCount>? Places { get; init; }

    /// <summary>The number of articles by language; omitted unless requested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LanguageCount>? Language { get; init; }
}

/// <summary>The number of articles in a list that name a concept.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">The slug, used in URLs.</param>
/// <param name="Name">The display name.</param>
/// <param name="Count">The number of articles.</param>
public sealed record ConceptCount(Guid Id, string Slug, string Name, int Count) : ConceptLink(Id, Slug, Name);

/// <summary>The number of articles in a list that are written in a language.</summary>
/// <param name="Value">BCP 47 tag.</param>
/// <param name="Count">The number of articles.</param>
public sealed record LanguageCount(string Value, int Count);
