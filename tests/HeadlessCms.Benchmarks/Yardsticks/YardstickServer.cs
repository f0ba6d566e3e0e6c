using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HeadlessCms.Benchmarks.Yardsticks;

/// <summary>
/// The hidden verb <c>yardsticks</c>, against which the app is compared. It returns the same responses at the same paths from a bare
/// Kestrel, each from one hand-written statement that builds the JSON in PostgreSQL, and precomputed responses of any size.
/// </summary>
internal static class YardstickServer
{
    public static async Task<int> RunAsync(string urls, string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 1 };
        await using var database = NpgsqlDataSource.Create(settings);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        app.MapGet("/hello/{bytes:int}", Hello);
        app.MapGet("/content/v1/articles/{article}", context =>
            AnswerAsync(context, database, HandWritten.Item, (string)context.Request.RouteValues["article"]!)
        );
        app.MapGet("/content/v1/articles", context =>
            AnswerAsync(context, database, HandWritten.ListOfTopic, context.Request.Query["topic"].ToString())
        );
        app.MapGet("/content/v1/articles/{article}/related", context =>
            AnswerAsync(context, database, HandWrittenSearch.Related, (string)context.Request.RouteValues["article"]!)
        );
        app.MapGet("/content/v1/search", context =>
            AnswerAsync(context, database, HandWrittenSearch.Search, context.Request.Query["q"].ToString())
        );
        app.MapGet("/content/v1/suggest", context =>
            AnswerAsync(context, database, HandWrittenSearch.Suggest, context.Request.Query["q"].ToString())
        );
        app.MapPost("/editorial/v1/articles", async context =>
        {
            using var posted = new StreamReader(context.Request.Body);
            await AnswerAsync(context, database, HandWritten.Create, await posted.ReadToEndAsync());
        });
        await app.RunAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext context, NpgsqlDataSource database, string statement, string argument)
    {
        await using var command = database.CreateCommand(statement);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = argument });
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
        {
            context.Response.StatusCode = 404;
            return;
        }

        await WriteAsync(context, reader.GetFieldValue<byte[]>(0));
    }

    private static byte[] _hello = [];

    private static Task Hello(HttpContext context)
    {
        var size = int.Parse((string)context.Request.RouteValues["bytes"]!, System.Globalization.CultureInfo.InvariantCulture);
        if (_hello.Length != size)
            _hello = Encoding.ASCII.GetBytes("\"" + new string('x', Math.Max(0, size - 2)) + "\"");
        return WriteAsync(context, _hello);
    }

    private static Task WriteAsync(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        return context.Response.Body.WriteAsync(json, 0, json.Length);
    }
}
