using System.ComponentModel;
using HeadlessCms.Api.Content.Search;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>What a live article can be asked for.</summary>
public sealed class ArticleQuery
{
    /// <summary>
    /// Picks members, and members of members: <c>headline,people.name</c>. The others are missing; without it all are there.
    /// </summary>
    [FieldsOf<ArticleItem>("ArticleField")]
    public string[]? Fields { get; init; }
}

/// <summary>What every list of live articles can be asked for.</summary>
public class ArticlePageQuery : PageQuery
{
    /// <summary>By when it was first published, newest or oldest first, or by when what readers see was published, newest first.</summary>
    [OneOf(ArticleOrder.Newest, ArticleOrder.Oldest, ArticleOrder.NewestUpdate), DefaultValue(ArticleOrder.Newest)]
    public virtual string? Sort { get; init; }

    /// <summary>
    /// Picks members of the articles, and members of members: <c>headline,people.name</c>. The others are missing; without it all but
    /// <c>bodyHtml</c> are there.
    /// </summary>
    [FieldsOf<ArticleItem>("ArticleField")]
    public string[]? Fields { get; init; }

    /// <summary>
    /// Counts the articles of the whole list by what they name: <c>topics,people</c>. The counts are the same on every page of it.
    /// </summary>
    [ListOf<ArticleFacet>]
    public string[]? Facets { get; init; }
}

/// <summary>What the list of all live articles can be asked for.</summary>
public sealed class ArticleSearchPageQuery : ArticlePageQuery
{
    /// <summary>
    /// By when it was first published, newest or oldest first, or by when what readers see was published, newest first; with <c>q</c>, what
    /// is about its words first.
    /// </summary>
    [OneOf(ArticleOrder.Newest, ArticleOrder.Oldest, ArticleOrder.NewestUpdate, Relevance.Sort), DefaultValue(ArticleOrder.Newest)]
    public override string? Sort { get; init; }
}

/// <summary>Which live articles are asked for: in lists and in feeds.</summary>
public sealed class ArticleListQuery
{
    /// <summary>These articles alone, by id or slug, at most 100: commas between them.</summary>
    [List(RequestedArticles.Most)]
    public string[]? Ids { get; init; }

    /// <summary>
    /// Has these words, in whatever form the language of the article gives them: all of them. <c>"quotes"</c> keep words together,
    /// <c>or</c> lets one do, <c>-</c> before a word leaves out what has it.
    /// </summary>
    [SearchWords]
    public string? Q { get; init; }

    /// <summary>Names these people, by id or slug: repeat it for AND, comma for OR.</summary>
    public string[]? Person { get; init; }

    /// <summary>Names these places, or places within them: repeat it for AND, comma for OR.</summary>
    public string[]? Place { get; init; }

    /// <summary>Names these topics, or narrower ones: repeat it for AND, comma for OR.</summary>
    public string[]? Topic { get; init; }

    /// <summary>Written by these people: repeat it for AND, comma for OR.</summary>
    public string[]? Author { get; init; }

    /// <summary>Only mentions of this relation count.</summary>
    [OneOf<Relation>]
    public string? Relation { get; init; }

    /// <summary><c>false</c> leaves out the places within a place and the narrower topics of a topic.</summary>
    [DefaultValue(true)]
    public bool? Descendants { get; init; }

    /// <summary>In this language: a BCP 47 tag.</summary>
    public string? Language { get; init; }

    /// <summary>Of this form: <c>news</c>, <c>analysis</c> …</summary>
    public string? Genre { get; init; }

    /// <summary>Supplied by this source, as the dateline has it.</summary>
    public string? Source { get; init; }

    /// <summary>First published after this instant.</summary>
    public DateTimeOffset? PublishedAfter { get; init; }

    /// <summary>First published before this instant.</summary>
    public DateTimeOffset? PublishedBefore { get; init; }

    /// <summary>
    /// The concepts that are asked for, each by alternatives: people before topics before places, because the list is read from the first
    /// of them and that is best rare.
    /// </summary>
    internal IEnumerable<RequestedConcepts> Concepts
    {
        get
        {
            var rule = AppearanceRule.Of(this);
            return
            [
                .. RequestedConcepts.Of(AppearanceKind.Named, ConceptKindNames.People, Person, rule),
                .. RequestedConcepts.Of(AppearanceKind.Author, ConceptKindNames.People, Author, default),
                .. RequestedConcepts.Of(AppearanceKind.Named, ConceptKindNames.Topics, Topic, rule),
                .. RequestedConcepts.Of(AppearanceKind.Named, ConceptKindNames.Places, Place, rule),
            ];
        }
    }

    /// <summary>Whether it names words and nothing else.</summary>
    internal bool AsksForWordsAlone =>
        this is { Q: not null, Ids: null or [], Language: null, Genre: null, Source: null, PublishedAfter: null, PublishedBefore: null }
        && !Concepts.Any();
}

/// <summary>Concepts of a kind of which an article must name one.</summary>
internal sealed record RequestedConcepts(AppearanceKind Appearance, ConceptKindNames Kind, string[] Names, AppearanceRule Rule)
{
    public static IEnumerable<RequestedConcepts> Of(
        AppearanceKind appearance,
        ConceptKindNames kind,
        string[]? parameter,
        AppearanceRule rule
    ) =>
        (parameter ?? []).Select(alternatives => new RequestedConcepts(
            appearance,
            kind,
            [.. ListAttribute.ValuesOf([alternatives])],
            rule
        ));
}
