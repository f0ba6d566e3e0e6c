using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Articles;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>What the list of working copies can be asked for.</summary>
public sealed class ArticleListQuery : PageQuery
{
    /// <summary>Only those that stand so.</summary>
    [OneOf<ArticleStatus>]
    public string? Status { get; init; }

    /// <summary>Only those by this author: an id or a slug.</summary>
    public string? Author { get; init; }

    /// <summary>Only those that name this person: an id or a slug.</summary>
    public string? Person { get; init; }

    /// <summary>Only those that name this place: an id or a slug.</summary>
    public string? Place { get; init; }

    /// <summary>Only those that name this topic: an id or a slug.</summary>
    public string? Topic { get; init; }

    /// <summary>Only those in this language: a BCP 47 tag.</summary>
    public string? Language { get; init; }

    /// <summary>Only those saved after this instant.</summary>
    public DateTimeOffset? SavedAfter { get; init; }

    /// <summary>Only those saved before this instant.</summary>
    public DateTimeOffset? SavedBefore { get; init; }

    /// <summary>Only those that have this text in the headline, the standfirst or the slug, in any case.</summary>
    public string? Q { get; init; }

    /// <summary>Newest saved first, or oldest.</summary>
    [OneOf("-savedAt", "savedAt"), System.ComponentModel.DefaultValue("-savedAt")]
    public string? Sort { get; init; }
}
