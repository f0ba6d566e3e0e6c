using System.Reflection;
using System.Text.Json.Serialization;
using HeadlessCms.Api.Http.Html;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Previews;
using Microsoft.AspNetCore.Http.Metadata;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>A page of live articles.</summary>
/// <param name="Items">The articles on this page.</param>
/// <param name="NextCursor">The cursor of the next page; null on the last page.</param>
public sealed record ArticlePage(IReadOnlyList<ArticleItem> Items, string? NextCursor) : Page<ArticleItem>(Items, NextCursor)
{
    /// <summary>The facet counts of the whole list; only with <c>facets</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ArticleFacets? Facets { get; init; }
}

/// <summary>The same page with articles that are JSON already.</summary>
/// <param name="Items">The articles on this page.</param>
/// <param name="NextCursor">The cursor of the next page; null on the last page.</param>
internal sealed record WrittenArticlePage(IReadOnlyList<WrittenJson> Items, string? NextCursor) : Page<WrittenJson>(Items, NextCursor)
{
    /// <summary>The facet counts of the whole list; only with <c>facets</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ArticleFacets? Facets { get; init; }
}

/// <summary>A response with a page of live articles.</summary>
public sealed class ArticlePageResult : PageResult<ArticleItem>, IEndpointMetadataProvider
{
    private readonly WrittenArticlePage? _written;

    internal ArticlePageResult(ArticlePage page, FieldSelection? picked)
        : base(page, picked) { }

    internal ArticlePageResult(WrittenArticlePage page)
        : base(new([], page.NextCursor)) => _written = page;

    private protected override object? Written => _written;

    private protected override Func<HtmlPage>? PageOf(Page<ArticleItem> page, HttpContext context) =>
        context.Features.Get<Preview>() is { } preview ? () => ArticleListPreviewPage.Of(page, preview, context.Request) : null;

    /// <inheritdoc/>
    public static new void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(ArticlePage), ["application/json"]));
    }
}
