using FluentValidation;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Core.Concepts;

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
        { "name": "Ada Example", "givenName": "Ada", "familyName": "Example",
          "title": "Director of the Exchange Office", "aliases": ["A. Example"] }
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
            },
            person
        );

    void IConceptRequest<PersonRequest, Person>.WriteTo(Person person)
    {
        (person.GivenName, person.FamilyName, person.Honorific, person.Title) = (GivenName, FamilyName, Honorific, Title);
        (person.BirthDate, person.DeathDate) = (BirthDate, DeathDate);
    }
}

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

    private PersonResponse(Person person)
        : base(person)
    {
        (GivenName, FamilyName, Honorific, Title) = (person.GivenName, person.FamilyName, person.Honorific, person.Title);
        (BirthDate, DeathDate) = (person.BirthDate, person.DeathDate);
    }

    static PersonResponse IConceptResponse<PersonResponse, Person>.Of(Person concept) => new(concept);
}
