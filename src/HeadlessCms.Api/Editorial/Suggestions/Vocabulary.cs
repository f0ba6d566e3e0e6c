using System.Diagnostics;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Suggestions;

namespace HeadlessCms.Api.Editorial.Suggestions;

/// <summary>
/// The newsroom's vocabulary in this node's memory, and the engine that looks for it in texts. It is read when suggestions are first asked
/// for; each request after that reads what the change log and the refusals have since, so that every node suggests what any has saved.
/// </summary>
internal sealed class Vocabulary(Database database, ILogger<Vocabulary> logger) : IDisposable
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
        var names = new NameIndex(await _rows.ConceptsAsync(cancellation));
        return new Loaded(names, new Archive()) { Position = position };
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

        if (await _rows.ModelAsync(loaded.ModelVersion, cancellation) is { } newer)
            Use(newer, loaded);

        if (loaded.PairsAt is { } at && Stopwatch.GetElapsedTime(at) < PairsAge)
            return;
        foreach (var pair in await _rows.PairsAsync(cancellation))
            loaded.Archive.SetTogether(pair.One, pair.Other, pair.Stories);
        loaded.PairsAt = Stopwatch.GetTimestamp();
    }

    // A node of another version of the app cannot read the model that this one trained, nor this one that node's.
    private void Use(StoredModel stored, Loaded loaded)
    {
        loaded.ModelVersion = stored.Version;
        try
        {
            loaded.Engine = new SuggestionEngine(loaded.Names, loaded.Archive, SuggestionModel.Load(stored.Model));
        }
        catch (InvalidDataException unreadable)
        {
            logger.LogWarning(unreadable, "Model {Version} of suggestions cannot be read; the one before it stays.", stored.Version);
        }
    }

    private sealed class Loaded(NameIndex names, Archive archive)
    {
        public NameIndex Names => names;

        public Archive Archive => archive;

        public SuggestionEngine Engine { get; set; } = new(names, archive);

        /// <summary>The version of the newest model that was read; 0 before the first.</summary>
        public int ModelVersion { get; set; }

        /// <summary>The position in the change log that was read last.</summary>
        public long Position { get; set; }

        /// <summary>The instant until which refusals were read.</summary>
        public DateTimeOffset RefusedUntil { get; set; } = DateTimeOffset.UnixEpoch;

        /// <summary>When the pairs were read.</summary>
        public long? PairsAt { get; set; }
    }
}
