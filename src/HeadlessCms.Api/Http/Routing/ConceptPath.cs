using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Http.Routing;

/// <summary>The concept in a path such as <c>/people/{person}</c>, by id or slug.</summary>
internal sealed record ConceptPath(ConceptKind Kind, string IdOrSlug)
{
    public static ValueTask<ConceptPath?> BindAsync(HttpContext context)
    {
        var names = context.GetEndpoint()!.Metadata.GetRequiredMetadata<ConceptKindNames>();
        return ValueTask.FromResult<ConceptPath?>(new(names.Kind, (string)context.GetRouteValue(names.Singular)!));
    }
}
