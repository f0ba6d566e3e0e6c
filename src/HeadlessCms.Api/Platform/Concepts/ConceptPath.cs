using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Platform.Concepts;

/// <summary>The concept that a path names: <c>/people/{person}</c>, by id or slug.</summary>
/// <param name="Kind">Its kind, as the route has it.</param>
/// <param name="Named">Its id or slug.</param>
internal sealed record ConceptPath(ConceptKind Kind, string Named)
{
    public static ValueTask<ConceptPath?> BindAsync(HttpContext context)
    {
        var words = context.GetEndpoint()!.Metadata.GetRequiredMetadata<KindWords>();
        return ValueTask.FromResult<ConceptPath?>(new(words.Kind, (string)context.GetRouteValue(words.One)!));
    }
}
