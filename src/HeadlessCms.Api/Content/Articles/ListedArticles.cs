using System.Linq.Expressions;
using System.Text.Json;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Previews;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>
/// Reads pages of lists of articles. Each article is kept as the JSON of lists, by publication, until the change log reports one of the
/// concepts that it names: what was published does not change. A page that is asked for again reads which publications are on it, and of
/// these only those that are not kept. See decision 0026.
/// </summary>
internal sealed class ListedArticles : IDisposable
{
    private const int Pages = 1 << 16;

    // For what went past the app and is in no log.
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly ChangeWatcher _watcher;
    private readonly JsonSerializerOptions _json;
    private readonly Expression<Func<LiveArticle, ArticleItem>> _item;
    private readonly Func<LiveDbContext, Guid[], IAsyncEnumerable<ArticleItem>> _ofPublications;
    private readonly TaggedCache<Guid, ListedArticle>? _kept;

    // One bit for the hash of each path and query: two pages that share one only take the other way of reading.
    private readonly long[] _asked = new long[Pages / 64];
    private int _different;

    public ListedArticles(ChangeWatcher watcher, CmsOptions options, Site site, IOptions<JsonOptions> json)
    {
        var item = _item = ArticleItem.Of(site.Url);
        (_watcher, _json) = (watcher, json.Value.SerializerOptions);
        _ofPublications = EF.CompileAsyncQuery(
            (LiveDbContext live, Guid[] publications) => live.Articles.Where(row => publications.Contains(row.PublicationId)).Select(item)
        );
        if (options.Cache.MaxArticleBytes > 0)
            _kept = new(watcher, options.Cache.MaxArticleBytes);
    }

    /// <summary>The articles of a page, in its order, in one statement; in two where some of a page are not kept.</summary>
    /// <param name="page">The rows of the page.</param>
    /// <param name="live">What is live.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null where none are kept: by setting, for a preview, or because the change log is not followed.</returns>
    public async Task<List<ListedArticle>?> ReadAsync(
        IQueryable<LiveArticle> page,
        LiveDbContext live,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        if (_kept is null || !_watcher.IsCurrent || context.Features.Get<Preview>() is not null)
            return null;
        var look = _kept.Look;
        if (WasAsked(context.Request) && await FromKeptAsync(page, live, look, cancellation) is { } articles)
            return articles;
        var items = await page.Select(_item).ToListAsync(cancellation);
        return items.ConvertAll(item => Listed(item, look));
    }

    public void Dispose() => _kept?.Dispose();

    /// <returns>Null where a publication ended meanwhile.</returns>
    private async Task<List<ListedArticle>?> FromKeptAsync(
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
        var articles = new Dictionary<Guid, ListedArticle>(rows.Count);
        List<Guid>? others = null;
        foreach (var row in rows)
            if (_kept!.Find(row.PublicationId) is { } kept && kept.PublishedAt == row.PublishedAt && kept.UpdatedAt == row.UpdatedAt)
                articles[row.PublicationId] = kept;
            else
                (others ??= []).Add(row.PublicationId);
        if (others is not null)
            await foreach (var item in _ofPublications(live, [.. others]).WithCancellation(cancellation))
                articles[item.PublicationId] = Listed(item, look);
        return articles.Count < rows.Count ? null : rows.ConvertAll(row => articles[row.PublicationId]);
    }

    private ListedArticle Listed(ArticleItem item, long look)
    {
        var article = new ListedArticle(item, _json);
        if (item.Part is null) // the articles beside one in its series are not of its own publication
            _kept!.Keep(item.PublicationId, article, article.Tags, article.Size, MaxAge, look);
        return article;
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
