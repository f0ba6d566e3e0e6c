using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HeadlessCms.Api.Editorial.Bulk.Formats;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.Bulk.Stories;

/// <summary>Imports a file of another system. Translations are saved after all other stories, so that their originals are there.</summary>
internal sealed class StoryImport(IServiceProvider services, Actor actor, StoryFormat format, StoryImportOptions options)
{
    private readonly ConcurrentDictionary<int, ReadStory> _open = [];
    private readonly ConcurrentQueue<StoryOutcome> _skipped = [];

    /// <summary>Runs before a batch is committed, in its transaction, with the number of its last item.</summary>
    public Func<NewsroomDbContext, int, Task> BeforeCommit { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>The outcomes, as batches are committed. What is wrong with the file as a whole is the last of them.</summary>
    /// <param name="file">The file, which is read from its beginning, some formats twice.</param>
    /// <param name="done">The number of the last item that an earlier run has saved.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<IReadOnlyList<StoryOutcome>> RunAsync(
        Stream file,
        int done,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var import = new BulkImport<ReadStory, StoryWriter>(services.GetRequiredService<IServiceScopeFactory>(), actor, options)
        {
            Workers = LineImport.WorkersFor(services.GetRequiredService<Site>()),
            IsDryRun = options.IsDryRun,
            BeforeCommit = BeforeCommit,
        };
        await foreach (var results in import.RunAsync(Entries(file, done).ToAsyncEnumerable(), cancellation))
            yield return [.. Skipped(), .. results.Select(OutcomeOf)];
        if (Skipped().ToList() is { Count: > 0 } rest)
            yield return rest;
    }

    private IEnumerable<StoryOutcome> Skipped()
    {
        while (_skipped.TryDequeue(out var skipped))
            yield return skipped;
    }

    private IEnumerable<BulkEntry<ReadStory>> Entries(Stream file, int done)
    {
        var number = 0;
        var hasTranslations = false;
        string? broken = null;
        foreach (var item in Items(file, reason => broken = reason))
        {
            number++;
            if (item is ImportedStory { TranslationOf: not null })
                hasTranslations = true;
            else if (item is SkippedItem skipped && number > done)
                _skipped.Enqueue(new(number, skipped.SourceId, StoryStatus.Skipped) { Notes = [skipped.Reason] });
            else if (item is ImportedStory story)
            {
                if (story.Id is { } id)
                    options.Originals.Add(id);
                if (number > done)
                    yield return Entry(number, story);
            }
        }

        if (hasTranslations)
            foreach (var translation in Items(file, _ => { }).OfType<ImportedStory>().Where(story => story.TranslationOf is not null))
                if (++number > done)
                    yield return Entry(number, translation);
        if (broken is not null)
            yield return new(number + 1, null, new UnreadableProblem(InputError.At("", "invalidForm", broken)), 0);
    }

    // What is read before the place that cannot be is imported.
    private IEnumerable<ImportedItem> Items(Stream file, Action<string> isBroken)
    {
        file.Position = 0;
        using var items = format.Read(file, options.Map).GetEnumerator();
        while (true)
        {
            try
            {
                if (!items.MoveNext())
                    yield break;
            }
            catch (Exception unreadable) when (unreadable is UnreadableFileException or System.Xml.XmlException)
            {
                isBroken(unreadable.Message);
                yield break;
            }

            yield return items.Current;
        }
    }

    private BulkEntry<ReadStory> Entry(int number, ImportedStory story)
    {
        var read = new ReadStory(story);
        _open[number] = read;
        return new(number, read, null, 1_000 + (story.Body?.Content.Length ?? 0));
    }

    private StoryOutcome OutcomeOf(BulkResult result)
    {
        _open.TryRemove(result.Line, out var read);
        return new(result.Line, read?.Story.SourceId ?? "file", (StoryStatus)(int)result.Status)
        {
            Id = result.Id,
            Slug = result.Slug,
            Revision = result.Revision,
            Notes = read?.Notes is { Count: > 0 } notes ? notes : null,
            Warnings = result.Warnings,
            Problem = result.Problem,
        };
    }
}
