namespace HeadlessCms.Core.Articles;

/// <summary>A current or former slug of an article.</summary>
public sealed class ArticleSlug(string slug, Guid articleId)
{
    /// <summary>The slug, unique among articles.</summary>
    public string Slug { get; private set; } = slug;

    /// <summary>The article that it leads to.</summary>
    public Guid ArticleId { get; set; } = articleId;
}
