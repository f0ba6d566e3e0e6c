using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Cache tags and expiry of responses that show articles.</summary>
internal static class ArticleCacheExtensions
{
    /// <summary>Adds the modification time of an article and the concepts that it names.</summary>
    public static CacheContext AddArticle(this CacheContext cache, ArticleItem article) =>
        cache.AddConcepts(article.ConceptIds).ModifiedAt(article.UpdatedAt).ModifiedAt(article.Story?.ChangedAt);

    /// <summary>
    /// The response shows only this article and expires with its publication, or when a translation begins or ends. Where it shows the
    /// articles beside it in a series, any publication may change it: to look for the next one of a series could cost more than the rest.
    /// </summary>
    public static CacheContext AddSingleArticle(this CacheContext cache, ArticleItem article)
    {
        cache.AddArticle(article).AddTags(CacheTags.Article(article.Id));
        return article.Part is not null
            ? cache
            : cache.Until(article.Story?.Until is { } until && !(article.LiveUntil < until) ? until : article.LiveUntil);
    }

    /// <summary>The same for an article that is kept, which is in no series and has no translations.</summary>
    public static CacheContext AddSingleArticle(this CacheContext cache, KeptArticle article, DateTimeOffset? liveUntil) =>
        cache.AddConcepts(article.ConceptIds).ModifiedAt(article.UpdatedAt).AddTags(CacheTags.Article(article.Id)).Until(liveUntil);

    /// <summary>
    /// Adds the tags of a filtered list. Every article that enters or leaves it names all concepts of the filter, so one of them is enough.
    /// </summary>
    public static CacheContext Lists(this CacheContext cache, ArticleListQuery filter)
    {
        if (filter.Concepts.FirstOrDefault() is { } concepts)
            return cache
                .AddTags(concepts.Names.Where(IsName).Select(name => CacheTags.Naming(concepts.Kind.Singular, name)))
                .LooksBelow(concepts.Kind.HasHierarchy && filter.Descendants != false);
        return RequestedArticles.Of(filter)?.Ids is { } ids
            ? cache.AddTags(ids.Select(CacheTags.Article))
            : cache.AddTags(CacheTags.Articles);
    }

    /// <summary>Adds the tags of the list of articles that name a concept or one of its descendants.</summary>
    public static CacheContext ListsNaming(this CacheContext cache, ConceptKindNames kind, Guid concept) =>
        cache.AddTags(CacheTags.Naming(kind.Singular, concept.ToString("D")), CacheTags.Concept(concept)).LooksBelow(true);

    // Other values match nothing and are not valid in a header.
    private static bool IsName(string name) => Slug.IsValid(name, SlugScript.Unicode) || Guid.TryParseExact(name, "D", out _);

    private static CacheContext LooksBelow(this CacheContext cache, bool below) => below ? cache.AddTags(CacheTags.Tree) : cache;
}
