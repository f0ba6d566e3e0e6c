using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>
/// Reads one article, the most frequent request. Of one that is kept, only which publication holds is read. Without <c>fields</c>, the
/// queries are compiled once.
/// </summary>
internal sealed class WholeArticles
{
    private readonly Site _site;
    private readonly KeptArticles _kept;
    private readonly Func<LiveDbContext, string, CancellationToken, Task<ArticleResponse?>> _bySlug;
    private readonly Func<LiveDbContext, Guid, CancellationToken, Task<ArticleResponse?>> _byId;
    private readonly Func<LiveDbContext, string, CancellationToken, Task<Held?>> _heldBySlug;
    private readonly Func<LiveDbContext, Guid, CancellationToken, Task<Held?>> _heldById;

    public WholeArticles(Site site, KeptArticles kept)
    {
        var whole = ArticleResponse.WholeOf(site.Url);
        (_site, _kept) = (site, kept);
        _bySlug = EF.CompileAsyncQuery(
            (LiveDbContext live, string slug, CancellationToken _) =>
                live.Articles.Where(row => row.Slug == slug).Select(whole).SingleOrDefault()
        );
        _byId = EF.CompileAsyncQuery(
            (LiveDbContext live, Guid id, CancellationToken _) => live.Articles.Where(row => row.Id == id).Select(whole).SingleOrDefault()
        );
        _heldBySlug = EF.CompileAsyncQuery(
            (LiveDbContext live, string slug, CancellationToken _) =>
                live
                    .Articles.Where(row => row.Slug == slug)
                    .Select(row => new Held(row.PublicationId, row.PublishedAt, row.UpdatedAt, row.LiveUntil))
                    .SingleOrDefault()
        );
        _heldById = EF.CompileAsyncQuery(
            (LiveDbContext live, Guid id, CancellationToken _) =>
                live
                    .Articles.Where(row => row.Id == id)
                    .Select(row => new Held(row.PublicationId, row.PublishedAt, row.UpdatedAt, row.LiveUntil))
                    .SingleOrDefault()
        );
    }

    /// <summary>The JSON of an article that is kept and still holds, as the caller may read it; null otherwise.</summary>
    public async Task<WrittenJson?> KeptAsync(LiveDbContext live, string idOrSlug, HttpContext context, CancellationToken cancellation)
    {
        if (!_kept.AreFor(context) || _kept.FindWhole(idOrSlug) is not { } article)
            return null;
        var held = Guid.TryParseExact(idOrSlug, "D", out var id)
            ? await _heldById(live, id, cancellation)
            : await _heldBySlug(live, idOrSlug, cancellation);
        if (
            held is null
            || (held.PublicationId, held.PublishedAt, held.UpdatedAt) != (article.PublicationId, article.PublishedAt, article.UpdatedAt)
            || _kept.FindWhole(idOrSlug) != article // the change log reported one of its concepts meanwhile
        )
            return null;
        context.CacheContext().AddSingleArticle(article, held.LiveUntil);
        return article.JsonFor(ReaderAccess.Of(context));
    }

    public async Task<ArticleResponse?> FindAsync(
        LiveDbContext live,
        string idOrSlug,
        string[]? languages,
        FieldSelection? picked,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var isId = Guid.TryParseExact(idOrSlug, "D", out var id);
        if (picked is null && languages is null)
        {
            var look = _kept.Look;
            var found = await (isId ? _byId(live, id, cancellation) : _bySlug(live, idOrSlug, cancellation));
            if (found is not null && _kept.AreFor(context))
                _kept.KeepWhole(idOrSlug, found, look);
            return found;
        }

        var article = isId ? live.Articles.Where(row => row.Id == id) : live.Articles.Where(row => row.Slug == idOrSlug);
        return await (languages is null ? article : LanguageChain.FirstOf(article, languages, live))
            .Select(ArticleResponse.WholeOf(_site.Url).Only(picked))
            .SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Which publication of an article holds.</summary>
    private sealed record Held(Guid PublicationId, DateTimeOffset PublishedAt, DateTimeOffset UpdatedAt, DateTimeOffset? LiveUntil);
}
