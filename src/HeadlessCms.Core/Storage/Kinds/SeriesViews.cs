using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Core.Storage.Kinds;

/// <summary>The series that an article is a part of.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Name">The display name.</param>
/// <param name="Part">The number of the part; null for an article that comes after the numbered ones.</param>
[OfKind(ConceptKind.Series)]
public sealed record MentionedSeries(Guid Id, string Slug, string Name, int? Part) : ConceptLink(Id, Slug, Name), IMention
{
    Relation IMention.Relation => MentionContent.PartRelation;

    /// <summary>The series among the concepts that an article names; null for an article that is in none.</summary>
    public static MentionedSeries? Among(ByKind<IMention> concepts)
    {
        ArgumentNullException.ThrowIfNull(concepts);
        return ((IEnumerable<MentionedSeries>?)concepts[ConceptKindNames.Series])?.FirstOrDefault();
    }
}

/// <summary>A series that readers may see.</summary>
[OfKind(ConceptKind.Series)]
public sealed class LiveSeries : LiveConcept;
