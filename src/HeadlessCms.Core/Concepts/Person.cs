using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace HeadlessCms.Core.Concepts;

/// <summary>A person in the news, or an author.</summary>
public sealed class Person() : Concept(ConceptKind.Person)
{
    /// <summary>The given name or names.</summary>
    [MaxLength(100)]
    public string? GivenName { get; set; }

    /// <summary>The family name.</summary>
    [MaxLength(100)]
    public string? FamilyName { get; set; }

    /// <summary>A prefix of the name: "Dr", "Emperor".</summary>
    [MaxLength(50)]
    public string? Honorific { get; set; }

    /// <summary>The current position: "President of Tajikistan". An article keeps the role at its time.</summary>
    [MaxLength(200)]
    public string? Title { get; set; }

    /// <summary>The day of birth.</summary>
    public DateOnly? BirthDate { get; set; }

    /// <summary>The day of death, not before <see cref="BirthDate"/>.</summary>
    public DateOnly? DeathDate { get; set; }

    /// <summary>The organisations that the person belongs or belonged to, with their roles there.</summary>
    [NotMapped]
    public IEnumerable<ConceptTie> Affiliations => Ties;

    /// <summary>Sets <see cref="Affiliations"/>.</summary>
    public void Affiliate(IEnumerable<TieContent> affiliations) => SetTies(affiliations);

    /// <inheritdoc/>
    protected override void AbsorbMembers(Concept other)
    {
        if (other is not Person person)
            return;
        (GivenName, FamilyName, Honorific, Title) = (
            GivenName ?? person.GivenName,
            FamilyName ?? person.FamilyName,
            Honorific ?? person.Honorific,
            Title ?? person.Title
        );
        if (BirthDate is null && DeathDate is null)
            (BirthDate, DeathDate) = (person.BirthDate, person.DeathDate);
        Affiliate(Ties.Concat(person.Ties).Select(tie => tie.Content).Distinct());
    }
}
