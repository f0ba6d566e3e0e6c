using HeadlessCms.Api.Http.Paging;

namespace HeadlessCms.Api.Editorial.Concepts;

/// <summary>The parameters of a list of concepts.</summary>
public sealed class ConceptListQuery : PageQuery
{
    /// <summary>Concepts with this text in the name, an alias, a label or the slug; case-insensitive.</summary>
    public string? Q { get; init; }
}

/// <summary>The parameters of the list of a concept's articles.</summary>
public sealed class ConceptArticlesQuery : PageQuery
{
    /// <summary><c>true</c> includes articles of which only an older revision names it, and those in the trash.</summary>
    [System.ComponentModel.DefaultValue(false)]
    public bool? History { get; init; }
}

/// <summary>The target of a merge.</summary>
/// <param name="Into">Another of its kind, by id or slug.</param>
public sealed record MergeRequest(string Into);
