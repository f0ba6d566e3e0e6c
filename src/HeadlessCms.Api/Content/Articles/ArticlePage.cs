using System.Reflection;
using System.Text.Json.Serialization;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using Microsoft.AspNetCore.Http.Metadata;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>One page of a list of live articles.</summary>
/// <param name="Items">The articles of this page.</param>
/// <param name="NextCursor">Names the next page; null on the last one.</param>
public sealed record ArticlePage(IReadOnlyList<ArticleItem> Items, string? NextCursor) : Page<ArticleItem>(Items, NextCursor)
{
    /// <summary>With <c>facets</c>: what the articles of the whole list name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ArticleFacets? Facets { get; init; }
}

/// <summary>A page of live articles as an answer.</summary>
public sealed class ArticlePageResult : PageResult<ArticleItem>, IEndpointMetadataProvider
{
    internal ArticlePageResult(ArticlePage page, FieldSelection? picked)
        : base(page, picked) { }

    /// <inheritdoc/>
    public static new void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(ArticlePage), ["application/json"]));
    }
}
