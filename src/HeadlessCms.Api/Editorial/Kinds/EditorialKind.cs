using HeadlessCms.Api.Editorial.Bulk;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Editorial.People;
using HeadlessCms.Api.Editorial.Places;
using HeadlessCms.Api.Editorial.Topics;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Kinds;

/// <summary>A kind of concept with the types that Editorial has for it. <see cref="All"/> is the one table of them.</summary>
internal abstract class EditorialKind(ConceptKindNames names)
{
    public static readonly IReadOnlyList<EditorialKind> All =
    [
        new Typed<Person, PersonRequest, PersonResponse>(ConceptKindNames.People),
        new Typed<Place, PlaceRequest, PlaceResponse>(ConceptKindNames.Places),
        new Typed<Topic, TopicRequest, TopicResponse>(ConceptKindNames.Topics),
    ];

    public ConceptKindNames Names { get; } = names;

    public abstract void Map(RouteGroupBuilder editorial);

    public abstract void MapBulk(RouteGroupBuilder editorial);

    /// <summary>Imports lines of the kind.</summary>
    public abstract IAsyncEnumerable<IReadOnlyList<BulkResult>> Import(LineImport import);

    private sealed class Typed<TConcept, TRequest, TResponse>(ConceptKindNames names) : EditorialKind(names)
        where TConcept : Concept, new()
        where TRequest : ConceptRequest, IConceptRequest<TRequest, TConcept>
        where TResponse : ConceptResponse, IConceptResponse<TResponse, TConcept>
    {
        public override void Map(RouteGroupBuilder editorial) => ConceptEndpoints<TConcept, TRequest, TResponse>.Map(editorial, Names);

        public override void MapBulk(RouteGroupBuilder editorial) => editorial.MapConcepts<TConcept, TRequest>(Names);

        public override IAsyncEnumerable<IReadOnlyList<BulkResult>> Import(LineImport import) =>
            import.Run<TRequest, ConceptBulkWriter<TConcept, TRequest>>();
    }
}
