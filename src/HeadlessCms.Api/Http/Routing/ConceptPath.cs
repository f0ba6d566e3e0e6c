using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Http.Routing;

/// <summary>The concept that a path names: <c>/people/{person}</c>, by id or slug.</summary>
/// <param name="Kind">Its kind, as the route has it.</param>
/// <param name="IdOrSlug">Its id or slug.</param>
internal sealed record ConceptPath(ConceptKind Kind, string IdOrSlug)
{
    public static ValueTask<ConceptPath?> BindAsync(HttpContext context)
    {
        var names = context.GetEndpoint()!.Metadata.GetRequiredMetadata<ConceptKindNames>();
        return ValueTask.FromResult<ConceptPath?>(new(names.Kind, (string)context.GetRouteValue(names.Singular)!));
    }
}
