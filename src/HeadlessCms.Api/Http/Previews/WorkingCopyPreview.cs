using System.Linq.Expressions;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Http.Previews;

/// <summary>A working copy as readers would see it; the corrections are newest first.</summary>
internal sealed record Previewed<T>(T Content, DateTimeOffset? FirstLive, IReadOnlyList<PublishedCorrection> Corrections);

/// <summary>The only access of Content to a working copy: it requires a token for that article.</summary>
internal static class WorkingCopyPreview
{
    /// <summary>Returns null unless the preview token of the request is for the article.</summary>
    public static async Task<Previewed<T>?> FindAsync<T>(HttpContext context, string idOrSlug, Expression<Func<WorkingCopy, T>> projection)
        where T : class
    {
        if (context.Features.Get<Preview>()?.Article is not { } id)
            return null;
        var cancellation = context.RequestAborted;
        var db = context.RequestServices.GetRequiredService<NewsroomDbContext>();
        var ids = db.ArticleIds(idOrSlug);
        var content = await db
            .WorkingCopies.Where(row => row.Id == id && ids.Contains(row.Id))
            .Select(projection)
            .SingleOrDefaultAsync(cancellation);
        if (content is null)
            return null;
        var publications = await db
            .Publications.AsNoTracking()
            .Where(row =>
                row.ArticleId == id && row.LiveFrom <= DatabaseClock.Now() && (row.LiveUntil == null || row.LiveUntil > row.LiveFrom)
            )
            .OrderByDescending(row => row.LiveFrom)
            .ToListAsync(cancellation);
        return new(
            content,
            publications.Count == 0 ? null : publications[^1].LiveFrom,
            [
                .. from row in publications
                let note = row.Correction
                where note is not null
                select new PublishedCorrection(note.Kind, note.Text, row.LiveFrom),
            ]
        );
    }
}
