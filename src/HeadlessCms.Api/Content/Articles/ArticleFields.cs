using System.Linq.Expressions;
using System.Text.Json;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Builds projections of the requested fields, so that the body and related rows are read only if requested.</summary>
internal static class ArticleFields
{
    // The other members are columns of the same row: omitting them saves nothing, and lists need some of them.
    private static readonly HashSet<string> LeftOut =
    [
        nameof(ArticleItem.Body),
        nameof(ArticleItem.Authors),
        nameof(ArticleItem.Dateline),
        nameof(ArticleItem.Mentions),
        nameof(ArticleItem.Corrections),
        nameof(ArticleItem.Story),
        nameof(ArticleItem.Part),
    ];

    /// <summary>The projection of a list item, with the body only if it is requested.</summary>
    public static Expression<Func<LiveArticle, ArticleItem>> Items(string? site, FieldSelection? picked) =>
        picked is null
            ? ArticleItem.Of(site)
            : ArticleItem
                .Of(site)
                .With((LiveArticle row) => new ArticleItem { Body = row.BodyHtml, Story = row.Translations })
                .Only(picked);

    /// <summary>The projection without the members of other rows that are not requested; unchanged if no fields are requested.</summary>
    public static Expression<Func<TRow, TArticle>> Only<TRow, TArticle>(this Expression<Func<TRow, TArticle>> whole, FieldSelection? picked)
        where TRow : ExpandedRevision
        where TArticle : ArticleItem, new()
    {
        if (picked is null)
            return whole;
        ConceptKindNames[] kinds = [.. ConceptKindNames.All.Where(kind => picked.Has(kind.Plural))];
        var requested = whole.Without(member => LeftOut.Contains(member) && !IsNeeded(member, picked));
        return kinds.Length == 0 ? requested : requested.With((TRow row) => new TArticle { Mentions = row.Concepts.Only(kinds) });
    }

    // Some members are made of others: two of the body, translations of the story, and the series of the part.
    private static bool IsNeeded(string member, FieldSelection picked) =>
        MadeOf(member).Any(made => picked.Has(JsonNamingPolicy.CamelCase.ConvertName(made)));

    private static string[] MadeOf(string member) =>
        member switch
        {
            nameof(ArticleItem.Body) => [nameof(ArticleItem.BodyHtml), nameof(ArticleItem.Embeds)],
            nameof(ArticleItem.Story) => [nameof(ArticleItem.Translations)],
            nameof(ArticleItem.Part) => [nameof(ArticleItem.Series)],
            _ => [member],
        };
}
