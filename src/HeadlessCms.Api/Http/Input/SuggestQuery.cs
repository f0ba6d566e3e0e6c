using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Http.Input;

/// <summary>Query parameters of suggestions.</summary>
public sealed class SuggestQuery
{
    /// <summary>The default limit.</summary>
    public const int DefaultLimit = 10;

    private static readonly string[] AllKinds = [.. ConceptKindNames.All.Select(names => names.Singular)];

    /// <summary>The text typed so far.</summary>
    [SearchWords]
    public string? Q { get; init; }

    /// <summary>Only concepts of these kinds, separated by commas.</summary>
    [ListOf<ConceptKind>]
    public string[]? Kind { get; init; }

    /// <summary>The maximum number of suggestions, 1 to 20.</summary>
    [Range(1, 20), DefaultValue(DefaultLimit)]
    public int? Limit { get; init; }

    /// <summary>The kinds that are asked for: all, where none is named.</summary>
    internal string[] Kinds => Kind is { Length: > 0 } sent ? [.. ListAttribute.ValuesOf(sent)] : AllKinds;
}
