using HeadlessCms.Api.Editorial.Bulk.Formats;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Idempotency;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HeadlessCms.Api.Editorial.Bulk.Stories;

/// <summary><c>/editorial/v1/imports</c>: files of other systems.</summary>
internal static class ImportEndpoints
{
    private const string MediaType = "application/octet-stream";
    private const int MostItems = 1_000;

    public static void MapImports(this RouteGroupBuilder editorial) =>
        editorial
            .MapPost("/imports", Import)
            .WithTags(OpenApiDocuments.Administration)
            .WithName("importStories")
            .For(Role.Editor)
            .Accepts<string>(MediaType)
            .WithMetadata(
                new OwnTransactions(),
                new RequiredQuery("format", StoryFormat.Csv),
                new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(BulkEndpoints.LargestBody)
            );

    /// <summary>Imports a file of another system.</summary>
    /// <remarks>
    /// The body is the file, at most 64 MiB: IPTC ninjs, NewsML-G2 or NITF, an export of WordPress (WXR) or Ghost, RSS, Atom, or CSV. A
    /// story is found again by its id in the source: sent again it is `unchanged`, changed it gets a new revision. Authors, tags,
    /// categories and other concepts are found by id, `sameAs`, code, slug or name, and created where they are missing. The URLs that
    /// stories had are kept: Content finds a story by `formerUrl`. With `publish=true` what the source has published is published, at its
    /// dates. The response counts the items and lists each of which something was left out, changed, skipped or refused; with
    /// `dryRun=true` nothing is saved. Items are saved about a hundred at a time; after an interruption send the file again.
    /// </remarks>
    private static async Task<Results<Ok<ImportReport>, InvalidProblem>> Import(
        [AsParameters] ImportQuery query,
        HttpContext context,
        IServiceProvider services,
        CancellationToken cancellation
    )
    {
        ImportMap map;
        try
        {
            map = ImportMap.Of(query.Map, query.Site);
        }
        catch (UnreadableFileException unreadable)
        {
            return new InvalidProblem(InputError.InQuery("map", "invalidForm", unreadable.Message));
        }

        await using var file = TemporaryFile.Create();
        await context.Request.Body.CopyToAsync(file, cancellation);
        var options = new StoryImportOptions(query.Publish == true, query.DryRun == true, map);
        var import = new StoryImport(services, context.Actor(), StoryFormat.Of(query.Format!)!, options);
        var summary = new StoryImportSummary(MostItems);
        await foreach (var outcomes in import.RunAsync(file, 0, cancellation))
        foreach (var outcome in outcomes)
            summary.Add(outcome);
        return TypedResults.Ok(ImportReport.Of(summary, options));
    }
}

/// <summary>The parameters of an import.</summary>
public sealed class ImportQuery
{
    /// <summary>The format of the file.</summary>
    [OneOf(
        "ImportFormat",
        StoryFormat.Ninjs,
        StoryFormat.NewsMlG2,
        StoryFormat.Nitf,
        StoryFormat.Wxr,
        StoryFormat.Rss,
        StoryFormat.Atom,
        StoryFormat.Ghost,
        StoryFormat.Csv
    )]
    public string? Format { get; init; }

    /// <summary><c>true</c> publishes what the source has published, at its dates; otherwise all are drafts.</summary>
    [System.ComponentModel.DefaultValue(false)]
    public bool? Publish { get; init; }

    /// <summary><c>true</c> saves nothing and answers what would be saved.</summary>
    [System.ComponentModel.DefaultValue(false)]
    public bool? DryRun { get; init; }

    /// <summary>
    /// What names in the file lead to, as JSON: <c>{"tags":{"Berlin":"places/berlin","misc":null},"columns":{"Titel":"headline"}}</c>.
    /// </summary>
    public string? Map { get; init; }

    /// <summary>Where the source's site was, for files that do not say it: <c>https://old.example</c>.</summary>
    public string? Site { get; init; }
}

/// <summary>What an import did, or would do.</summary>
public sealed record ImportReport
{
    /// <summary>Whether nothing was saved.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The number of articles that were created.</summary>
    public required int Created { get; init; }

    /// <summary>The number of articles that got a new revision.</summary>
    public required int Updated { get; init; }

    /// <summary>The number of articles that were there already.</summary>
    public required int Unchanged { get; init; }

    /// <summary>The number of items that were refused.</summary>
    public required int Refused { get; init; }

    /// <summary>The number of items that are no stories.</summary>
    public required int Skipped { get; init; }

    /// <summary>The concepts that were created, each by kind and slug; at most 1,000.</summary>
    public required IReadOnlyList<string> Concepts { get; init; }

    /// <summary>The items of which something was left out, changed, skipped or refused; at most 1,000.</summary>
    public required IReadOnlyList<StoryOutcome> Items { get; init; }

    /// <summary>The number of such items that are not listed.</summary>
    public required int Unlisted { get; init; }

    internal static ImportReport Of(StoryImportSummary summary, StoryImportOptions options) =>
        new()
        {
            DryRun = options.IsDryRun,
            Created = summary[StoryStatus.Created],
            Updated = summary[StoryStatus.Updated],
            Unchanged = summary[StoryStatus.Unchanged],
            Refused = summary[StoryStatus.Refused],
            Skipped = summary[StoryStatus.Skipped],
            Concepts = [.. options.Created.Keys.Order(StringComparer.Ordinal).Take(1_000)],
            Items = summary.News,
            Unlisted = summary.Unlisted,
        };
}
