using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Cache tags and expiry of responses that show articles.</summary>
internal static class ArticleCacheExtensions
{
    /// <summary>Adds the modification time of an article and the concepts that it names.</summary>
    public static CacheContext AddArticle(this CacheContext cache, ArticleItem article)
    {
        ConceptLink?[] concepts = [.. article.Authors, .. article.People, .. article.Places, .. article.Topics, article.Dateline?.Place];
        return cache.AddConcepts(concepts.OfType<ConceptLink>().Select(concept => concept.Id)).ModifiedAt(article.UpdatedAt);
    }

    /// <summary>The response shows only this article and expires with its publication.</summary>
    public static CacheContext TellsAlone(this CacheContext cache, ArticleItem article) =>
        cache.AddArticle(article).AddTags(CacheTags.Article(article.Id)).Until(article.LiveUntil);

    /// <summary>
    /// Adds the tags of a filtered list. Every article that enters or leaves it names all concepts of the filter, so one of them is enough.
    /// </summary>
    public static CacheContext Lists(this CacheContext cache, ArticleListQuery filter)
    {
        var below = filter.Descendants != false;
        return First(filter.Person) is { } people
                ? cache.AddTags(people.Select(name => CacheTags.Naming(ConceptKindNames.People.Singular, name)))
            : First(filter.Author) is { } authors
                ? cache.AddTags(authors.Select(name => CacheTags.Naming(ConceptKindNames.People.Singular, name)))
            : First(filter.Topic) is { } topics
                ? cache.AddTags(topics.Select(name => CacheTags.Naming(ConceptKindNames.Topics.Singular, name))).LooksBelow(below)
            : First(filter.Place) is { } places
                ? cache.AddTags(places.Select(name => CacheTags.Naming(ConceptKindNames.Places.Singular, name))).LooksBelow(below)
            : RequestedArticles.Of(filter)?.Ids is { } ids ? cache.AddTags(ids.Select(CacheTags.Article))
            : cache.AddTags(CacheTags.Articles);
    }

    /// <summary>Adds the tags of the list of articles that name a concept or one of its descendants.</summary>
    public static CacheContext ListsNaming(this CacheContext cache, ConceptKindNames kind, Guid concept) =>
        cache.AddTags(CacheTags.Naming(kind.Singular, concept.ToString("D")), CacheTags.Concept(concept)).LooksBelow(true);

    private static string[]? First(string[]? parameter) =>
        parameter is [var alternatives, ..] ? ListAttribute.ValuesOf([alternatives]).Where(IsName).ToArray() : null;

    // Other values match nothing and are not valid in a header.
    private static bool IsName(string name) => Slug.IsValid(name) || Guid.TryParseExact(name, "D", out _);

    private static CacheContext LooksBelow(this CacheContext cache, bool below) => below ? cache.AddTags(CacheTags.Tree) : cache;
}
