using FluentValidation;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.People;

/// <summary>A person to save.</summary>
[OfKind(ConceptKind.Person)]
[ConceptExamples(
    Create = """
        { "name": "Ada Example", "givenName": "Ada", "familyName": "Example",
          "title": "Head of the Exchange Office", "description": "Runs the exchange office." }
        """,
    Created = "ada-example",
    Save = """
        { "name": "Ada Example", "givenName": "Ada", "familyName": "Example", "title": "Director of the Exchange Office",
          "aliases": ["A. Example"], "affiliations": [{ "organisation": "japan-international-cooperation-agency",
          "role": "Adviser", "from": "2020-04-01", "until": "2024-03-31" }] }
        """,
    Patch = """{ "title": null, "labels": { "ja": "エイダ・エグザンプル" } }""",
    Lines = [
        """{"name":"Bo Example","slug":"bo-example","title":"Student"}""",
        """{"name":"Cy Example","slug":"cy-example","title":"Student"}""",
    ],
    Sample = "emomali-rahmon",
    Duplicate = "j-doe",
    MergedInto = "jane-doe"
)]
public sealed record PersonRequest : ConceptRequest, IConceptRequest<PersonRequest, Person>
{
    /// <summary>The given name or names, at most 100 characters.</summary>
    public string? GivenName { get; init; }

    /// <summary>The family name, at most 100 characters.</summary>
    public string? FamilyName { get; init; }

    /// <summary>A prefix of the name, at most 50 characters: "Dr", "Emperor".</summary>
    public string? Honorific { get; init; }

    /// <summary>The current position, at most 200 characters: "President of Tajikistan".</summary>
    public string? Title { get; init; }

    /// <summary>The day of birth.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>The day of death, not before the day of birth.</summary>
    public DateOnly? DeathDate { get; init; }

    /// <summary>The organisations that the person belongs or belonged to; at most 100.</summary>
    public IReadOnlyList<AffiliationRequest> Affiliations { get; init; } = [];

    internal override IEnumerable<(string Path, ConceptKind Kind, string Named)> Ties =>
        Affiliations.Select((one, index) => ($"Affiliations[{index}].Organisation", ConceptKind.Organisation, one.Organisation));

    static PersonRequest IConceptRequest<PersonRequest, Person>.Of(Person person) =>
        Fill(
            new PersonRequest
            {
                Name = person.Name,
                GivenName = person.GivenName,
                FamilyName = person.FamilyName,
                Honorific = person.Honorific,
                Title = person.Title,
                BirthDate = person.BirthDate,
                DeathDate = person.DeathDate,
                Affiliations =
                [
                    .. person.Affiliations.Select(tie => new AffiliationRequest(tie.Named!.Slug, tie.Role!, tie.From, tie.Until)),
                ],
            },
            person
        );

    void IConceptRequest<PersonRequest, Person>.WriteTo(Person person, ConceptReferences references)
    {
        (person.GivenName, person.FamilyName, person.Honorific, person.Title) = (GivenName, FamilyName, Honorific, Title);
        (person.BirthDate, person.DeathDate) = (BirthDate, DeathDate);
        person.Affiliate(
            Affiliations.Select(one => new TieContent(
                TieKind.Affiliation,
                references.Get(ConceptKind.Organisation, one.Organisation),
                one.Role,
                one.From,
                one.Until
            ))
        );
    }
}

/// <summary>A person belongs or belonged to an organisation.</summary>
/// <param name="Organisation">The organisation, by id or slug.</param>
/// <param name="Role">The role of the person there, at most 200 characters.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day, not before the first.</param>
public sealed record AffiliationRequest(string Organisation, string Role, DateOnly? From = null, DateOnly? Until = null);

internal sealed class PersonRequestValidator : ConceptRequestValidator<PersonRequest>
{
    public PersonRequestValidator()
        : base(ConceptKind.Person)
    {
        RuleFor(person => person.GivenName).IsText(100);
        RuleFor(person => person.FamilyName).IsText(100);
        RuleFor(person => person.Honorific).IsText(50);
        RuleFor(person => person.Title).IsText(200);
        RuleFor(person => person.DeathDate)
            .Must((person, death) => death is null || person.BirthDate is null || death >= person.BirthDate)
            .WithErrorCode("outOfRange")
            .WithMessage("It must not be before the day of birth.");
        RuleFor(person => person.Affiliations).HasAtMost(MostTies);
        RuleForEach(person => person.Affiliations)
            .ChildRules(affiliation =>
            {
                affiliation.RuleFor(one => one.Role).NotEmpty().WithMessage("A role is required.");
                affiliation.RuleFor(one => one.Role).IsText(200);
                affiliation
                    .RuleFor(one => one.Until)
                    .Must((one, until) => until is null || one.From is null || until >= one.From)
                    .WithErrorCode("outOfRange")
                    .WithMessage("It must not be before the first day.");
            })
            .When(person => person.Affiliations.Count <= MostTies);
    }
}

/// <summary>A person.</summary>
[OfKind(ConceptKind.Person)]
public sealed record PersonResponse : ConceptResponse, IConceptResponse<PersonResponse, Person>
{
    /// <summary>The given name or names.</summary>
    public string? GivenName { get; }

    /// <summary>The family name.</summary>
    public string? FamilyName { get; }

    /// <summary>A prefix of the name.</summary>
    public string? Honorific { get; }

    /// <summary>The current position.</summary>
    public string? Title { get; }

    /// <summary>The day of birth.</summary>
    public DateOnly? BirthDate { get; }

    /// <summary>The day of death.</summary>
    public DateOnly? DeathDate { get; }

    /// <summary>The organisations that the person belongs or belonged to.</summary>
    public IReadOnlyList<Affiliation> Affiliations { get; }

    private PersonResponse(Person person)
        : base(person)
    {
        (GivenName, FamilyName, Honorific, Title) = (person.GivenName, person.FamilyName, person.Honorific, person.Title);
        (BirthDate, DeathDate) = (person.BirthDate, person.DeathDate);
        Affiliations = [.. person.Affiliations.Select(tie => new Affiliation(LinkTo(tie.Named)!, tie.Role!, tie.From, tie.Until))];
    }

    static PersonResponse IConceptResponse<PersonResponse, Person>.Of(Person concept) => new(concept);
}
