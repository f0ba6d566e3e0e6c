using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>What answers that tell of articles concern.</summary>
internal static class ArticleCacheExtensions
{
    /// <summary>It tells of this article: of what it says, and of the concepts that it names.</summary>
    public static CacheContext AddArticle(this CacheContext fresh, ArticleItem article)
    {
        ConceptLink?[] named = [.. article.Authors, .. article.Mentions.Select(mention => mention.Concept), article.Dateline?.Place];
        return fresh.AddConcepts(named.OfType<ConceptLink>().Select(concept => concept.Id)).ModifiedAt(article.UpdatedAt);
    }

    /// <summary>It tells of this article alone, while its publication holds.</summary>
    public static CacheContext TellsAlone(this CacheContext fresh, ArticleItem article) =>
        fresh.AddArticle(article).AddTags(CacheTags.Article(article.Id)).Until(article.LiveUntil);

    /// <summary>
    /// It lists what a filter lets through: what comes into the list or goes names each of the concepts that it asks for, so one of them is
    /// enough.
    /// </summary>
    public static CacheContext Lists(this CacheContext fresh, ArticleListQuery filter)
    {
        if (filter.Concepts.FirstOrDefault() is { } concepts)
            return fresh
                .AddTags(concepts.Names.Where(IsName).Select(name => CacheTags.Naming(concepts.Kind.Singular, name)))
                .LooksBelow(concepts.Kind.HasHierarchy && filter.Descendants != false);
        return RequestedArticles.Of(filter)?.Ids is { } asked
            ? fresh.AddTags(asked.Select(CacheTags.Article))
            : fresh.AddTags(CacheTags.Articles);
    }

    /// <summary>It lists what names a concept, or what lies below it.</summary>
    public static CacheContext ListsNaming(this CacheContext fresh, ConceptKindNames kind, Guid concept) =>
        fresh.AddTags(CacheTags.Naming(kind.Singular, concept.ToString("D")), CacheTags.Concept(concept)).LooksBelow(true);

    // Anything else names nothing, and has no place in a header.
    private static bool IsName(string name) => Slug.IsValid(name) || Guid.TryParseExact(name, "D", out _);

    private static CacheContext LooksBelow(this CacheContext fresh, bool below) => below ? fresh.AddTags(CacheTags.Tree) : fresh;
}
