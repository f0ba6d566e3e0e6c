using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Editorial.Kinds;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Editorial.Sample;

/// <summary>Fills an empty newsroom with sample content, from the requests that an editor would send.</summary>
internal static class SampleNewsroom
{
    public const string By = "sample";

    /// <summary>Fills the database where <c>Cms:SampleContent</c> asks for it and nothing is in it yet.</summary>
    public static async Task FillWithSampleAsync(this WebApplication app)
    {
        if (!(app.Services.GetRequiredService<CmsOptions>().SampleContent ?? app.Environment.IsDevelopment()))
            return;
        await using var scope = app.Services.CreateAsyncScope();
        await FillAsync(scope.ServiceProvider);
    }

    private static async Task FillAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<NewsroomDbContext>();
        using var acting = db.ActingAs(new Actor(By, null));
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('sample'))");
        if (await db.Articles.AnyAsync() || await db.Concepts.AnyAsync())
            return;

        var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        await using var stream = Assembly
            .GetExecutingAssembly()
            .GetManifestResourceStream("HeadlessCms.Api.Editorial.Sample.newsroom.json")!;
        var sample = (await JsonSerializer.DeserializeAsync<JsonObject>(stream))!;
        var filler = new SampleFiller(services, db, json, await db.ClockAsync());
        foreach (var (list, rows) in sample) // in the order of the file: what others name comes first
            if (EditorialKind.All.SingleOrDefault(kind => kind.Names.Plural == list) is { } kind)
                await kind.FillAsync(filler, rows!.AsArray());
        foreach (var article in sample["articles"]!.AsArray())
            await filler.ArticleAsync(article!.AsObject());
        await transaction.CommitAsync();
    }
}

/// <summary>Saves sample content as an editor would.</summary>
internal sealed class SampleFiller(IServiceProvider services, NewsroomDbContext db, JsonSerializerOptions json, DateTimeOffset now)
{
    private readonly ConceptReferences _references = services.GetRequiredService<ConceptReferences>();
    private readonly ConceptWriter _writer = services.GetRequiredService<ConceptWriter>();
    private readonly ArticleComposer _composer = services.GetRequiredService<ArticleComposer>();

    public async Task ConceptsAsync<TConcept, TRequest>(JsonArray rows)
        where TConcept : Concept, new()
        where TRequest : ConceptRequest, IConceptRequest<TRequest, TConcept>
    {
        foreach (var row in rows)
        {
            var request = row.Deserialize<TRequest>(json)!;
            var concept = new TConcept();
            await _references.LoadAsync(
                request.References(concept.Kind).Select(named => (named.Kind, named.Named)),
                CancellationToken.None
            );
            await _writer.WriteAsync(concept, request, SampleNewsroom.By, now, CancellationToken.None);
            db.Add(concept);
            await db.SaveChangesAsync();
        }
    }

    public async Task ArticleAsync(JsonObject row)
    {
        var publication = row["publication"];
        var trashed = row["trashed"] is not null;
        row.Remove("publication");
        row.Remove("trashed");
        var request = row.Deserialize<ArticleRequest>(json)!;
        await _references.LoadAsync(ArticleRequestValidator.ConceptsOf(request), CancellationToken.None);
        var id = Guid.CreateVersion7();
        var article = new Article(
            id,
            (await _composer.ComposeAsync(request, id, null, CancellationToken.None)).Content,
            request.Note,
            SampleNewsroom.By,
            now
        );
        if (publication is not null)
        {
            DateTimeOffset? from = publication["liveFrom"] is { } instant
                ? DateTimeOffset.Parse((string)instant!, CultureInfo.InvariantCulture)
                : now + TimeSpan.Parse((string)publication["liveFromNow"]!, CultureInfo.InvariantCulture);
            article.Publish(article.WorkingCopy, from, null, null, SampleNewsroom.By, now);
        }

        if (trashed)
            article.Trash(now);
        db.Articles.Add(article);
        await db.SaveChangesAsync();
    }
}
