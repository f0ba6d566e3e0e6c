using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Http.Input;

/// <summary>A query parameter for each kind of concept, called as one of the kind: <c>person</c>.</summary>
public sealed class KindParameters
{
    /// <summary>No parameter.</summary>
    public static readonly KindParameters None = new(new QueryCollection());

    private readonly IQueryCollection _query;

    private KindParameters(IQueryCollection query) => _query = query;

    /// <summary>The values of the parameter of a kind, in the order of the request.</summary>
    internal IEnumerable<string> this[ConceptKindNames kind] => _query[kind.Singular].OfType<string>();

    /// <summary>Reads the parameters.</summary>
    public static ValueTask<KindParameters?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult<KindParameters?>(new(context.Request.Query));
    }
}

/// <summary>Describes the parameters of the kinds of concepts.</summary>
/// <param name="text">What the parameter of a kind is for, with words for any kind.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KindParametersAttribute(string text) : Attribute
{
    /// <summary>What the parameter of a kind is for, with words for any kind.</summary>
    public string Text { get; } = text;

    /// <summary>Whether a parameter may be repeated.</summary>
    public bool MayRepeat { get; init; }
}
