using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Kinds;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>The series that an article is a part of, and the articles beside it.</summary>
/// <param name="Id">UUID v7 of the series; it never changes.</param>
/// <param name="Slug">The slug of the series, used in URLs.</param>
/// <param name="Name">The display name of the series.</param>
/// <param name="Url">The URL of the series on the public site; null if no site is configured.</param>
/// <param name="Part">The number of the part; null for an article that comes after the numbered ones.</param>
/// <param name="Previous">The live article before it in the series; null for the first.</param>
/// <param name="Next">The live article after it in the series; null for the last.</param>
public sealed record SeriesPart(Guid Id, string Slug, string Name, string? Url, int? Part, SeriesArticle? Previous, SeriesArticle? Next)
{
    /// <summary>The part of an article; where its place among the live articles is unknown, as its mentions tell.</summary>
    internal static SeriesPart? Of(LivePart? part, ByKind<IMention> mentions, string? site) =>
        part is not null
            ? Of(part, part.Part, site) with
            {
                Previous = SeriesArticle.Of(part.Previous, site),
                Next = SeriesArticle.Of(part.Next, site),
            }
        : MentionedSeries.Among(mentions) is { } mention ? Of(mention, mention.Part, site)
        : null;

    private static SeriesPart Of(ConceptLink series, int? part, string? site) =>
        new(series.Id, series.Slug, series.Name, UrlOf(series, site), part, null, null);

    private static string? UrlOf(ConceptLink series, string? site) =>
        site is null ? null : Address.Ascii($"{site}/{ConceptKindNames.Series.Plural}/{series.Slug}");
}

/// <summary>A live article of a series.</summary>
/// <param name="Id">UUID v7; it never changes.</param>
/// <param name="Slug">The slug, used in URLs.</param>
/// <param name="Headline">The headline.</param>
/// <param name="Url">The URL of the article on the public site; null if no site is configured.</param>
public sealed record SeriesArticle(Guid Id, string Slug, string Headline, string? Url)
{
    internal static SeriesArticle? Of(LivePartLink? article, string? site) =>
        article is null
            ? null
            : new(article.Id, article.Slug, article.Headline, site is null ? null : Address.Ascii($"{site}/{article.Slug}"));
}
