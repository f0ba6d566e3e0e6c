using System.Text.Json.Serialization;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>What the articles of a list can be counted by.</summary>
public enum ArticleFacet
{
    /// <summary>The topics that they name.</summary>
    Topics,

    /// <summary>The people that they name.</summary>
    People,

    /// <summary>The places that they name.</summary>
    Places,

    /// <summary>The language that they are written in.</summary>
    Language,
}

/// <summary>
/// How many articles of a list name what: at most 20 of each, most often named first, then by name. A count is the <c>total</c> that the list has
/// with that as one more filter: a place takes in the places within it, a topic its narrower topics.
/// </summary>
public sealed record ArticleFacets
{
    /// <summary>The topics.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConceptCount>? Topics { get; init; }

    /// <summary>The people.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConceptCount>? People { get; init; }

    /// <summary>The places.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConceptCount>? Places { get; init; }

    /// <summary>The languages.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LanguageCount>? Language { get; init; }
}

/// <summary>How many articles of a list name a concept.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">Its name in a URL.</param>
/// <param name="Name">The name that readers know.</param>
/// <param name="Count">How many articles.</param>
public sealed record ConceptCount(Guid Id, string Slug, string Name, int Count) : ConceptLink(Id, Slug, Name);

/// <summary>How many articles of a list are written in a language.</summary>
/// <param name="Value">BCP 47 tag.</param>
/// <param name="Count">How many articles.</param>
public sealed record LanguageCount(string Value, int Count);
