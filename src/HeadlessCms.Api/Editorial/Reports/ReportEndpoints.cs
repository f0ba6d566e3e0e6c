using System.Security.Claims;
using FluentValidation;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Suggestions;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Limits;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HeadlessCms.Api.Editorial.Reports;

/// <summary><c>/editorial/v1/articles/parse</c>: a report becomes an article.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this RouteGroupBuilder editorial)
    {
        var articles = editorial.MapGroup("/articles").WithTags("Articles");
        articles
            .MapPost("/parse", Parse)
            .WithName("parseReport")
            .For(Role.Author)
            .IsCostly()
            .WithMetadata(new AcceptsText(member: "text", format: "format"));
    }

    /// <summary>Takes a report apart, and suggests what it names.</summary>
    /// <remarks>
    /// A report as it was received, as JSON, <c>text/plain</c> or <c>text/html</c>: its date, headline, byline, caption, summary and
    /// dateline are found and its language is detected; the rest is the body, and no paragraph is lost. Nothing is saved, unless
    /// <c>save=true</c> asks for a draft: then the place of the dateline is created where the newsroom does not have it, and suggestions
    /// that are as certain as <c>Cms:Suggestions:Accept</c> says are accepted.
    /// </remarks>
    private static async Task<Results<Ok<ReportResponse>, Created<ReportResponse>, InvalidProblem>> Parse(
        ReportRequest request,
        [AsParameters] ReportQuery query,
        ReportReader reader,
        ArticleSuggestions suggestions,
        SuggestedConcepts concepts,
        ArticleComposer composer,
        IValidator<ArticleRequest> validator,
        CmsOptions options,
        NewsroomDbContext db,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var isSaved = query.Save == true;
        var (article, report, story) = await reader.ReadAsync(request, isSaved ? caller : null, cancellation);
        var found = await suggestions.OfAsync(story, cancellation);
        if (!isSaved)
            return TypedResults.Ok(Response(article, report, found, null));

        var accepted = found.Where(one => one.Found.Score >= options.Suggestions.Accept).ToList();
        var named = await concepts.AddAsync(article, [], accepted, caller, cancellation);
        if (await Validation.ProblemOfAsync(validator, named, context.RequestServices, cancellation) is { } invalid)
            return invalid;
        var saved = await ArticleEndpoints.AddAsync(named, db, composer, caller, context, cancellation);
        return TypedResults.Created(
            Address.Ascii($"/editorial/v1/articles/{saved.Slug}"),
            Response(named, report, found.Except(accepted), saved)
        );
    }

    private static ReportResponse Response(
        ArticleRequest article,
        Report report,
        IEnumerable<ArticleSuggestion> suggestions,
        ArticleResponse? saved
    ) => new(article, report.Date, report.Caption, report.Dateline?.Place, [.. suggestions.Select(one => one.ToResponse())], saved);
}
