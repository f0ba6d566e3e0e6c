using System.ComponentModel;
using HeadlessCms.Api.Content.Search;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Query parameters for reading a live article.</summary>
public sealed class ArticleQuery
{
    /// <summary>
    /// The members to return, such as <c>headline,people.name</c>; by default all. The response omits all other members, also those that
    /// its schema requires; its type is then <c>SelectedArticle</c>.
    /// </summary>
    [FieldsOf<ArticleItem>("ArticleField")]
    public string[]? Fields { get; init; }

    /// <summary>
    /// Languages in the order of preference, such as <c>fr,en</c>: the same story in the first of them in which it is live, or else the
    /// article itself. BCP 47 tags, without regard to case; en takes in en-GB.
    /// </summary>
    [List(LanguageChain.MaxCount)]
    public string[]? Language { get; init; }
}

/// <summary>Query parameters of lists of live articles.</summary>
public class ArticlePageQuery : PageQuery
{
    /// <summary>The sort order: by first publication (newest or oldest first) or by latest publication (newest first).</summary>
    [OneOf("ArticleSort", ArticleOrder.Newest, ArticleOrder.Oldest, ArticleOrder.NewestUpdate), DefaultValue(ArticleOrder.Newest)]
    public virtual string? Sort { get; init; }

    /// <summary>
    /// The members to return, such as <c>headline,people.name</c>; by default all except <c>bodyHtml</c>. The items omit all other members,
    /// also those that their schema requires; their type is then <c>SelectedArticleItem</c>.
    /// </summary>
    [FieldsOf<ArticleItem>("ArticleField")]
    public string[]? Fields { get; init; }

    /// <summary>The facets to count over the whole list: <c>topics,people</c>. The counts are the same on every page.</summary>
    [Facets]
    public string[]? Facets { get; init; }
}

/// <summary>Query parameters of the list of all live articles.</summary>
public sealed class ArticleSearchPageQuery : ArticlePageQuery
{
    /// <summary>
    /// The sort order: by first publication (newest or oldest first), by latest publication, or, with <c>q</c>, by relevance.
    /// </summary>
    [
        OneOf("ArticleListSort", ArticleOrder.Newest, ArticleOrder.Oldest, ArticleOrder.NewestUpdate, Relevance.Sort),
        DefaultValue(ArticleOrder.Newest)
    ]
    public override string? Sort { get; init; }
}

/// <summary>Filters of live articles, in lists and in feeds.</summary>
public sealed class ArticleListQuery
{
    /// <summary>Only these articles, by id or slug, separated by commas; at most 100.</summary>
    [List(RequestedArticles.MaxCount)]
    public string[]? Ids { get; init; }

    /// <summary>
    /// Only articles that contain all of these words, in any inflected form of the article's language. <c>"quotes"</c> match a phrase,
    /// <c>or</c> matches either word, and <c>-</c> before a word excludes articles that contain it.
    /// </summary>
    [SearchWords]
    public string? Q { get; init; }

    /// <summary>The concepts that an article must name.</summary>
    [KindParameters(
        "Only articles that name these concepts or those below them, by id or slug; repeat the parameter for AND, use commas for OR.",
        MayRepeat = true
    )]
    public KindParameters Named { get; init; } = KindParameters.None;

    /// <summary>Only articles that these people wrote, by id or slug; repeat the parameter for AND, use commas for OR.</summary>
    public string[]? Author { get; init; }

    /// <summary>Ignores mentions with any other relation.</summary>
    [OneOf<Relation>]
    public string? Relation { get; init; }

    /// <summary>Whether a place includes the places within it, and a topic its narrower topics.</summary>
    [DefaultValue(true)]
    public bool? Descendants { get; init; }

    /// <summary>
    /// Only articles in this language: a BCP 47 tag, without regard to case; en takes in en-GB. Several, such as <c>fr,en</c>, are a chain
    /// of fallbacks: of each story one article, in the first of them in which the story is live.
    /// </summary>
    [List(LanguageChain.MaxCount)]
    public string[]? Language { get; init; }

    /// <summary>The only language that is asked for; null where there is none, or a chain.</summary>
    internal string? OneLanguage => LanguageChain.Of(Language) is [var one] ? one : null;

    /// <summary>Only articles of this genre: <c>news</c>, <c>analysis</c> …</summary>
    public string? Genre { get; init; }

    /// <summary>Only articles with this source in the dateline.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// Only the article that was at this URL, or at this path of any site, before it was imported:
    /// <c>https://old.example/2019/05/a-story/</c>, <c>/2019/05/a-story/</c>. The scheme and a slash at the end do not count.
    /// </summary>
    public string? FormerUrl { get; init; }

    /// <summary>Only articles first published after this instant.</summary>
    public DateTimeOffset? PublishedAfter { get; init; }

    /// <summary>Only articles first published before this instant.</summary>
    public DateTimeOffset? PublishedBefore { get; init; }

    /// <summary>
    /// The requested concepts, each with its alternatives. The rarest should lead, so the kinds come by their breadth.
    /// </summary>
    internal IEnumerable<RequestedConcepts> Concepts
    {
        get
        {
            var rule = AppearanceRule.Of(this);
            return ConceptKindNames
                .All.SelectMany(kind => RequestedConcepts.Of(AppearanceKind.Subject, kind, Named[kind], kind.HasParts ? default : rule))
                .Concat(RequestedConcepts.Of(AppearanceKind.Author, ConceptKindNames.People, Author ?? [], default))
                .OrderBy(requested => requested.Kind.Breadth);
        }
    }

    /// <summary>Whether <c>q</c> is the only filter.</summary>
    internal bool HasOnlySearchWords =>
        this
            is {
                Q: not null,
                Ids: null or [],
                Language: null or [],
                Genre: null,
                Source: null,
                FormerUrl: null,
                PublishedAfter: null,
                PublishedBefore: null
            }
        && !Concepts.Any();
}

/// <summary>Concepts of a kind of which an article must name one.</summary>
internal sealed record RequestedConcepts(AppearanceKind Appearance, ConceptKindNames Kind, string[] Names, AppearanceRule Rule)
{
    public static IEnumerable<RequestedConcepts> Of(
        AppearanceKind appearance,
        ConceptKindNames kind,
        IEnumerable<string> parameter,
        AppearanceRule rule
    ) =>
        parameter
            .Select(alternatives => ListAttribute.ValuesOf([alternatives]).Distinct().Order(StringComparer.Ordinal).ToArray())
            .DistinctBy(names => string.Join(',', names))
            .Select(names => new RequestedConcepts(appearance, kind, names, rule));
}
