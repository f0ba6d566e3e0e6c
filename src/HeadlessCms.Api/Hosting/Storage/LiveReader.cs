using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>Opens what is live for work that is no single request's, and at the primary for previews.</summary>
internal sealed class LiveReader
{
    private readonly Database _database;
    private readonly LogPosition _known;
    private readonly Lazy<DbContextOptions<LiveDbContext>> _options;

    public LiveReader(Database database, LogPosition known, ReplicaReads replicas, IServiceProvider services)
    {
        (_database, _known) = (database, known);
        _options = new(() =>
        {
            var options = new DbContextOptionsBuilder<LiveDbContext>();
            options.UseLive(database.Live).UseApplicationServiceProvider(services); // and with it the model that requests have
            if (database.HasReplicas)
                options.AddInterceptors(replicas);
            return options.Options;
        });
    }

    public LiveDbContext Open() => new(_options.Value);

    /// <summary>Opens what is live at a position of the change log, or later.</summary>
    public LiveDbContext OpenAt(long position)
    {
        _known.Reach(position);
        return Open();
    }

    /// <summary>Lets a context read at the primary, which has what any node has saved, until the result is disposed.</summary>
    public IAsyncDisposable? AtPrimary(LiveDbContext live) =>
        _database.HasReplicas ? live.Through(_database.LivePrimary.CreateConnection(), _database.Live.CreateConnection) : null;
}
