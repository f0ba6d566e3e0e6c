using System.ComponentModel.DataAnnotations.Schema;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Core.Storage.Kinds;

/// <summary>An organisation that an article names.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Name">The display name.</param>
/// <param name="Relation">How the article relates to the organisation.</param>
/// <param name="Role">The role of the organisation at the time.</param>
/// <param name="Acronym">Its short name.</param>
/// <param name="Kind">The kind of organisation.</param>
/// <param name="CountryCode">The country of its seat as an ISO 3166-1 alpha-2 code.</param>
[OfKind(ConceptKind.Organisation)]
public sealed record MentionedOrganisation(
    Guid Id,
    string Slug,
    string Name,
    Relation Relation,
    string? Role,
    string? Acronym,
    OrganisationKind? Kind,
    string? CountryCode
) : ConceptLink(Id, Slug, Name), IMention;

/// <summary>An organisation that readers may see.</summary>
[OfKind(ConceptKind.Organisation)]
public sealed class LiveOrganisation : LiveConcept
{
    /// <summary>Its short name.</summary>
    public string? Acronym { get; private set; }

    /// <summary>The kind of organisation.</summary>
    public OrganisationKind? OrganisationKind { get; private set; }

    /// <summary>Its own site.</summary>
    public string? Website { get; private set; }

    /// <summary>The country of its seat as an ISO 3166-1 alpha-2 code.</summary>
    [Column("country_code")]
    public string? CountryCode { get; private set; }
}
