using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Reads one article, the most frequent request. Without <c>fields</c>, the queries are compiled once.</summary>
internal sealed class WholeArticles
{
    private readonly Site _site;
    private readonly Func<LiveDbContext, string, CancellationToken, Task<ArticleResponse?>> _bySlug;
    private readonly Func<LiveDbContext, Guid, CancellationToken, Task<ArticleResponse?>> _byId;

    public WholeArticles(Site site)
    {
        var whole = ArticleResponse.WholeOf(site.Url);
        _site = site;
        _bySlug = EF.CompileAsyncQuery(
            (LiveDbContext live, string slug, CancellationToken _) =>
                live.Articles.Where(row => row.Slug == slug).Select(whole).SingleOrDefault()
        );
        _byId = EF.CompileAsyncQuery(
            (LiveDbContext live, Guid id, CancellationToken _) => live.Articles.Where(row => row.Id == id).Select(whole).SingleOrDefault()
        );
    }

    public Task<ArticleResponse?> FindAsync(
        LiveDbContext live,
        string idOrSlug,
        string[]? languages,
        FieldSelection? picked,
        CancellationToken cancellation
    )
    {
        var isId = Guid.TryParseExact(idOrSlug, "D", out var id);
        if (picked is null && languages is null)
            return isId ? _byId(live, id, cancellation) : _bySlug(live, idOrSlug, cancellation);
        var article = isId ? live.Articles.Where(row => row.Id == id) : live.Articles.Where(row => row.Slug == idOrSlug);
        return (languages is null ? article : LanguageChain.FirstOf(article, languages, live))
            .Select(ArticleResponse.WholeOf(_site.Url).Only(picked))
            .SingleOrDefaultAsync(cancellation);
    }
}
