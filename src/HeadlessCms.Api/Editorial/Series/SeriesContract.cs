using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Series;

/// <summary>A series to save.</summary>
[OfKind(ConceptKind.Series)]
[ConceptExamples(
    Create = """{ "name": "A Year of Exchange", "description": "Students tell of a year abroad, month by month." }""",
    Created = "a-year-of-exchange",
    Save = """
        { "name": "A Year of Exchange", "description": "Twelve students tell of a year abroad, month by month.",
          "labels": { "ja": "交換留学の一年" } }
        """,
    Patch = """{ "public": true }""",
    Lines = ["""{"name":"Letters from the Pamirs","slug":"letters-from-the-pamirs","description":"One letter a season."}"""],
    Sample = "small-works",
    Duplicate = "minor-works",
    MergedInto = "small-works"
)]
public sealed record SeriesRequest : ConceptRequest, IConceptRequest<SeriesRequest, StorySeries>
{
    static SeriesRequest IConceptRequest<SeriesRequest, StorySeries>.Of(StorySeries series) =>
        Fill(new SeriesRequest { Name = series.Name }, series);

    void IConceptRequest<SeriesRequest, StorySeries>.WriteTo(StorySeries series, ConceptReferences references) { }
}

internal sealed class SeriesRequestValidator() : ConceptRequestValidator<SeriesRequest>(ConceptKind.Series);

/// <summary>A series.</summary>
[OfKind(ConceptKind.Series)]
public sealed record SeriesResponse : ConceptResponse, IConceptResponse<SeriesResponse, StorySeries>
{
    private SeriesResponse(StorySeries series)
        : base(series) { }

    static SeriesResponse IConceptResponse<SeriesResponse, StorySeries>.Of(StorySeries concept) => new(concept);
}
