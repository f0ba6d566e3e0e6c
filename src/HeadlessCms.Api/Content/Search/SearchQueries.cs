using System.Linq.Expressions;
using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Search;

/// <summary>The queries of a search. The most frequent one, the first page without filters, is compiled once.</summary>
internal sealed class SearchQueries
{
    private const int MostConcepts = 5;

    private readonly Expression<Func<LiveArticle, FoundArticle>> _item;
    private readonly Func<LiveDbContext, string, string?, int, int, IAsyncEnumerable<Relevance.Found<FoundArticle>>> _first;
    private readonly Func<LiveDbContext, string, IAsyncEnumerable<LiveFoundConcept>> _concepts;

    public SearchQueries(Site site)
    {
        var item = _item = FoundArticle.Of(site.Url);
        var found = Relevance.Found<FoundArticle>.Of;
        _first = EF.CompileAsyncQuery(
            (LiveDbContext live, string q, string? language, int ranked, int count) =>
                live.NewestMatches(q, language, null, null, ranked)
                    .OrderByDescending(match => match.Rank)
                    .ThenByDescending(match => match.PublishedAt)
                    .ThenByDescending(match => match.ArticleId)
                    .Take(count)
                    .SelectMany(match => live.Articles.Where(row => row.PublicationId == match.PublicationId).Select(item), found)
        );
        _concepts = EF.CompileAsyncQuery((LiveDbContext live, string q) => live.NamedConcepts(q, MostConcepts));
    }

    public async Task<List<Relevance.Found<FoundArticle>>> ArticlesAsync(
        LiveDbContext live,
        ArticleListQuery filter,
        Cursor? after,
        int count,
        CancellationToken cancellation
    ) =>
        after is null && filter.HasOnlySearchWords
            ? Relevance.InOrder(
                await _first(live, filter.Q!, filter.OneLanguage, Relevance.MostRanked(filter.Q!), count).ToListAsync(cancellation)
            )
            : await Relevance.FindAsync(live, filter, after, count, _item, cancellation);

    /// <summary>The matches after <paramref name="after"/>, if given, newest first.</summary>
    public Task<List<Relevance.Found<FoundArticle>>> NewestAsync(
        LiveDbContext live,
        ArticleListQuery filter,
        Cursor? after,
        int count,
        CancellationToken cancellation
    )
    {
        var last = after is { } cursor ? Relevance.Rank.Read(cursor) : null;
        var matches = ArticleFilter.NewestMatches(live, filter, last is null ? null : (last.PublishedAt, last.Id), count);
        return Relevance.ReadAsync(matches, false, null, live, _item, cancellation);
    }

    public async Task<List<LiveFoundConcept>> ConceptsAsync(LiveDbContext live, string q, CancellationToken cancellation) =>
        [.. (await _concepts(live, q).ToListAsync(cancellation)).OrderBy(concept => concept.Rank)];
}
