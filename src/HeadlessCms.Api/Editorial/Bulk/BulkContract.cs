using System.Text.Json.Serialization;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>The outcome of a line.</summary>
public enum BulkStatus
{
    /// <summary>It was created.</summary>
    Created,

    /// <summary>A new revision or version was saved.</summary>
    Updated,

    /// <summary>Nothing changed.</summary>
    Unchanged,

    /// <summary>The line was refused; other lines are not affected.</summary>
    Refused,
}

/// <summary>The result of a line.</summary>
/// <param name="Line">The number of the line, from 1.</param>
/// <param name="Status">The outcome.</param>
public sealed record BulkResult(int Line, BulkStatus Status)
{
    /// <summary>The id of the article or concept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Id { get; init; }

    /// <summary>The slug.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Slug { get; init; }

    /// <summary>The number of the revision, or of the version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Revision { get; init; }

    /// <summary>What the HTML for readers does not have of the line's text, or has otherwise, if the text was rendered for this.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SaveWarning>? Warnings { get; init; }

    /// <summary>The reason for the refusal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Problem? Problem { get; init; }
}

/// <summary>A line of articles: an article's content, and when it was published.</summary>
public sealed record ArticleLineRequest : ArticleRequest
{
    /// <summary>With <c>publish=true</c>: when it went live, or will; now by default, and where the article was live before.</summary>
    public DateTimeOffset? PublishedAt { get; init; }
}

internal sealed class ArticleLineRequestValidator : FluentValidation.AbstractValidator<ArticleLineRequest>
{
    public ArticleLineRequestValidator(ArticleRequestValidator article) => Include(article);
}

/// <summary>The parameters of a bulk request of articles.</summary>
public sealed class ArticleBulkQuery
{
    /// <summary><c>true</c> publishes each saved article; requires the role <c>editor</c>.</summary>
    [System.ComponentModel.DefaultValue(false)]
    public bool? Publish { get; init; }
}
