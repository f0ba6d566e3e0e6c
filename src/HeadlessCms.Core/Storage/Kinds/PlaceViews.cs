using System.ComponentModel.DataAnnotations.Schema;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Core.Storage.Kinds;

/// <summary>A place that an article names.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Name">The display name.</param>
/// <param name="Relation">How the article relates to the place.</param>
/// <param name="Kind">The kind of place.</param>
/// <param name="CountryCode">ISO 3166-1 alpha-2.</param>
/// <param name="Latitude">Degrees north (WGS 84).</param>
/// <param name="Longitude">Degrees east (WGS 84).</param>
[OfKind(ConceptKind.Place)]
public sealed record MentionedPlace(
    Guid Id,
    string Slug,
    string Name,
    Relation Relation,
    PlaceKind? Kind,
    string? CountryCode,
    double? Latitude,
    double? Longitude
) : PlaceLink(Id, Slug, Name, Kind, CountryCode, Latitude, Longitude), IMention;

/// <summary>A place that readers may see.</summary>
[OfKind(ConceptKind.Place)]
public sealed class LivePlace : LiveConcept
{
    /// <summary>The kind of place.</summary>
    public PlaceKind? PlaceKind { get; private set; }

    /// <summary>Degrees north (WGS 84).</summary>
    public double? Latitude { get; private set; }

    /// <summary>Degrees east (WGS 84).</summary>
    public double? Longitude { get; private set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    [Column("country_code")]
    public string? CountryCode { get; private set; }
}
