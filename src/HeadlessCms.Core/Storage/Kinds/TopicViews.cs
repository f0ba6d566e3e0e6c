using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Core.Storage.Kinds;

/// <summary>A topic that an article names.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Name">The display name.</param>
/// <param name="Relation">How the article relates to the topic.</param>
/// <param name="Code">Its code in a controlled vocabulary.</param>
[OfKind(ConceptKind.Topic)]
public sealed record MentionedTopic(Guid Id, string Slug, string Name, Relation Relation, string? Code)
    : ConceptLink(Id, Slug, Name),
        IMention;

/// <summary>A topic that readers may see.</summary>
[OfKind(ConceptKind.Topic)]
public sealed class LiveTopic : LiveConcept
{
    /// <summary>Its code in a controlled vocabulary.</summary>
    public string? Code { get; private set; }
}
