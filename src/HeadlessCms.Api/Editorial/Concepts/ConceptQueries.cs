using HeadlessCms.Api.Http.Paging;

namespace HeadlessCms.Api.Editorial.Concepts;

/// <summary>What a list of concepts can be asked for.</summary>
public sealed class ConceptListQuery : PageQuery
{
    /// <summary>Only those that have this text in their name, an alias, a label or the slug, in any case.</summary>
    public string? Q { get; init; }
}

/// <summary>What the list of a concept's articles can be asked for.</summary>
public sealed class ConceptArticlesQuery : PageQuery
{
    /// <summary><c>true</c> takes in the articles of which only an older revision names it, and those in the trash.</summary>
    [System.ComponentModel.DefaultValue(false)]
    public bool? History { get; init; }
}

/// <summary>What a concept is merged into.</summary>
/// <param name="Into">Another of its kind, by id or slug.</param>
public sealed record MergeRequest(string Into);
