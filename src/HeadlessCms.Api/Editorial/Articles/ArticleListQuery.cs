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

    /// <summary>The concepts that an article must name.</summary>
    [KindParameters("Articles that name this concept: an id or a slug.")]
    public KindParameters Named { get; init; } = KindParameters.None;

    /// <summary>Articles in this language: a BCP 47 tag, without regard to case; en takes in en-GB.</summary>
    public string? Language { get; init; }

    /// <summary>Articles saved after this instant.</summary>
    public DateTimeOffset? SavedAfter { get; init; }

    /// <summary>Articles saved before this instant.</summary>
    public DateTimeOffset? SavedBefore { get; init; }

    /// <summary>
    /// Articles whose working copy contains all of these words in the headline, standfirst, body or slug, in any inflected form of the
    /// article's language; the last word may be incomplete, from three letters on. <c>"quotes"</c> match a phrase, <c>or</c> matches either
    /// word, and <c>-</c> before a word excludes articles that contain it. The exact id, slug or external id of an article finds it too.
    /// </summary>
    [SearchWords]
    public string? Q { get; init; }

    /// <summary>Newest saved first, or oldest.</summary>
    [OneOf("ArticleSort", "-savedAt", "savedAt"), System.ComponentModel.DefaultValue("-savedAt")]
    public string? Sort { get; init; }

    /// <summary>The concepts that an article must name, each by id or slug.</summary>
    internal IEnumerable<(ConceptKind Kind, string IdOrSlug)> Concepts =>
        ConceptKindNames.All.SelectMany(kind => Named[kind].Select(idOrSlug => (kind.Kind, idOrSlug)));
}
