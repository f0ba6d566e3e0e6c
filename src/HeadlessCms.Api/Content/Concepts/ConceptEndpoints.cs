using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Html;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Concepts;

/// <summary><c>/content/v1/people</c>, <c>/places</c> …: visible concepts.</summary>
internal static class ConceptEndpoints<TConcept, TResponse>
    where TConcept : LiveConcept
    where TResponse : ConceptResponse, IConceptResponse<TResponse, TConcept>
{
    private static readonly Keyset<TConcept, string> ByName = Keyset.ByName((TConcept row) => row.Name, row => row.Id);

    public static void Map(RouteGroupBuilder content, ConceptKindNames names)
    {
        var concepts = content.MapGroup($"/{names.Plural}").WithTags(names.PluralTitle).WithMetadata(names);
        var path = $"/{{{names.Singular}}}";
        concepts.MapRead("/", List, $"listLive{names.PluralTitle}").WithSummary($"Lists {names.Plural} by name.");
        string Feed(HttpContext context) => $"/feeds/{names.Plural}/{context.GetRouteValue(names.Singular)}";
        concepts
            .MapRead(path, Read, $"readLive{names.SingularTitle}")
            .NamesFeeds(Feed)
            .WithSummary($"Reads {names.Indefinite}.")
            .WithDescription(
                "Returns 308 with the current path for a former slug, and for the id or slug of a concept that was merged into this one."
            );
        concepts
            .MapRead($"{path}/articles", ListArticles, $"listLive{names.SingularTitle}Articles")
            .NamesFeeds(Feed)
            .AlsoAsPage()
            .WithSummary(
                names.HasParts
                    ? $"Lists the live articles of {names.Indefinite}, in its order."
                    : $"Lists live articles that name {names.Indefinite}, newest first."
            )
            .WithDescription(
                names.HasParts
                    ? "By the number of the part, then those without one; articles with the same part, and those without one, by first "
                        + "publication. `sort` gives another order."
                    : "A place includes the places within it, a topic its narrower topics."
            );
    }

    private static async Task<PageResult<TResponse>> List([AsParameters] ConceptListQuery query, LiveDbContext live, HttpContext context)
    {
        context.CacheContext().AddTags(context.GetEndpoint()!.Metadata.GetRequiredMetadata<ConceptKindNames>().Singular);
        var page = await ByName.ReadAsync(live.Concepts.OfType<TConcept>(), query, rows => rows, item => new(item.Name, item.Id), context);
        return new(page.To(TResponse.Of));
    }

    private static async Task<Results<Ok<TResponse>, MovedResult, NotFoundProblem>> Read(
        ConceptPath path,
        LiveDbContext live,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var concept = await live.Named(path).OfType<TConcept>().SingleOrDefaultAsync(cancellation);
        if (concept is null)
            return new NotFoundProblem();
        context.CacheContext().AddConcepts([concept.Id]); // a change of what it names has the tag of this one too
        return path.IsCurrent(concept.Slug, concept.Id) ? TypedResults.Ok(TResponse.Of(concept)) : Moved(context, path, concept.Slug);
    }

    private static async Task<Results<ArticlePageResult, MovedResult, NotFoundProblem>> ListArticles(
        ConceptPath path,
        [AsParameters] ConceptArticlesQuery query,
        LiveDbContext live,
        Site site,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var concept = await live.Named(path).Select(row => new { row.Id, row.Slug }).SingleOrDefaultAsync(cancellation);
        if (concept is null)
            return new NotFoundProblem();
        if (!path.IsCurrent(concept.Slug, concept.Id))
            return Moved(context, path, concept.Slug);
        context.CacheContext().ListsNaming(ConceptKindNames.Of(path.Kind), concept.Id);
        return await ArticlePages.ReadAsync(
            Written(ArticleFilter.Naming(live, concept.Id), query, live),
            query,
            new ArticleListQuery(),
            live,
            site,
            context,
            cancellation,
            inSeries: query.Sort is null && ConceptKindNames.Of(path.Kind).HasParts
        );
    }

    private static IQueryable<LiveArticle> Written(IQueryable<LiveArticle> rows, ConceptArticlesQuery query, LiveDbContext live) =>
        LanguageChain.Of(query.Language) is { } languages ? rows.In(languages, live) : rows;

    private static MovedResult Moved(HttpContext context, ConceptPath path, string slug)
    {
        var segments = context.Request.Path.Value!.Split('/');
        segments[Array.LastIndexOf(segments, path.IdOrSlug)] = slug;
        return new MovedResult(string.Join('/', segments) + context.Request.QueryString);
    }
}

/// <summary>Query parameters of a list of concepts.</summary>
public sealed class ConceptListQuery : PageQuery;

/// <summary>Query parameters of the list of a concept's articles.</summary>
public sealed class ConceptArticlesQuery : ArticlePageQuery
{
    /// <summary>
    /// Only articles in this language: a BCP 47 tag, without regard to case; en takes in en-GB. Several, such as <c>fr,en</c>, are a chain
    /// of fallbacks: of each story one article, in the first of them in which the story is live.
    /// </summary>
    [List(LanguageChain.MaxCount)]
    public string[]? Language { get; init; }
}
