using System.Linq.Expressions;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>
/// Languages in the order of preference: of each story one article, in the first language in which the story is live. Whether the others
/// match further filters does not count, so that the choice for a story is the same in every list.
/// </summary>
internal static class LanguageChain
{
    public const int MaxCount = 10;

    /// <summary>The languages of a parameter, in the recommended case; null where it is not sent.</summary>
    public static string[]? Of(string[]? sent)
    {
        if (sent is not { Length: > 0 })
            return null;
        string[] languages = [.. ListAttribute.ValuesOf(sent).Select(LanguageTag.Canonical).Distinct()];
        return languages.Length > 0 ? languages : [""]; // takes in nothing
    }

    /// <summary>The articles in one of the languages; of each story only the first.</summary>
    public static IQueryable<LiveArticle> In(this IQueryable<LiveArticle> rows, string[] languages, LiveDbContext live)
    {
        if (languages is [var language])
        {
            var prefix = LanguageTag.Prefix(language);
            return rows.Where(row => row.Language == language || row.Language.StartsWith(prefix));
        }

        var ranks = new Ranks(languages);
        // A scalar subquery, because Any() becomes a join with all versions of all stories; a boolean one, because the planner takes a test
        // for null for one that hardly any article passes.
        Expression<Func<LiveArticle, bool>> isFirst = row =>
            !live
                .Versions.Where(other => other.StoryId == (row.OriginalId ?? row.Id) && other.ArticleId != row.Id)
                .Where(other =>
                    RankOf(other.Language) < RankOf(row.Language)
                    || RankOf(other.Language) == RankOf(row.Language) && other.ArticleId.CompareTo(row.Id) < 0
                )
                .Select(other => true)
                .FirstOrDefault();
        return rows.Where(ranks.IsAny<LiveArticle>(row => row.Language)).Where((Expression<Func<LiveArticle, bool>>)ranks.Visit(isFirst));
    }

    /// <summary>The live version of the story of <paramref name="article"/> in the first of the languages, or else that article.</summary>
    public static IQueryable<LiveArticle> FirstOf(IQueryable<LiveArticle> article, string[] languages, LiveDbContext live)
    {
        var none = languages.Length;
        Expression<Func<LiveArticle, Guid>> first = row =>
            live.Versions.Where(version => version.StoryId == (row.OriginalId ?? row.Id) && RankOf(version.Language) < none)
                .OrderBy(version => RankOf(version.Language))
                .ThenBy(version => version.ArticleId)
                .Select(version => (Guid?)version.ArticleId)
                .FirstOrDefault()
            ?? row.Id;
        var chosen = article.Select((Expression<Func<LiveArticle, Guid>>)new Ranks(languages).Visit(first));
        return live.Articles.Where(row => row.Id == chosen.OrderBy(id => id).FirstOrDefault());
    }

    /// <summary>The position of the first language that takes in a tag, or the number of languages; only in queries.</summary>
    private static int RankOf(string tag) => throw new NotSupportedException(tag);

    private sealed class Ranks(string[] languages) : ExpressionVisitor
    {
        private readonly Expression<Func<string, bool>>[] _takesIn = [.. languages.Select(TakesIn)];

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (node.Method.Name != nameof(RankOf) || node.Method.DeclaringType != typeof(LanguageChain))
                return base.VisitMethodCall(node);
            var tag = Visit(node.Arguments[0]);
            Expression rank = Expression.Constant(_takesIn.Length);
            for (var at = _takesIn.Length - 1; at >= 0; at--)
                rank = Expression.Condition(
                    new Argument(_takesIn[at].Parameters[0], tag).Visit(_takesIn[at].Body),
                    Expression.Constant(at),
                    rank
                );
            return rank;
        }

        /// <summary>Whether any of the languages takes in a tag: the planner knows how often one does.</summary>
        public Expression<Func<T, bool>> IsAny<T>(Expression<Func<T, string>> tag) =>
            Expression.Lambda<Func<T, bool>>(
                _takesIn
                    .Select(language => new Argument(language.Parameters[0], tag.Body).Visit(language.Body))
                    .Aggregate(Expression.OrElse),
                tag.Parameters
            );

        // The languages are parameters of the query, so that all chains of a length are one.
        private static Expression<Func<string, bool>> TakesIn(string language)
        {
            var prefix = LanguageTag.Prefix(language);
            return tag => tag == language || tag.StartsWith(prefix);
        }
    }

    private sealed class Argument(ParameterExpression parameter, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? value : node;
    }
}
