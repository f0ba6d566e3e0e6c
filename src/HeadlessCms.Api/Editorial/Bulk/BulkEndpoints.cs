using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Editorial.Kinds;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Idempotency;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Concepts;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary><c>/editorial/v1/articles/bulk</c>, and the same for concepts: many lines in one request.</summary>
internal static class BulkEndpoints
{
    /// <summary>The largest body.</summary>
    public const int LargestBody = 64 * 1024 * 1024;

    private const string Description =
        "NDJSON: on each line what POST takes, at most 10,000 lines and 64 MiB. The response is NDJSON with a result for "
        + "each line, in order: "
        + "`line`, `status` (`created`, `updated`, `unchanged`, `refused`), `id`, `slug`, `revision`, `warnings` where a text "
        + "lost something, and for a refused line its `problem`. "
        + "A bad line does not affect others. Results are sent as lines are saved, about a hundred at a time, so a client that reads while "
        + "it sends knows what was saved. After an interruption send everything again: lines that were saved are `unchanged`.";

    public static void MapBulk(this RouteGroupBuilder editorial)
    {
        foreach (var kind in EditorialKind.All)
            kind.MapBulk(editorial);
        editorial
            .MapPost("/articles/bulk", Articles)
            .WithTags(OpenApiDocuments.Administration)
            .WithName("saveArticles")
            .For(Role.Author)
            .TakesLines()
            .WithSummary("Saves many articles.")
            .WithDescription(
                $"{Description} An article with the line's `externalId` or `slug` gets a new revision. With `publish=true` "
                    + "each is published, at its `publishedAt` where it was never live."
            );
    }

    public static void MapConcepts<TConcept, TRequest>(this RouteGroupBuilder editorial, ConceptKindNames names)
        where TConcept : Concept, new()
        where TRequest : ConceptRequest, IConceptRequest<TRequest, TConcept> =>
        editorial
            .MapPost($"/{names.Plural}/bulk", Concepts<TConcept, TRequest>)
            .WithTags(OpenApiDocuments.Administration)
            .WithName($"save{names.SeveralTitle}")
            .For(Role.Author)
            .TakesLines()
            .WithSummary($"Saves many {names.Plural}.")
            .WithDescription($"{Description} A concept with the line's `slug` gets a new version.");

    private static IResult Articles(
        [AsParameters] ArticleBulkQuery query,
        HttpContext context,
        IServiceScopeFactory scopes,
        IOptions<JsonOptions> json
    ) =>
        query.Publish == true && !context.User.MayAct(Role.Editor)
            ? StatusProblems.Of(403)
            : Run<ArticleLineRequest, ArticleBulkWriter>(
                context,
                scopes,
                json,
                new BulkOptions(query.Publish == true, context.User.CallerId())
            );

    private static BulkAnswer Concepts<TConcept, TRequest>(HttpContext context, IServiceScopeFactory scopes, IOptions<JsonOptions> json)
        where TConcept : Concept, new()
        where TRequest : ConceptRequest, IConceptRequest<TRequest, TConcept> =>
        Run<TRequest, ConceptBulkWriter<TConcept, TRequest>>(context, scopes, json);

    private static BulkAnswer Run<T, TWriter>(
        HttpContext context,
        IServiceScopeFactory scopes,
        IOptions<JsonOptions> json,
        params object[] options
    )
        where T : class
        where TWriter : IBulkWriter<T> =>
        new(lines =>
            new BulkImport<T, TWriter>(scopes, context.Actor(), options).RunAsync(
                new NdjsonEntries<T>(json).Of(lines),
                context.RequestAborted
            )
        );

    private static RouteHandlerBuilder TakesLines(this RouteHandlerBuilder route) =>
        route
            .Accepts<string>(BulkAnswer.MediaType)
            .Produces<string>(200, BulkAnswer.MediaType)
            .WithMetadata(new OwnTransactions(), new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestBody));
}
