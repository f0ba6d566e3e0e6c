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
        nameof(ArticleItem.BodyHtml),
        nameof(ArticleItem.Authors),
        nameof(ArticleItem.Dateline),
        nameof(ArticleItem.Mentions),
        nameof(ArticleItem.Corrections),
        nameof(ArticleItem.Story),
    ];

    /// <summary>The projection of a list item, with the body only if it is requested.</summary>
    public static Expression<Func<LiveArticle, ArticleItem>> Items(string? site, FieldSelection? picked) =>
        picked is null
            ? ArticleItem.Of(site)
            : ArticleItem
                .Of(site)
                .With((LiveArticle row) => new ArticleItem { BodyHtml = row.BodyHtml, Story = row.Translations })
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

    // Embeds are read from the body, and translations from the story.
    private static bool IsNeeded(string member, FieldSelection picked) =>
        picked.Has(JsonNamingPolicy.CamelCase.ConvertName(member))
        || member == nameof(ArticleItem.BodyHtml) && picked.Has(JsonNamingPolicy.CamelCase.ConvertName(nameof(ArticleItem.Embeds)))
        || member == nameof(ArticleItem.Story) && picked.Has(JsonNamingPolicy.CamelCase.ConvertName(nameof(ArticleItem.Translations)));
}
