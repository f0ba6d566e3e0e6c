using HeadlessCms.Api.Content;
using HeadlessCms.Api.Editorial;
using HeadlessCms.Api.Platform;
using HeadlessCms.Api.Platform.Access;
using HeadlessCms.Api.Platform.Health;
using HeadlessCms.Api.Platform.OpenApi;
using HeadlessCms.Api.Platform.Storage;
using HeadlessCms.Postgres;

var builder = WebApplication.CreateBuilder(args);
var verb = Verbs.Of(args);
if (verb == Verb.Health) return await HealthEndpoints.AskAsync(builder.Configuration);

try
{
    await using var postgres = await builder.AddStorageAsync();
    builder.AddPlatform();
    builder.AddAccess();
    builder.AddEditorial();
    builder.AddDocs();

    await using var app = builder.Build();
    await app.PrepareStorageAsync();
    if (verb == Verb.Migrate) return 0;

    app.UsePlatform();
    app.MapDocs();
    app.MapHealth();
    app.MapEditorial();
    app.MapContent();
    await app.RunAsync();
    return 0;
}
catch (PostgresUnavailableException unavailable)
{
    await Console.Error.WriteLineAsync(unavailable.Message);
    return 1;
}
