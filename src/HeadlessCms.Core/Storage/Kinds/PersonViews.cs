using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Core.Storage.Kinds;

/// <summary>A person that an article names.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Name">The display name.</param>
/// <param name="Relation">How the article relates to the person.</param>
/// <param name="Role">The role of the person at the time.</param>
[OfKind(ConceptKind.Person)]
public sealed record MentionedPerson(Guid Id, string Slug, string Name, Relation Relation, string? Role)
    : ConceptLink(Id, Slug, Name),
        IMention;

/// <summary>A person that readers may see.</summary>
[OfKind(ConceptKind.Person)]
public sealed class LivePerson : LiveConcept
{
    /// <summary>The given name or names.</summary>
    public string? GivenName { get; private set; }

    /// <summary>The family name.</summary>
    public string? FamilyName { get; private set; }

    /// <summary>A prefix of the name.</summary>
    public string? Honorific { get; private set; }

    /// <summary>The current position.</summary>
    public string? Title { get; private set; }

    /// <summary>The day of birth.</summary>
    public DateOnly? BirthDate { get; private set; }

    /// <summary>The day of death.</summary>
    public DateOnly? DeathDate { get; private set; }
}
