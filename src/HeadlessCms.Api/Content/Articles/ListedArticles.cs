using System.Linq.Expressions;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>
/// Reads pages of lists of articles. A page that is asked for again reads which publications are on it, and of these only those that are
/// not kept. See decision 0026.
/// </summary>
internal sealed class ListedArticles
{
    private const int Pages = 1 << 16;

    private readonly KeptArticles _kept;
    private readonly Expression<Func<LiveArticle, ArticleItem>> _item;
    private readonly Func<LiveDbContext, Guid[], IAsyncEnumerable<ArticleItem>> _ofPublications;

    // One bit for the hash of each path and query: two pages that share one only take the other way of reading.
    private readonly long[] _asked = new long[Pages / 64];
    private int _different;

    public ListedArticles(KeptArticles kept, Site site)
    {
        var item = _item = ArticleItem.Of(site.Url);
        _kept = kept;
        _ofPublications = EF.CompileAsyncQuery(
            (LiveDbContext live, Guid[] publications) => live.Articles.Where(row => publications.Contains(row.PublicationId)).Select(item)
        );
    }

    /// <summary>The articles of a page, in its order, in one statement; in two where some of a page are not kept.</summary>
    /// <param name="page">The rows of the page.</param>
    /// <param name="live">What is live.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null where the request may take none that are kept.</returns>
    public async Task<List<KeptArticle>?> ReadAsync(
        IQueryable<LiveArticle> page,
        LiveDbContext live,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        if (!_kept.AreFor(context))
            return null;
        var look = _kept.Look;
        if (WasAsked(context.Request) && await FromKeptAsync(page, live, look, cancellation) is { } articles)
            return articles;
        var items = await page.Select(_item).ToListAsync(cancellation);
        return items.ConvertAll(item => _kept.KeepListed(item, look));
    }

    /// <returns>Null where a publication ended meanwhile.</returns>
    private async Task<List<KeptArticle>?> FromKeptAsync(
        IQueryable<LiveArticle> page,
        LiveDbContext live,
        long look,
        CancellationToken cancellation
    )
    {
        var rows = await page.Select(row => new
            {
                row.PublicationId,
                row.PublishedAt,
                row.UpdatedAt,
            })
            .ToListAsync(cancellation);
        var articles = new Dictionary<Guid, KeptArticle>(rows.Count);
        List<Guid>? others = null;
        foreach (var row in rows)
            if (_kept.FindListed(row.PublicationId) is { } kept && kept.PublishedAt == row.PublishedAt && kept.UpdatedAt == row.UpdatedAt)
                articles[row.PublicationId] = kept;
            else
                (others ??= []).Add(row.PublicationId);
        if (others is not null)
            await foreach (var item in _ofPublications(live, [.. others]).WithCancellation(cancellation))
                articles[item.PublicationId] = _kept.KeepListed(item, look);
        return articles.Count < rows.Count ? null : rows.ConvertAll(row => articles[row.PublicationId]);
    }

    private bool WasAsked(HttpRequest request)
    {
        var page = (uint)HashCode.Combine(request.Path.Value, request.QueryString.Value) % Pages;
        var bit = 1L << (int)(page % 64);
        if ((Interlocked.Or(ref _asked[page / 64], bit) & bit) != 0)
            return true;
        if (Interlocked.Increment(ref _different) > Pages / 2) // or every page would seem to have been asked for
        {
            Array.Clear(_asked);
            Volatile.Write(ref _different, 0);
        }

        return false;
    }
}
