using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>The reason why no live article has the requested id or slug.</summary>
/// <param name="Slug">The current slug, if the requested one is a former slug of a live article.</param>
/// <param name="Reason">The reason for the withdrawal, if the article was withdrawn.</param>
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
