using System.Text.Json.Serialization;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>What came of a line.</summary>
public enum BulkStatus
{
    /// <summary>It made something.</summary>
    Created,

    /// <summary>It saved a new revision or version of what was there.</summary>
    Updated,

    /// <summary>It says what is there already.</summary>
    Unchanged,

    /// <summary>It was refused; the other lines were not.</summary>
    Refused,
}

/// <summary>What came of one line.</summary>
/// <param name="Line">The number of the line, from 1.</param>
/// <param name="Status">What came of it.</param>
public sealed record BulkResult(int Line, BulkStatus Status)
{
    /// <summary>What it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Id { get; init; }

    /// <summary>The name in a URL.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Slug { get; init; }

    /// <summary>The number of the revision, or of the version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Revision { get; init; }

    /// <summary>Why it was refused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Problem? Problem { get; init; }
}

/// <summary>A line of articles: an article's content, and when it was published.</summary>
public sealed record ArticleLineRequest : ArticleRequest
{
    /// <summary>With <c>publish=true</c>: the instant at which it went live, or goes live; now where it is missing, or where the article was live before.</summary>
    public DateTimeOffset? PublishedAt { get; init; }
}

/// <summary>The rules of a line of articles: those of an article.</summary>
internal sealed class ArticleLineRequestValidator : FluentValidation.AbstractValidator<ArticleLineRequest>
{
    public ArticleLineRequestValidator(ArticleRequestValidator article) => Include(article);
}

/// <summary>What a bulk of articles can be asked for.</summary>
public sealed class ArticleBulkQuery
{
    /// <summary><c>true</c> publishes what is saved; it takes the role <c>editor</c>.</summary>
    [System.ComponentModel.DefaultValue(false)]
    public bool? Publish { get; init; }
}
