using FluentValidation;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.Places;

/// <summary>A place to save.</summary>
[OfKind(ConceptKind.Place)]
[ConceptExamples(
    Create = """
        { "name": "Exampleville", "kind": "city", "within": "tajikistan",
          "latitude": 38.5, "longitude": 68.75, "countryCode": "TJ" }
        """,
    Created = "exampleville",
    Save = """
        { "name": "Exampleville", "kind": "city", "within": "tajikistan", "latitude": 38.56,
          "longitude": 68.77, "countryCode": "TJ", "description": "A city that exists in examples." }
        """,
    Patch = """{ "aliases": ["Example Town"] }""",
    Lines = [
        """{"name":"Example County","slug":"example-county","kind":"region","within":"tajikistan"}""",
        """{"name":"Exampleton","slug":"exampleton","kind":"city","within":"example-county"}""",
    ],
    Sample = "tokyo",
    Duplicate = "city-of-dushanbe",
    MergedInto = "dushanbe"
)]
public sealed record PlaceRequest : ConceptRequest, IConceptRequest<PlaceRequest, Place>
{
    /// <summary>The kind of place.</summary>
    public PlaceKind? Kind { get; init; }

    /// <summary>The place that it lies within, by id or slug. The hierarchy has no cycles.</summary>
    public string? Within { get; init; }

    /// <summary>Degrees north (WGS 84), −90 to 90; only together with the longitude.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east (WGS 84), −180 to 180.</summary>
    public double? Longitude { get; init; }

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    public string? CountryCode { get; init; }

    internal override (string Member, string? Named) Parent => (nameof(Within), Within);

    static PlaceRequest IConceptRequest<PlaceRequest, Place>.Of(Place place) =>
        Fill(
            new PlaceRequest
            {
                Name = place.Name,
                Kind = place.PlaceKind,
                Within = place.Parent?.Slug,
                Latitude = place.Latitude,
                Longitude = place.Longitude,
                CountryCode = place.CountryCode,
            },
            place
        );

    void IConceptRequest<PlaceRequest, Place>.WriteTo(Place place, ConceptReferences references)
    {
        (place.PlaceKind, place.CountryCode) = (Kind, CountryCode);
        (place.Latitude, place.Longitude) = (Latitude, Longitude);
    }
}

internal sealed class PlaceRequestValidator : ConceptRequestValidator<PlaceRequest>
{
    public PlaceRequestValidator()
        : base(ConceptKind.Place)
    {
        RuleFor(place => place.Latitude).InclusiveBetween(-90, 90).WithMessage("From -90 to 90 degrees.");
        RuleFor(place => place.Longitude).InclusiveBetween(-180, 180).WithMessage("From -180 to 180 degrees.");
        RuleFor(place => place.Longitude)
            .Must((place, longitude) => longitude is null == place.Latitude is null)
            .WithErrorCode("incomplete")
            .WithMessage("Latitude and longitude must be given together.");
        RuleFor(place => place.CountryCode).IsCountry();
    }
}

/// <summary>A place.</summary>
[OfKind(ConceptKind.Place)]
public sealed record PlaceResponse : ConceptResponse, IConceptResponse<PlaceResponse, Place>
{
    /// <summary>The kind of place.</summary>
    public PlaceKind? Kind { get; }

    /// <summary>The place that it lies within.</summary>
    public ConceptLink? Within { get; }

    /// <summary>Degrees north (WGS 84).</summary>
    public double? Latitude { get; }

    /// <summary>Degrees east (WGS 84).</summary>
    public double? Longitude { get; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? CountryCode { get; }

    private PlaceResponse(Place place)
        : base(place)
    {
        (Kind, Within, CountryCode) = (place.PlaceKind, ParentOf(place), place.CountryCode);
        (Latitude, Longitude) = (place.Latitude, place.Longitude);
    }

    static PlaceResponse IConceptResponse<PlaceResponse, Place>.Of(Place concept) => new(concept);
}
