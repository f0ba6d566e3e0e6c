using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>Opens what is live for work that is no single request's.</summary>
internal sealed class LiveReader
{
    private readonly Lazy<DbContextOptions<LiveDbContext>> _options;

    public LiveReader(Database database, IServiceProvider services) =>
        _options = new(() =>
        {
            var options = new DbContextOptionsBuilder<LiveDbContext>();
            options.UseLive(database.Live).UseApplicationServiceProvider(services); // and with it the model that requests have
            return options.Options;
        });

    public LiveDbContext Open() => new(_options.Value);
}
