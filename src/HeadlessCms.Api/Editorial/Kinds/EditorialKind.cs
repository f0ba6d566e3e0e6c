using System.Security.Claims;
using System.Text.Json.Nodes;
using HeadlessCms.Api.Editorial.Bulk;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Editorial.Sample;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Kinds;

/// <summary>A kind of concept with the types that Editorial has for it, which are marked with <see cref="OfKindAttribute"/>.</summary>
internal abstract class EditorialKind(ConceptKindNames names)
{
    public static readonly IReadOnlyList<EditorialKind> All =
    [
        .. ConceptKindNames.All.Select(names =>
            (EditorialKind)
                Activator.CreateInstance(
                    typeof(Typed<,,>).MakeGenericType(
                        names.Entity,
                        OfKindAttribute.TypeOf(typeof(ConceptRequest), names),
                        OfKindAttribute.TypeOf(typeof(ConceptResponse), names)
                    ),
                    names
                )!
        ),
    ];

    public ConceptKindNames Names { get; } = names;

    public abstract void Map(RouteGroupBuilder editorial);

    public abstract void MapBulk(RouteGroupBuilder editorial);

    /// <summary>Imports lines of the kind.</summary>
    public abstract IAsyncEnumerable<IReadOnlyList<BulkResult>> Import(LineImport import);

    /// <summary>Saves those of the sample.</summary>
    public abstract Task FillAsync(SampleFiller filler, JsonArray rows);

    /// <summary>Creates a concept of the members of a request.</summary>
    public abstract Task<Guid> CreateAsync(
        ConceptCreator creator,
        JsonObject members,
        ClaimsPrincipal caller,
        CancellationToken cancellation
    );

    private sealed class Typed<TConcept, TRequest, TResponse>(ConceptKindNames names) : EditorialKind(names)
        where TConcept : Concept, new()
        where TRequest : ConceptRequest, IConceptRequest<TRequest, TConcept>
        where TResponse : ConceptResponse, IConceptResponse<TResponse, TConcept>
    {
        public override void Map(RouteGroupBuilder editorial) => ConceptEndpoints<TConcept, TRequest, TResponse>.Map(editorial, Names);

        public override void MapBulk(RouteGroupBuilder editorial) => editorial.MapConcepts<TConcept, TRequest>(Names);

        public override IAsyncEnumerable<IReadOnlyList<BulkResult>> Import(LineImport import) =>
            import.Run<TRequest, ConceptBulkWriter<TConcept, TRequest>>();

        public override Task FillAsync(SampleFiller filler, JsonArray rows) => filler.ConceptsAsync<TConcept, TRequest>(rows);

        public override Task<Guid> CreateAsync(
            ConceptCreator creator,
            JsonObject members,
            ClaimsPrincipal caller,
            CancellationToken cancellation
        ) => creator.CreateAsync<TConcept, TRequest>(members, caller, cancellation);
    }
}
