using System.Linq.Expressions;
using System.Text.Json;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Reads of an article what its caller picks. The text, and what is gathered from other rows, is not read where nobody picks it.</summary>
internal static class ArticleFields
{
    // The rest comes with the row: to leave it out saves nothing, and lists need some of it.
    private static readonly HashSet<string> LeftOut =
    [
        nameof(ArticleItem.BodyHtml),
        nameof(ArticleItem.Authors),
        nameof(ArticleItem.Dateline),
        nameof(ArticleItem.People),
        nameof(ArticleItem.Places),
        nameof(ArticleItem.Topics),
        nameof(ArticleItem.Corrections),
    ];

    /// <summary>What a list shows of an article: its text where that is picked.</summary>
    public static Expression<Func<LiveArticle, ArticleItem>> Items(string? site, FieldSelection? picked) =>
        picked is null
            ? ArticleItem.Of(site)
            : ArticleItem.Of(site).With((LiveArticle row) => new ArticleItem { BodyHtml = row.BodyHtml }).Only(picked);

    /// <summary>The projection of what is picked; of all, where nobody picks.</summary>
    public static Expression<Func<TRow, TArticle>> Only<TRow, TArticle>(this Expression<Func<TRow, TArticle>> whole, FieldSelection? picked)
        where TArticle : ArticleItem =>
        picked is null
            ? whole
            : whole.Without(member => LeftOut.Contains(member) && !picked.Has(JsonNamingPolicy.CamelCase.ConvertName(member)));
}
