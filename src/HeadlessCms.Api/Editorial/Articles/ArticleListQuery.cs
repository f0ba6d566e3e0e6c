using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>The parameters of the list of working copies.</summary>
public sealed class ArticleListQuery : PageQuery
{
    /// <summary>Articles of this status.</summary>
    [OneOf<ArticleStatus>]
    public string? Status { get; init; }

    /// <summary>Articles by this author: an id or a slug.</summary>
    public string? Author { get; init; }

    /// <summary>Articles that name this person: an id or a slug.</summary>
    public string? Person { get; init; }

    /// <summary>Articles that name this place: an id or a slug.</summary>
    public string? Place { get; init; }

    /// <summary>Articles that name this topic: an id or a slug.</summary>
    public string? Topic { get; init; }

    /// <summary>Articles in this language: a BCP 47 tag.</summary>
    public string? Language { get; init; }

    /// <summary>Articles saved after this instant.</summary>
    public DateTimeOffset? SavedAfter { get; init; }

    /// <summary>Articles saved before this instant.</summary>
    public DateTimeOffset? SavedBefore { get; init; }

    /// <summary>Articles with this text in the headline, the standfirst or the slug; case-insensitive.</summary>
    public string? Q { get; init; }

    /// <summary>Newest saved first, or oldest.</summary>
    [OneOf("-savedAt", "savedAt"), System.ComponentModel.DefaultValue("-savedAt")]
    public string? Sort { get; init; }

    /// <summary>The concepts that an article must name, each by id or slug.</summary>
    internal IEnumerable<(ConceptKind Kind, string IdOrSlug)> Concepts =>
        new[] { (ConceptKind.Person, Person), (ConceptKind.Place, Place), (ConceptKind.Topic, Topic) }
            .Where(concept => concept.Item2 is not null)
            .Select(concept => (concept.Item1, concept.Item2!));
}
