using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace HeadlessCms.Core.Concepts;

/// <summary>The kind of a place.</summary>
public enum PlaceKind
{
    /// <summary>A country.</summary>
    Country,

    /// <summary>A part of a country, or of the world.</summary>
    Region,

    /// <summary>A city, town or village.</summary>
    City,

    /// <summary>A part of a city or region.</summary>
    District,

    /// <summary>A single site: a palace, a dam, a stadium.</summary>
    Site,
}

/// <summary>A place, from a continent to a single site.</summary>
public sealed class Place() : Concept(ConceptKind.Place)
{
    /// <summary>The kind of place.</summary>
    [MaxLength(10)]
    public PlaceKind? PlaceKind { get; set; }

    /// <summary>Degrees north (WGS 84), −90 to 90; only together with <see cref="Longitude"/>.</summary>
    public double? Latitude { get; set; }

    /// <summary>Degrees east (WGS 84), −180 to 180.</summary>
    public double? Longitude { get; set; }

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    [MaxLength(2), Column("country_code")]
    public string? CountryCode { get; set; }

    /// <inheritdoc/>
    protected override void AbsorbMembers(Concept other)
    {
        if (other is not Place place)
            return;
        (PlaceKind, CountryCode) = (PlaceKind ?? place.PlaceKind, CountryCode ?? place.CountryCode);
        if (Latitude is null)
            (Latitude, Longitude) = (place.Latitude, place.Longitude);
    }
}
