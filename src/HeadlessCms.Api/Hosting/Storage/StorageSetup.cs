using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using HeadlessCms.Postgres;
using Npgsql;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>Which PostgreSQL the app uses: the one that is configured, or in Development one of its own.</summary>
internal static class StorageSetup
{
    /// <summary>Adds the two contexts. What it returns is stopped when the app has ended.</summary>
    public static async Task<PrivatePostgres?> AddStorageAsync(this WebApplicationBuilder builder, CmsOptions options)
    {
        PrivatePostgres? own = null;
        var connectionString = builder.Configuration.GetConnectionString("Cms");
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            if (!builder.Environment.IsDevelopment())
                throw new InvalidSettingsException("ConnectionStrings:Cms is not set; outside Development it is required.");
            own = await PrivatePostgres.StartAsync(
                new() { DataDirectory = DataDirectory.Of(options, builder.Environment), Log = Console.WriteLine }
            );
            await own.EnsureDatabaseAsync("cms");
            connectionString = own.ConnectionString("cms");
        }
        else if (options.DatabasePassword is { } password)
        {
            connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Password = password }.ConnectionString;
        }

        var reader = builder.Configuration.GetConnectionString("CmsLive") is { Length: > 0 } live ? live : null;
        var listener = builder.Configuration.GetConnectionString("CmsListen") is { Length: > 0 } listen
            ? WithPassword(listen, options.DatabasePassword)
            : null;
        builder.Services.AddSingleton(_ => new Database(connectionString, reader, options.Concurrency.ReadTimeout, options.AllowSharedRole)
        {
            Listener = listener,
        });
        builder.Services.AddDbContextPool<NewsroomDbContext>(
            (services, options) => options.UseNewsroom(services.GetRequiredService<Database>().Newsroom).Intercept(services)
        );
        builder.Services.AddDbContextPool<LiveDbContext>(
            (services, options) =>
            {
                var database = services.GetRequiredService<Database>();
                options.UseLive(database.Live).Intercept(services);
                if (database.HasReplicas)
                    options.AddInterceptors(services.GetRequiredService<ReplicaReads>());
            }
        );
        builder.Services.AddSingleton<LogPosition>().AddSingleton<ReplicaReads>();
        builder.Services.AddSingleton<LiveReader>().AddSingleton<NewsroomReader>();
        builder.Services.AddSingleton(services => new WaitingTexts(services.GetRequiredService<Database>().Newsroom));
        builder.Services.AddSingleton<WorkingCopyIndexer>();
        if (options.BackgroundWork)
            builder.Services.AddHostedService(services => services.GetRequiredService<WorkingCopyIndexer>());
        builder.Services.AddScoped<SlugClaims>();
        builder.Services.AddScoped<ConceptMerging>();
        return own;
    }

    /// <summary>Whether the settings name several servers for the read side.</summary>
    public static bool HasReplicas(IConfiguration configuration) =>
        (configuration.GetConnectionString("CmsLive") is { Length: > 0 } live ? live : configuration.GetConnectionString("Cms"))
            is { Length: > 0 } reader
        && Servers.AreSeveral(new NpgsqlConnectionStringBuilder(reader));

    /// <summary>Brings the database up to date.</summary>
    public static async Task PrepareStorageAsync(this WebApplication app)
    {
        var database = app.Services.GetRequiredService<Database>();
        await Migrator.RunAsync(database, app.Logger);
        await database.FindLiveRoleAsync(app.Logger);
    }

    private static string WithPassword(string connectionString, string? password)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.Password ??= password;
        return settings.ConnectionString;
    }

    // Tests count statements with an interceptor that they register.
    private static Microsoft.EntityFrameworkCore.DbContextOptionsBuilder Intercept(
        this Microsoft.EntityFrameworkCore.DbContextOptionsBuilder options,
        IServiceProvider services
    ) => options.AddInterceptors(services.GetServices<Microsoft.EntityFrameworkCore.Diagnostics.IInterceptor>());
}
