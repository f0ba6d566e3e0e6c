using System.Text.Json.Serialization;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>The facets by which the articles of a list can be counted: the kinds of concepts, and the language.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FacetsAttribute() : ListAttribute(ConceptKindNames.All.Count + 1)
{
    public const string Language = "language";

    public override IReadOnlyCollection<string> Names { get; } = [.. ConceptKindNames.All.Select(kind => kind.Plural), Language];

    public override string NamesAre => "ArticleFacet";
}

/// <summary>
/// The number of articles in a list by facet: at most 20 values per facet, the most frequent first, then by name. Each count is the
/// <c>total</c> of the list with the value as an additional filter, including the places within a place and narrower topics.
/// </summary>
public sealed record ArticleFacets
{
    /// <summary>The number of articles by concept; omitted unless requested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ByKind<ConceptCount> Concepts { get; init; } = new();

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
/// <param name="Value">BCP 47 tag; en takes in en-GB.</param>
/// <param name="Count">The number of articles.</param>
public sealed record LanguageCount(string Value, int Count);
