using FluentValidation;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.Organisations;

/// <summary>An organisation to save.</summary>
[OfKind(ConceptKind.Organisation)]
[ConceptExamples(
    Create = """
        { "name": "Example Exchange Office", "acronym": "EEO", "kind": "agency", "countryCode": "JP",
          "website": "https://exchange.example.org/" }
        """,
    Created = "example-exchange-office",
    Save = """
        { "name": "Example Exchange Office", "acronym": "EEO", "kind": "agency", "partOf": "government-of-japan", "countryCode": "JP",
          "website": "https://exchange.example.org/", "description": "Sends students abroad." }
        """,
    Patch = """{ "aliases": ["Exchange Office"] }""",
    Lines = [
        """{"name":"Example Group","slug":"example-group","kind":"company"}""",
        """{"name":"Example Press","slug":"example-press","kind":"company","partOf":"example-group"}""",
    ],
    Sample = "liberal-democratic-party",
    Duplicate = "ldp-of-japan",
    MergedInto = "liberal-democratic-party"
)]
public sealed record OrganisationRequest : ConceptRequest, IConceptRequest<OrganisationRequest, Organisation>
{
    /// <summary>The short name, at most 50 characters: "LDP".</summary>
    public string? Acronym { get; init; }

    /// <summary>The kind of organisation.</summary>
    public OrganisationKind? Kind { get; init; }

    /// <summary>The organisation that it is a part of, by id or slug. The hierarchy has no cycles.</summary>
    public string? PartOf { get; init; }

    /// <summary>Its own site: an https URL, at most 2,048 characters.</summary>
    public string? Website { get; init; }

    /// <summary>The country of its seat: ISO 3166-1 alpha-2, upper case.</summary>
    public string? CountryCode { get; init; }

    internal override (string Member, string? Named) Parent => (nameof(PartOf), PartOf);

    static OrganisationRequest IConceptRequest<OrganisationRequest, Organisation>.Of(Organisation organisation) =>
        Fill(
            new OrganisationRequest
            {
                Name = organisation.Name,
                Acronym = organisation.Acronym,
                Kind = organisation.OrganisationKind,
                PartOf = organisation.Parent?.Slug,
                Website = organisation.Website,
                CountryCode = organisation.CountryCode,
            },
            organisation
        );

    void IConceptRequest<OrganisationRequest, Organisation>.WriteTo(Organisation organisation, ConceptReferences references)
    {
        (organisation.Acronym, organisation.OrganisationKind) = (Acronym, Kind);
        (organisation.Website, organisation.CountryCode) = (Website, CountryCode);
    }
}

internal sealed class OrganisationRequestValidator : ConceptRequestValidator<OrganisationRequest>
{
    public OrganisationRequestValidator()
        : base(ConceptKind.Organisation)
    {
        RuleFor(organisation => organisation.Acronym).IsText(50);
        RuleFor(organisation => organisation.Website).IsWebAddress().When(organisation => organisation.Website is not null);
        RuleFor(organisation => organisation.CountryCode).IsCountry();
    }
}

/// <summary>An organisation.</summary>
[OfKind(ConceptKind.Organisation)]
public sealed record OrganisationResponse : ConceptResponse, IConceptResponse<OrganisationResponse, Organisation>
{
    /// <summary>The short name.</summary>
    public string? Acronym { get; }

    /// <summary>The kind of organisation.</summary>
    public OrganisationKind? Kind { get; }

    /// <summary>The organisation that it is a part of.</summary>
    public ConceptLink? PartOf { get; }

    /// <summary>Its own site.</summary>
    public string? Website { get; }

    /// <summary>The country of its seat: ISO 3166-1 alpha-2.</summary>
    public string? CountryCode { get; }

    private OrganisationResponse(Organisation organisation)
        : base(organisation)
    {
        (Acronym, Kind, PartOf) = (organisation.Acronym, organisation.OrganisationKind, ParentOf(organisation));
        (Website, CountryCode) = (organisation.Website, organisation.CountryCode);
    }

    static OrganisationResponse IConceptResponse<OrganisationResponse, Organisation>.Of(Organisation concept) => new(concept);
}
