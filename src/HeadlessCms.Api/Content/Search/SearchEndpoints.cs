using System.ComponentModel;
using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Search;

/// <summary><c>/content/v1/search</c> and <c>/content/v1/suggest</c>: search and type-ahead.</summary>
internal static class SearchEndpoints
{
    // Names belong to no single language.
    private const string AnyLanguage = "und";

    public static void MapSearch(this RouteGroupBuilder content)
    {
        var search = content.MapGroup("").WithTags("Search");
        search.MapRead("/search", Search, "searchLiveContent").WithMetadata(new RequiredQuery("q", "tokyo"));
        search.MapRead("/suggest", Suggest, "suggestConcepts").WithMetadata(new RequiredQuery("q", "rahm"));
    }

    /// <summary>Searches live articles by text, and concepts of any kind by name.</summary>
    /// <remarks>
    /// Words match in any inflected form of the article's language, regardless of accents, hyphens and apostrophes. Articles with the whole
    /// text in the headline come first; then rare words count more than common ones, and often in a short article more than once in a long
    /// one. Equal articles are sorted newest first. The newest 500 matches are ranked (200 for a single word); older ones follow, newest
    /// first. Filters are combined with AND, as in the list of articles.
    /// </remarks>
    private static async Task<Ok<SearchPage>> Search(
        [AsParameters] SearchPageQuery query,
        [AsParameters] ArticleListQuery filter,
        LiveDbContext live,
        SearchQueries queries,
        WordForms forms,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var after = Cursor.Read(query.Cursor, context.Request);
        var (q, cache) = (filter.Q!, context.CacheContext().Lists(filter));
        int? total = query.Count == true ? await ArticleFilter.Matches(live, filter).CountAsync(cancellation) : null;
        var found =
            query.Sort == ArticleOrder.Newest
                ? await queries.NewestAsync(live, filter, after, query.Size + 1, cancellation)
                : await queries.ArticlesAsync(live, filter, after, query.Size + 1, cancellation);
        List<LiveFoundConcept> concepts = [];
        if (after is null)
        {
            concepts = await queries.ConceptsAsync(live, q, cancellation);
            cache.AddTags(CacheTags.Concepts);
        }

        var next = found.Count > query.Size ? found[query.Size - 1].Cursor.Write(context.Request) : null;
        if (next is not null)
            context.Response.Headers.AppendNext(context.Request, next);
        var articles = found.Take(query.Size).Select(one => one.Item).ToList();
        foreach (var article in articles)
            cache.ModifiedAt(article.UpdatedAt);
        var (highlighter, reader) = (new Highlighter(forms, q), ReaderAccess.Of(context));
        SearchPage page;
        do
        {
            page = new SearchPage(
                [.. articles.Select(article => article with { Highlights = HighlightsOf(highlighter, article, reader) })],
                [
                    .. concepts.Select(one => new FoundConcept(
                        one.Id,
                        one.Kind,
                        one.Slug,
                        one.Name,
                        one.Matched,
                        highlighter.Whole(AnyLanguage, one.Matched)
                    )),
                ],
                next
            )
            {
                Total = total,
            };
        } while (await highlighter.HasLearnedAsync(live, cancellation));
        return TypedResults.Ok(page);
    }

    /// <summary>Suggests concepts of any kind for the beginning of a name.</summary>
    /// <remarks>
    /// Searches names, aliases and labels, regardless of accents. Names that begin with the text come first; if there are too few, names
    /// with a similar spelling follow, for texts of three or more letters. Equal matches are sorted by number of articles.
    /// </remarks>
    private static async Task<Ok<Suggestions>> Suggest(
        [AsParameters] SuggestQuery query,
        LiveDbContext live,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var concepts = await live.SuggestedConcepts(query.Q!, query.Kinds, query.Limit ?? SuggestQuery.DefaultLimit)
            .OrderBy(concept => concept.Rank)
            .ToListAsync(cancellation);
        context.CacheContext().AddTags(CacheTags.Concepts);
        return TypedResults.Ok(
            new Suggestions([.. concepts.Select(one => new Suggestion(one.Id, one.Kind, one.Slug, one.Name, one.Matched))])
        );
    }

    private static ArticleHighlights HighlightsOf(Highlighter highlighter, FoundArticle article, ReaderAccess reader) =>
        new(
            highlighter.Whole(article.Language, article.Headline),
            article.Standfirst is { } standfirst ? highlighter.Whole(article.Language, standfirst) : null,
            article.ReadBy(reader) is { } body ? highlighter.Passage(article.Language, body) : null
        );
}

/// <summary>Paging and sorting of a search.</summary>
public sealed class SearchPageQuery : PageQuery
{
    /// <summary>The sort order: by relevance, or by first publication, newest first.</summary>
    [OneOf("SearchSort", Relevance.Sort, ArticleOrder.Newest), DefaultValue(Relevance.Sort)]
    public string? Sort { get; init; }
}
