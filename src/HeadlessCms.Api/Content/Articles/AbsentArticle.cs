using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>What is known of an article that is not there under the name asked for.</summary>
/// <param name="Slug">The slug that it has now, where it is live under another.</param>
/// <param name="Reason">Why it was withdrawn, where it was.</param>
internal sealed record AbsentArticle(string? Slug, string? Reason)
{
    public static async Task<AbsentArticle> FindAsync(LiveDbContext live, string article, CancellationToken cancellation)
    {
        var slug = await live
            .ArticleSlugs.Where(old => old.Slug == article)
            .Join(live.Articles, old => old.ArticleId, row => row.Id, (_, row) => row.Slug)
            .SingleOrDefaultAsync(cancellation);
        if (slug is not null)
            return new(slug, null);
        _ = Guid.TryParseExact(article, "D", out var id);
        return new(
            null,
            await live
                .Withdrawals.Where(withdrawal => withdrawal.ArticleId == id || withdrawal.Slug == article)
                .Select(withdrawal => withdrawal.Reason)
                .FirstOrDefaultAsync(cancellation)
        );
    }
}
