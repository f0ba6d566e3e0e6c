using System.Linq.Expressions;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Http.Previews;

/// <summary>A working copy as readers would see it.</summary>
/// <typeparam name="T">The answer that readers would get.</typeparam>
/// <param name="Content">What it says.</param>
/// <param name="FirstLive">When the article was first live; null where it never was.</param>
/// <param name="Corrections">Its public notes, newest first.</param>
internal sealed record Previewed<T>(T Content, DateTimeOffset? FirstLive, IReadOnlyList<PublishedCorrection> Corrections);

/// <summary>The one way from Content to a working copy: with a token that is for that article alone.</summary>
internal static class WorkingCopyPreview
{
    /// <summary>The working copy of the article that a path names, where the request's token is for it.</summary>
    public static async Task<Previewed<T>?> FindAsync<T>(HttpContext context, string named, Expression<Func<WorkingCopy, T>> projection)
        where T : class
    {
        if (context.Features.Get<Preview>()?.Article is not { } id)
            return null;
        var cancellation = context.RequestAborted;
        var db = context.RequestServices.GetRequiredService<NewsroomDbContext>();
        var ids = db.ArticleIds(named);
        var content = await db
            .WorkingCopies.Where(row => row.Id == id && ids.Contains(row.Id))
            .Select(projection)
            .SingleOrDefaultAsync(cancellation);
        if (content is null)
            return null;
        var begun = await db
            .Publications.AsNoTracking()
            .Where(row =>
                row.ArticleId == id && row.LiveFrom <= DatabaseClock.Now() && (row.LiveUntil == null || row.LiveUntil > row.LiveFrom)
            )
            .OrderByDescending(row => row.LiveFrom)
            .ToListAsync(cancellation);
        return new(
            content,
            begun.Count == 0 ? null : begun[^1].LiveFrom,
            [
                .. from row in begun
                let note = row.Correction
                where note is not null
                select new PublishedCorrection(note.Kind, note.Text, row.LiveFrom),
            ]
        );
    }
}
