using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace HeadlessCms.Core.Concepts;

/// <summary>The kind of an organisation.</summary>
public enum OrganisationKind
{
    /// <summary>A business.</summary>
    Company,

    /// <summary>A political party.</summary>
    Party,

    /// <summary>A government, or an office or ministry of one.</summary>
    Government,

    /// <summary>An agency, or a body of several states.</summary>
    Agency,

    /// <summary>A club, team or association of a sport.</summary>
    Sport,

    /// <summary>Any other.</summary>
    Other,
}

/// <summary>A company, a party, a government or another body.</summary>
public sealed class Organisation() : Concept(ConceptKind.Organisation)
{
    /// <summary>Its short name: "LDP".</summary>
    [MaxLength(50)]
    public string? Acronym { get; set; }

    /// <summary>The kind of organisation.</summary>
    [MaxLength(10)]
    public OrganisationKind? OrganisationKind { get; set; }

    /// <summary>Its own site, an <c>https</c> URI.</summary>
    [MaxLength(2_048)]
    public string? Website { get; set; }

    /// <summary>The country of its seat: ISO 3166-1 alpha-2, upper case.</summary>
    [MaxLength(2), Column("country_code")]
    public string? CountryCode { get; set; }

    /// <inheritdoc/>
    protected override void AbsorbMembers(Concept other)
    {
        if (other is not Organisation organisation)
            return;
        (Acronym, OrganisationKind) = (Acronym ?? organisation.Acronym, OrganisationKind ?? organisation.OrganisationKind);
        (Website, CountryCode) = (Website ?? organisation.Website, CountryCode ?? organisation.CountryCode);
    }
}
