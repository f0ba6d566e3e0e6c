using HeadlessCms.Api.Content;
using HeadlessCms.Api.Editorial;
using HeadlessCms.Api.Editorial.Bulk;
using HeadlessCms.Api.Editorial.Bulk.Stories;
using HeadlessCms.Api.Editorial.Bulk.Vocabularies;
using HeadlessCms.Api.Editorial.Suggestions;
using HeadlessCms.Api.Feeds;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Hosting.Health;
using HeadlessCms.Api.Hosting.Management;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Hosting.Secrets;
using HeadlessCms.Api.Hosting.Shutdown;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Api.Hosting.Telemetry;
using HeadlessCms.Api.Http;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Api.Outbox;
using HeadlessCms.Api.Outbox.Cdn;
using HeadlessCms.Postgres;

try
{
    var command = CommandLine.Of(args);
    var builder = WebApplication.CreateBuilder(command.Host());
    if (command.Verb == Verb.Health)
        return await HealthVerb.RunAsync(builder.Configuration);
    if (command.Verb is Verb.Import or Verb.Load)
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

    var options = builder.AddSettings();
    await using var postgres = await builder.AddStorageAsync(options);
    builder.AddShutdown();
    builder.AddHealth();
    builder.AddTelemetry(options);
    builder.AddManagement();
    builder.AddSecrets(options);
    builder.AddHttp(options);
    builder.AddOutbox(options);
    builder.AddCdn(options);
    builder.AddEditorial();
    builder.AddContent(options);

    await using var app = builder.Build();
    if (command.Verb != Verb.Serve)
    {
        await app.PrepareStorageAsync();
        await app.FillStorageAsync();
        switch (command.Verb)
        {
            case Verb.Import:
                return app.Configuration["format"] is null
                    ? await ImportCommand.RunAsync(app, command.Subject)
                    : await StoryImportCommand.RunAsync(app, command.Subject);
            case Verb.Load:
                return await LoadCommand.RunAsync(app, command.Subject, command.File);
            case Verb.ReindexSearch:
                var texts = await SearchReindex.RunAsync(app.Services.GetRequiredService<Database>(), app.Lifetime.ApplicationStopping);
                app.Logger.LogInformation("The words of {Count} publications are made anew", texts);
                return 0;
            case Verb.TrainSuggestions:
                await app.Services.GetRequiredService<SuggestionTraining>().RunAsync(app.Lifetime.ApplicationStopping);
                return 0;
            default:
                return 0;
        }
    }

    app.UseHttp();
    app.MapDocs();
    app.MapHealth();
    app.MapEditorial();
    app.MapContent();
    app.MapFeeds();

    await app.StartManagementAsync();
    // A start spends most of its time here.
    var routes = Task.Run(app.SettleRoutes);
    await app.PrepareStorageAsync();
    await Task.WhenAll(
        routes,
        Task.Run(app.FillStorageAsync),
        Task.Run(app.WarmUpContentAsync),
        app.CheckHealthAsync(),
        app.CheckSecretsAsync()
    );
    await app.RunAsync();
    return 0;
}
catch (Exception refused) when (refused is InvalidSettingsException or SchemaException or PostgresUnavailableException)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
