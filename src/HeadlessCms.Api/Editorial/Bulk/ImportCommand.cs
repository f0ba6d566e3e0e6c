using System.IO.Compression;
using System.Text.Json;
using HeadlessCms.Api.Editorial.Kinds;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Core;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>
/// The verb <c>import</c>: saves a file of NDJSON, plain or gzipped, of any length, and shows its progress. An interrupted import
/// resumes after the last committed line.
/// </summary>
internal static class ImportCommand
{
    private const int ProblemsShown = 20;
    private const string Articles = "articles";
    private static readonly IEnumerable<string> Kinds = [Articles, .. ConceptKindNames.All.Select(names => names.Plural)];

    public static Task<int> RunAsync(WebApplication app, string? file) =>
        RunAsync(app.Services, app.Configuration, file, AnsiConsole.Console, app.Lifetime.ApplicationStopping);

    /// <returns>
    /// 0 where every line was saved, 1 where some were refused, 2 where the file or the kind does not exist or is unreadable.
    /// </returns>
    public static async Task<int> RunAsync(
        IServiceProvider services,
        IConfiguration settings,
        string? file,
        IAnsiConsole console,
        CancellationToken cancellation
    )
    {
        var kind = settings["kind"] ?? Articles;
        var publish = settings.GetValue("publish", false);
        if (!File.Exists(file))
        {
            console.MarkupLine(
                $"[red]Which file?[/] import FILE [[--kind={string.Join('|', Kinds)}]] [[--publish=true]] [[--restart=true]]; "
                    + "--format=… imports the stories of another system"
            );
            return 2;
        }

        await using var stream = File.OpenRead(file);
        var journal = await ImportJournal.OfAsync(services, stream, $"{kind} {publish}", settings.GetValue("restart", false), cancellation);
        var done = journal.Done;
        if (done > 0)
            console.MarkupLineInterpolated($"Going on after line {done}; [dim]--restart=true begins anew.[/]");
        await using var text = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true)
            : (Stream)stream;
        var lines = NdjsonReader.ReadAsync(text, cancellation).Where(line => line.Number > done);
        var import = new LineImport(services, lines, journal.NoteAsync, cancellation);
        var run =
            kind == Articles
                ? import.Run<ArticleLineRequest, ArticleBulkWriter>(new BulkOptions(publish))
                : EditorialKind.All.SingleOrDefault(one => one.Names.Plural == kind)?.Import(import);
        if (run is null)
        {
            console.MarkupLineInterpolated($"[red]There is no kind '{kind}':[/] {string.Join(", ", Kinds)}.");
            return 2;
        }

        try
        {
            var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            return await WordLots.DuringAsync(services, () => ShowAsync(run, stream, console, json)) ? 0 : 1;
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException)
        {
            console.MarkupLineInterpolated($"[red]The file cannot be read:[/] {unreadable.Message}");
            return 2;
        }
    }

    private static async Task<bool> ShowAsync(
        IAsyncEnumerable<IReadOnlyList<BulkResult>> run,
        FileStream file,
        IAnsiConsole console,
        JsonSerializerOptions json
    )
    {
        var counts = Enum.GetValues<BulkStatus>().ToDictionary(status => status, _ => 0);
        var problems = new List<BulkResult>();
        var warnings = new List<BulkResult>();
        var warned = 0;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await console
            .Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("Importing", maxValue: Math.Max(file.Length, 1));
                await foreach (var results in run)
                {
                    foreach (var result in results)
                        counts[result.Status]++;
                    problems.AddRange(results.Where(result => result.Problem is not null).Take(ProblemsShown - problems.Count));
                    warnings.AddRange(results.Where(result => result.Warnings is not null).Take(ProblemsShown - warnings.Count));
                    warned += results.Count(result => result.Warnings is not null);
                    bar.Value = file.Position;
                    bar.Description = $"{counts.Values.Sum():N0} lines";
                }

                bar.Value = bar.MaxValue;
            });
        var total = counts.Values.Sum();
        foreach (var result in problems.Concat(warnings))
            console.WriteLine(JsonSerializer.Serialize(result, json));
        console.WriteLine(
            $"{total} lines: {counts[BulkStatus.Created]} created, {counts[BulkStatus.Updated]} updated, "
                + $"{counts[BulkStatus.Unchanged]} unchanged, "
                + $"{counts[BulkStatus.Refused]} refused, {warned} with warnings; "
                + $"{total / Math.Max(watch.Elapsed.TotalSeconds, 0.001):F0} a second."
        );
        return counts[BulkStatus.Refused] == 0;
    }
}

/// <summary>The lines of a file, to be saved by the writer of their kind.</summary>
internal sealed class LineImport(
    IServiceProvider services,
    IAsyncEnumerable<Line> lines,
    Func<NewsroomDbContext, int, Task> beforeCommit,
    CancellationToken cancellation
)
{
    /// <summary>Who acts for the command line.</summary>
    public static Actor Importer { get; } = new("import", null);

    /// <summary>
    /// How many batches are in work at the same time. Slugs in any script are composed by the database, line by line, so their locks are
    /// not taken in order: one.
    /// </summary>
    public static int WorkersFor(Site site) => site.Slugs == SlugScript.Unicode ? 1 : Math.Clamp(Environment.ProcessorCount + 1, 2, 4);

    public IAsyncEnumerable<IReadOnlyList<BulkResult>> Run<T, TWriter>(params object[] options)
        where T : class
        where TWriter : IBulkWriter<T> =>
        new BulkImport<T, TWriter>(services.GetRequiredService<IServiceScopeFactory>(), Importer, options)
        {
            Workers = WorkersFor(services.GetRequiredService<Site>()),
            BeforeCommit = beforeCommit,
        }.RunAsync(new NdjsonEntries<T>(services.GetRequiredService<IOptions<JsonOptions>>()).Of(lines), cancellation);
}
