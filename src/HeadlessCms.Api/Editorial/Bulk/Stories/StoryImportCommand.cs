using System.IO.Compression;
using System.Text.Json;
using HeadlessCms.Api.Editorial.Bulk.Formats;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace HeadlessCms.Api.Editorial.Bulk.Stories;

/// <summary>
/// The verb <c>import</c> with <c>--format</c>: saves the stories of a file of another system, or says what it would do, and shows its
/// progress. An interrupted import resumes after the last committed batch.
/// </summary>
internal static class StoryImportCommand
{
    private const int Shown = 20;

    public static Task<int> RunAsync(WebApplication app, string? path) =>
        RunAsync(app.Services, app.Configuration, path, AnsiConsole.Console, app.Lifetime.ApplicationStopping);

    /// <returns>0 where every story was saved, 1 where some were refused, 2 where the file or an option cannot be read.</returns>
    public static async Task<int> RunAsync(
        IServiceProvider services,
        IConfiguration settings,
        string? path,
        IAnsiConsole console,
        CancellationToken cancellation
    )
    {
        if (StoryFormat.Of(settings["format"] ?? "") is not { } format || !File.Exists(path))
        {
            console.MarkupLine(
                $"[red]Which file and format?[/] import FILE --format={string.Join('|', StoryFormat.All.Select(one => one.Name))} "
                    + "[[--publish=true]] [[--dryRun=true]] [[--map=FILE]] [[--site=URL]] [[--report=FILE]] [[--restart=true]]"
            );
            return 2;
        }

        try
        {
            var map = settings["map"] is { } mapFile ? await File.ReadAllTextAsync(mapFile, cancellation) : null;
            var options = new StoryImportOptions(
                settings.GetValue("publish", false),
                settings.GetValue("dryRun", false),
                ImportMap.Of(map, settings["site"])
            );
            await using var file = await OpenAsync(path, cancellation);
            var journal = await ImportJournal.OfAsync(
                services,
                file,
                $"{format.Name} {options.Publish} {map} {settings["site"]}",
                settings.GetValue("restart", false),
                cancellation
            );
            var done = options.IsDryRun ? 0 : journal.Done;
            if (done > 0)
                console.MarkupLineInterpolated($"Going on after item {done}; [dim]--restart=true begins anew.[/]");
            var import = new StoryImport(services, LineImport.Importer, format, options) { BeforeCommit = journal.NoteAsync };
            await using var report = settings["report"] is { } reportFile ? new StreamWriter(reportFile) : null;
            var run = () => ShowAsync(import.RunAsync(file, done, cancellation), file, options, report, console, JsonOf(services));
            return await (options.IsDryRun ? run() : WordLots.DuringAsync(services, run));
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or UnreadableFileException)
        {
            console.MarkupLineInterpolated($"[red]The file cannot be read:[/] {unreadable.Message}");
            return 2;
        }
    }

    private static JsonSerializerOptions JsonOf(IServiceProvider services) =>
        services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    // Some formats are read twice, which a compressed stream cannot be.
    private static async Task<FileStream> OpenAsync(string path, CancellationToken cancellation)
    {
        var file = File.OpenRead(path);
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            return file;
        await using (file)
        await using (var text = new GZipStream(file, CompressionMode.Decompress))
        {
            var whole = TemporaryFile.Create();
            await text.CopyToAsync(whole, cancellation);
            whole.Position = 0;
            return whole;
        }
    }

    private static async Task<int> ShowAsync(
        IAsyncEnumerable<IReadOnlyList<StoryOutcome>> run,
        FileStream file,
        StoryImportOptions options,
        StreamWriter? report,
        IAnsiConsole console,
        JsonSerializerOptions json
    )
    {
        var summary = new StoryImportSummary(Shown);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await console
            .Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("Importing", maxValue: Math.Max(file.Length, 1));
                await foreach (var outcomes in run)
                {
                    foreach (var outcome in outcomes)
                    {
                        summary.Add(outcome);
                        if (report is not null && outcome.HasNews)
                            await report.WriteLineAsync(JsonSerializer.Serialize(outcome, json));
                    }

                    bar.Value = file.Position;
                    bar.Description = $"{summary.Total:N0} items";
                }

                bar.Value = bar.MaxValue;
            });
        foreach (var outcome in summary.News)
            console.WriteLine(JsonSerializer.Serialize(outcome, json));
        if (summary.Unlisted > 0)
            console.WriteLine(
                $"… and {summary.Unlisted} more with something to say{(report is null ? "; --report=FILE has them all" : "")}."
            );
        console.WriteLine(
            $"{(options.IsDryRun ? "Dry run, nothing is saved: " : "")}{summary.Total} items: {summary[StoryStatus.Created]} created, "
                + $"{summary[StoryStatus.Updated]} updated, {summary[StoryStatus.Unchanged]} unchanged, "
                + $"{summary[StoryStatus.Refused]} refused, {summary[StoryStatus.Skipped]} skipped; "
                + $"{options.Created.Count} concepts created; "
                + $"{summary.Total / Math.Max(watch.Elapsed.TotalSeconds, 0.001):F0} a second."
        );
        return summary[StoryStatus.Refused] == 0 ? 0 : 1;
    }
}
