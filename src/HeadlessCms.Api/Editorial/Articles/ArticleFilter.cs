using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>Which working copies a list has in it.</summary>
internal static class ArticleFilter
{
    public static IQueryable<WorkingCopy> Apply(NewsroomDbContext db, ArticleListQuery query)
    {
        IQueryable<WorkingCopy> rows = db.WorkingCopies;
        if (query.Status is { } named)
        {
            var status = EnumNames.Parse<ArticleStatus>(named);
            rows = rows.Where(row => row.Status == status);
        }
        else
        {
            rows = rows.Where(row => row.Status != ArticleStatus.Trashed);
        }

        if (query.Language is { } sent)
        {
            var language = LanguageTag.Canonical(sent);
            var prefix = LanguageTag.Prefix(language);
            rows = rows.Where(row => row.Language == language || row.Language.StartsWith(prefix));
        }

        if (query.SavedAfter is { } after)
            rows = rows.Where(row => row.SavedAt > after);
        if (query.SavedBefore is { } before)
            rows = rows.Where(row => row.SavedAt < before);
        if (query.Q is { } words)
        {
            var matches = db.RevisionsWithWords(words);
            rows = rows.Where(row => matches.Any(match => match.ArticleId == row.Id && match.Revision == row.Revision));
        }

        if (query.Author is { } author)
        {
            var ids = db.ConceptIds(ConceptKind.Person, author);
            rows = rows.Where(row =>
                db.Authorships.Any(by => by.ArticleId == row.Id && by.Revision == row.Revision && ids.Contains(by.PersonId))
            );
        }

        foreach (var (kind, concept) in query.Concepts)
        {
            var ids = db.ConceptIds(kind, concept);
            rows = rows.Where(row =>
                db.Mentions.Any(mention =>
                    mention.ArticleId == row.Id && mention.Revision == row.Revision && ids.Contains(mention.ConceptId)
                )
            );
        }

        return rows;
    }
}
