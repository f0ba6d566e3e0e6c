using System.Diagnostics;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Suggestions;

namespace HeadlessCms.Api.Editorial.Suggestions;

/// <summary>
/// The newsroom's vocabulary in this node's memory, and the engine that looks for it in texts. It is read when suggestions are first asked
/// for; each request after that reads what the change log and the refusals have since, so that every node suggests what any has saved.
/// </summary>
internal sealed partial class Vocabulary(Database database, ILogger<Vocabulary> logger) : IDisposable
{
    private static readonly TimeSpan PairsAge = TimeSpan.FromHours(1);

    private readonly VocabularyRows _rows = new(database.Newsroom);
    private readonly SemaphoreSlim _following = new(1);
    private Loaded? _loaded;

    /// <summary>The engine, with all that was committed before the call.</summary>
    public async Task<SuggestionEngine> EngineAsync(CancellationToken cancellation)
    {
        await _following.WaitAsync(cancellation);
        try
        {
            _loaded ??= await LoadAsync(cancellation);
            await FollowAsync(_loaded, cancellation);
            return _loaded.Engine;
        }
        finally
        {
            _following.Release();
        }
    }

    public void Dispose() => _following.Dispose();

    private async Task<Loaded> LoadAsync(CancellationToken cancellation)
    {
        // Before the concepts: what is saved meanwhile is read twice.
        var position = await _rows.LastChangeAsync(cancellation);
        return new Loaded(await _rows.NamesAsync(cancellation), new Archive()) { Position = position };
    }

    private async Task FollowAsync(Loaded loaded, CancellationToken cancellation)
    {
        while (await _rows.ChangesAsync(loaded.Position, cancellation) is { Position: { } position } changes)
        {
            var found = await _rows.ConceptsAsync(changes.Concepts, cancellation);
            foreach (var gone in changes.Concepts.Except(found.Select(concept => concept.Id)))
                loaded.Names.Remove(gone);
            foreach (var concept in found)
                loaded.Names.Set(concept);
            loaded.Position = position;
        }

        var (refused, until) = await _rows.RefusedAsync(loaded.RefusedUntil, cancellation);
        foreach (var name in refused)
            loaded.Archive.SetRefused(name.Concept, name.Name, name.Times);
        loaded.RefusedUntil = until;

        if (await _rows.ModelAsync(loaded.ModelVersion, cancellation) is var (version, model))
            Take(loaded, version, model);

        if (loaded.PairsAt is { } at && Stopwatch.GetElapsedTime(at) < PairsAge)
            return;
        foreach (var pair in await _rows.PairsAsync(cancellation))
            loaded.Archive.SetTogether(pair.One, pair.Other, pair.Stories);
        loaded.PairsAt = Stopwatch.GetTimestamp();
    }

    // A model that cannot be read must not keep editors from suggestions: the one before, or names alone, serve on.
    private void Take(Loaded loaded, int version, byte[] model)
    {
        loaded.ModelVersion = version;
        try
        {
            loaded.Learn(SuggestionModel.Load(model));
        }
        catch (InvalidDataException damaged)
        {
            LogDamaged(damaged, version);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Model {Version} of suggestions cannot be read; `train-suggestions` makes a new one.")]
    private partial void LogDamaged(Exception exception, int version);

    private sealed class Loaded(NameIndex names, Archive archive)
    {
        public NameIndex Names => names;

        public Archive Archive => archive;

        public SuggestionEngine Engine { get; private set; } = new(names, archive);

        /// <summary>The version of the model that was read last; 0 where there is none.</summary>
        public int ModelVersion { get; set; }

        /// <summary>The position in the change log that was read last.</summary>
        public long Position { get; set; }

        /// <summary>The instant until which refusals were read.</summary>
        public DateTimeOffset RefusedUntil { get; set; } = DateTimeOffset.UnixEpoch;

        /// <summary>When the pairs were read.</summary>
        public long? PairsAt { get; set; }

        public void Learn(SuggestionModel model) => Engine = new(names, archive, model);
    }
}
