using HeadlessCms.Api.Content;
using HeadlessCms.Api.Editorial;
using HeadlessCms.Api.Editorial.Bulk;
using HeadlessCms.Api.Feeds;
using HeadlessCms.Api.Platform;
using HeadlessCms.Api.Platform.Access;
using HeadlessCms.Api.Platform.Changes;
using HeadlessCms.Api.Platform.Health;
using HeadlessCms.Api.Platform.OpenApi;
using HeadlessCms.Api.Platform.Storage;
using HeadlessCms.Api.Platform.Telemetry;
using HeadlessCms.Api.Platform.Webhooks;
using HeadlessCms.Api.Platform.WebSub;
using HeadlessCms.Postgres;
using Spectre.Console;

var command = CommandLine.Of(args);
var builder = WebApplication.CreateBuilder(command.Settings);
if (command.Verb == Verb.Import)
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
if (command.Verb == Verb.Health)
    return await HealthEndpoints.AskAsync(builder.Configuration);

try
{
    await using var postgres = await builder.AddStorageAsync();
    builder.AddPlatform();
    builder.AddAccess();
    builder.AddChanges();
    builder.AddWebhooks();
    builder.AddWebSub();
    builder.AddEditorial();
    builder.AddContent();
    builder.AddDocs();

    await using var app = builder.Build();
    if (command.Verb != Verb.Serve)
    {
        await app.PrepareStorageAsync();
        await app.FillStorageAsync();
        return command.Verb == Verb.Migrate
            ? 0
            : await ImportCommand.RunAsync(
                app.Services,
                app.Configuration,
                command.Subject,
                AnsiConsole.Console,
                app.Lifetime.ApplicationStopping
            );
    }

    app.UsePlatform();
    app.MapDocs();
    app.MapHealth();
    app.MapMetrics();
    app.MapEditorial();
    app.MapContent();
    app.MapFeeds();

    // What a start takes longest for, at once.
    var routes = Task.Run(app.SettleRoutes);
    await app.PrepareStorageAsync();
    await Task.WhenAll(routes, Task.Run(app.FillStorageAsync), Task.Run(app.WarmUpContentAsync));
    await app.RunAsync();
    return 0;
}
catch (Exception refused) when (refused is PostgresUnavailableException or SchemaException)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
