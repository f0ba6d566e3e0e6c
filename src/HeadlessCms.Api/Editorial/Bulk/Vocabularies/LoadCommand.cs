using System.Text.Json;
using HeadlessCms.Api.Editorial.Bulk.Formats;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Core.Audit;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace HeadlessCms.Api.Editorial.Bulk.Vocabularies;

/// <summary>
/// The verb <c>load</c>: saves a public vocabulary, or says what it would change, and shows its progress. Loaded again it changes what the
/// vocabulary changed; an interrupted load resumes after the last committed batch.
/// </summary>
internal static class LoadCommand
{
    private const int Shown = 20;

    private static readonly Dictionary<string, Func<Stream, string, IEnumerable<VocabularyItem>>> Vocabularies = new()
    {
        ["media-topics"] = MediaTopicsReader.Read,
        ["gazetteer"] = (file, _) => GazetteerReader.Read(file),
        ["wikidata"] = WikidataReader.Read,
    };

    public static Task<int> RunAsync(WebApplication app, string? vocabulary, string? file) =>
        RunAsync(app.Services, app.Configuration, vocabulary, file, AnsiConsole.Console, app.Lifetime.ApplicationStopping);

    /// <returns>0 where every entry was saved, 1 where some were refused, 2 where the vocabulary or the file cannot be read.</returns>
    public static async Task<int> RunAsync(
        IServiceProvider services,
        IConfiguration settings,
        string? vocabulary,
        string? path,
        IAnsiConsole console,
        CancellationToken cancellation
    )
    {
        if (vocabulary is null || !Vocabularies.TryGetValue(vocabulary, out var read) || !File.Exists(path))
        {
            console.MarkupLine(
                $"[red]Which vocabulary and file?[/] load {string.Join('|', Vocabularies.Keys)} FILE [[--dryRun=true]] [[--restart=true]]"
            );
            return 2;
        }

        var isDryRun = settings.GetValue("dryRun", false);
        await using var file = File.OpenRead(path);
        var journal = await ImportJournal.OfAsync(services, file, $"load {vocabulary}", settings.GetValue("restart", false), cancellation);
        var done = isDryRun ? 0 : journal.Done;
        if (done > 0)
            console.MarkupLineInterpolated($"Going on after entry {done}; [dim]--restart=true begins anew.[/]");
        var site = services.GetRequiredService<Site>();
        var load = new BulkImport<VocabularyEntry, VocabularyWriter>(
            services.GetRequiredService<IServiceScopeFactory>(),
            new Actor("load", null)
        )
        {
            Workers = LineImport.WorkersFor(site),
            IsDryRun = isDryRun,
            BeforeCommit = journal.NoteAsync,
        };
        var news = new News();
        try
        {
            var entries = Entries(read(file, site.Language), done, news).ToAsyncEnumerable();
            return await ShowAsync(load.RunAsync(entries, cancellation), file, isDryRun, news, console, JsonOf(services));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnreadableFileException)
        {
            console.MarkupLineInterpolated($"[red]The file cannot be read:[/] {unreadable.Message}");
            return 2;
        }
    }

    private static JsonSerializerOptions JsonOf(IServiceProvider services) =>
        services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    private static IEnumerable<BulkEntry<VocabularyEntry>> Entries(IEnumerable<VocabularyItem> items, int done, News news)
    {
        var number = 0;
        foreach (var item in items)
        {
            if (++number <= done)
                continue;
            if (item is SkippedEntry skipped)
            {
                news.Skipped++;
                news.Say(skipped.Identity, skipped.Reason);
                continue;
            }

            var notes = new List<string>();
            var entry = ((VocabularyEntry)item).Within(notes);
            foreach (var note in notes)
                news.Say(entry.Identity, note);
            yield return new(number, entry, null, entry.Size);
        }
    }

    private static async Task<int> ShowAsync(
        IAsyncEnumerable<IReadOnlyList<BulkResult>> run,
        FileStream file,
        bool isDryRun,
        News news,
        IAnsiConsole console,
        JsonSerializerOptions json
    )
    {
        var counts = new int[Enum.GetValues<BulkStatus>().Length];
        var problems = new List<BulkResult>();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await console
            .Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("Loading", maxValue: Math.Max(file.Length, 1));
                await foreach (var results in run)
                {
                    foreach (var result in results)
                        counts[(int)result.Status]++;
                    problems.AddRange(results.Where(result => result.Problem is not null).Take(Shown - problems.Count));
                    bar.Value = file.Position;
                    bar.Description = $"{counts.Sum():N0} concepts";
                }

                bar.Value = bar.MaxValue;
            });
        foreach (var problem in problems)
            console.WriteLine(JsonSerializer.Serialize(problem, json));
        foreach (var note in news.First)
            console.WriteLine(note);
        if (news.Unlisted > 0)
            console.WriteLine($"… and {news.Unlisted} more notes.");
        console.WriteLine(
            $"{(isDryRun ? "Dry run, nothing is saved: " : "")}{counts.Sum()} concepts: {counts[(int)BulkStatus.Created]} created, "
                + $"{counts[(int)BulkStatus.Updated]} updated, {counts[(int)BulkStatus.Unchanged]} unchanged, "
                + $"{counts[(int)BulkStatus.Refused]} refused; {news.Skipped} entries skipped; "
                + $"{counts.Sum() / Math.Max(watch.Elapsed.TotalSeconds, 0.001):F0} a second."
        );
        return counts[(int)BulkStatus.Refused] == 0 ? 0 : 1;
    }

    /// <summary>What was skipped or left out.</summary>
    private sealed class News
    {
        private readonly List<string> _first = [];

        public int Skipped { get; set; }

        public int Unlisted { get; private set; }

        public IReadOnlyList<string> First => _first;

        public void Say(string identity, string note)
        {
            if (_first.Count < Shown)
                _first.Add($"{identity}: {note}");
            else
                Unlisted++;
        }
    }
}
