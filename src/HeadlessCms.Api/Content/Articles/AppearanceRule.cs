using System.Linq.Expressions;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Which appearances of a concept count.</summary>
/// <param name="Relation">The relation; null for any.</param>
/// <param name="Direct">Whether appearances through a descendant of the concept are excluded.</param>
internal readonly record struct AppearanceRule(Relation? Relation, bool Direct)
{
    public static AppearanceRule Of(ArticleListQuery query) =>
        new(query.Relation is { } relation ? EnumNames.Parse<Relation>(relation) : null, query.Descendants == false);

    /// <summary>A filter for any row type that has the members of <see cref="LiveAppearance"/>.</summary>
    public Expression<Func<TRow, bool>> Counts<TRow>()
        where TRow : class =>
        (Relation, Direct) switch
        {
            (null, false) => _ => true,
            (null, true) => row =>
                EF.Property<bool>(row, nameof(LiveAppearance.DirectlyAbout))
                || EF.Property<bool>(row, nameof(LiveAppearance.DirectlyMentions)),
            (Core.Articles.Relation.About, false) => row => EF.Property<bool>(row, nameof(LiveAppearance.About)),
            (Core.Articles.Relation.About, true) => row => EF.Property<bool>(row, nameof(LiveAppearance.DirectlyAbout)),
            (Core.Articles.Relation.Mentions, false) => row => EF.Property<bool>(row, nameof(LiveAppearance.Mentions)),
            (Core.Articles.Relation.Mentions, true) => row => EF.Property<bool>(row, nameof(LiveAppearance.DirectlyMentions)),
            _ => throw new InvalidOperationException($"No appearance counts as {Relation}."),
        };
}
