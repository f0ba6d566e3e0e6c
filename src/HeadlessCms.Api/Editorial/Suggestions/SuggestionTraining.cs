using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Suggestions;
using HeadlessCms.Suggestions;
using Npgsql;

namespace HeadlessCms.Api.Editorial.Suggestions;

/// <summary>
/// Trains the model of suggestions on the newsroom's live stories and stores it: the verb <c>train-suggestions</c>, and each night. One
/// node at a time does.
/// </summary>
internal sealed partial class SuggestionTraining(Database database, IServiceScopeFactory scopes, ILogger<SuggestionTraining> logger)
{
    /// <summary>The number of stories below which nothing is learned.</summary>
    public const int LeastStories = 100;

    private readonly TrainingRows _stories = new(database.Newsroom);
    private readonly VocabularyRows _vocabulary = new(database.Newsroom);

    /// <summary>Trains a model.</summary>
    /// <returns>The model; null where there are too few stories, or another node trains.</returns>
    public Task<TopicModel?> RunAsync(CancellationToken cancellation) => AloneAsync(TrainAsync, cancellation);

    /// <summary>Trains a model where one is due.</summary>
    public Task<TopicModel?> RunIfDueAsync(CancellationToken cancellation) =>
        AloneAsync(async token => await _stories.IsDueAsync(token) ? await TrainAsync(token) : null, cancellation);

    // The lock is held for minutes by a transaction that does nothing else. It has no snapshot, so the database cleans up meanwhile.
    private async Task<TopicModel?> AloneAsync(Func<CancellationToken, Task<TopicModel?>> train, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false };
        await using var session = SourceTracing.Connection(settings.ConnectionString, "training");
        await session.OpenAsync(cancellation);
        await using var turn = await session.BeginTransactionAsync(cancellation);
        await using (var patience = new NpgsqlCommand("set local idle_in_transaction_session_timeout = 0", session))
            await patience.ExecuteNonQueryAsync(cancellation);
        await using var locking = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtext('train-suggestions'))", session);
        if ((bool)(await locking.ExecuteScalarAsync(cancellation))!)
            return await train(cancellation);
        LogBusy();
        return null;
    }

    private async Task<TopicModel?> TrainAsync(CancellationToken cancellation)
    {
        var stories = await _stories.StoriesAsync(cancellation);
        if (stories.Count < LeastStories)
        {
            LogTooFew(stories.Count, LeastStories);
            return null;
        }
        var names = await _vocabulary.NamesAsync(cancellation);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDbContext>();
        var trainedAt = await db.ClockAsync(cancellation);
        // Minutes of computing: not on a thread that requests wait for.
        var model = await Task.Factory.StartNew(
            () => SuggestionTrainer.Train(stories, names, trainedAt, cancellation),
            cancellation,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        var topics = model.MeasureOf(ConceptKind.Topic);
        var stored = new TopicModel(trainedAt, stories.Count, SuggestionModel.Format, topics.Precision, topics.Recall, model.Save());
        await db.StoreTopicModelAsync(stored, cancellation);
        LogTrained(stored.Version, stored.Stories, topics.Precision, topics.Recall);
        return stored;
    }

    [LoggerMessage(LogLevel.Information, "Suggestions are being trained by another process.")]
    private partial void LogBusy();

    [LoggerMessage(LogLevel.Information, "Suggestions are not trained: {Stories} live stories name concepts, and {Least} are needed.")]
    private partial void LogTooFew(int stories, int least);

    [LoggerMessage(
        LogLevel.Information,
        "Suggestions are trained: model {Version}, {Stories} stories; topics, held out: precision {Precision:F3}, recall {Recall:F3}."
    )]
    private partial void LogTrained(int version, int stories, double precision, double recall);
}
