using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Search;

/// <summary><c>/content/v1/search</c> and <c>/content/v1/suggest</c>: what a search box needs.</summary>
internal static class SearchEndpoints
{
    // Names are of all languages.
    private const string AnyLanguage = "und";

    public static void MapSearch(this RouteGroupBuilder content)
    {
        var search = content.MapGroup("").WithTags("Search");
        search.MapRead("/search", Search, "searchLiveContent").WithMetadata(new RequiredQuery("q", "tokyo"));
        search.MapRead("/suggest", Suggest, "suggestConcepts").WithMetadata(new RequiredQuery("q", "rahm"));
    }

    /// <summary>Searches what is live: articles by their text, and people, places and topics by their names.</summary>
    /// <remarks>
    /// Words are found in whatever form the language of the article gives them, and accents are forgiven. What is about them comes first:
    /// what has them in its headline, its standfirst, or often; of that the newest two hundred are ranked among themselves. Then comes what
    /// mentions them, newest first. Filters go together by AND, as those of the list of articles.
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
        var (q, fresh) = (filter.Q!, context.CacheContext().Lists(filter));
        int? total = query.Count == true ? await ArticleFilter.Matches(live, filter).CountAsync(cancellation) : null;
        var found = await queries.ArticlesAsync(live, filter, after, query.Size + 1, cancellation);
        List<LiveFoundConcept> concepts = [];
        if (after is null)
        {
            concepts = await queries.ConceptsAsync(live, q, cancellation);
            fresh.AddTags(CacheTags.Concepts);
        }

        var next = found.Count > query.Size ? found[query.Size - 1].Cursor.Write(context.Request) : null;
        if (next is not null)
            context.Response.Headers.AppendNext(context.Request, next);
        var articles = found.Take(query.Size).Select(one => one.Item).ToList();
        foreach (var article in articles)
            fresh.ModifiedAt(article.UpdatedAt);
        var highlighter = new Highlighter(forms, q);
        SearchPage page;
        do
        {
            page = new SearchPage(
                [.. articles.Select(article => article with { Highlights = HighlightsOf(highlighter, article) })],
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

    /// <summary>Suggests people, places and topics to who is typing a name.</summary>
    /// <remarks>
    /// Looks at names, aliases and labels, and forgives accents. What begins so comes first; where that is not enough, what is spelt nearly
    /// so, from three letters on. Of what is equally like, that of more stories comes first.
    /// </remarks>
    private static async Task<Ok<Suggestions>> Suggest(
        [AsParameters] SuggestQuery query,
        LiveDbContext live,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        string[]? kinds = query.Kind is { Length: > 0 } sent ? [.. ListAttribute.ValuesOf(sent)] : null;
        var concepts = await live.SuggestedConcepts(query.Q!, kinds, query.Limit ?? SuggestQuery.DefaultLimit)
            .OrderBy(concept => concept.Rank)
            .ToListAsync(cancellation);
        context.CacheContext().AddTags(CacheTags.Concepts);
        return TypedResults.Ok(
            new Suggestions([.. concepts.Select(one => new Suggestion(one.Id, one.Kind, one.Slug, one.Name, one.Matched))])
        );
    }

    private static ArticleHighlights HighlightsOf(Highlighter highlighter, FoundArticle article) =>
        new(
            highlighter.Whole(article.Language, article.Headline),
            article.Standfirst is { } standfirst ? highlighter.Whole(article.Language, standfirst) : null,
            article.BodyHtml is { } body ? highlighter.Passage(article.Language, body) : null
        );
}

/// <summary>Which page of a search.</summary>
public sealed class SearchPageQuery : PageQuery;

/// <summary>What suggestions can be asked for.</summary>
public sealed class SuggestQuery
{
    /// <summary>How many suggestions there are where nobody asks.</summary>
    public const int DefaultLimit = 10;

    /// <summary>What was typed so far.</summary>
    [SearchWords]
    public string? Q { get; init; }

    /// <summary>Of these kinds alone: commas between them.</summary>
    [ListOf<ConceptKind>]
    public string[]? Kind { get; init; }

    /// <summary>How many suggestions at most, 1 to 20.</summary>
    [Range(1, 20), DefaultValue(DefaultLimit)]
    public int? Limit { get; init; }
}
