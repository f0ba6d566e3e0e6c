using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Postgres;

/// <summary>The sample newsroom after some use: with drafts, a schedule, a merge, a withdrawal and a changed slug.</summary>
internal sealed record UsedNewsroom(Newsroom Newsroom, string Database, IReadOnlyDictionary<string, string> Answers)
{
    public const string Withdrawn = "/content/v1/articles/withdrawn-story";
    public const string Renamed = "/content/v1/articles/first-name-of-it";

    public static async Task<UsedNewsroom> CreateAsync(VersionServer server)
    {
        var database = await server.CreateDatabaseAsync();
        var newsroom = await server.OpenAsync(database, sample: true);
        await UseAsync(newsroom.Admin);
        return new UsedNewsroom(newsroom, database, await AnswersAsync(newsroom));
    }

    /// <summary>What readers get, with what a plain crawl does not lead to.</summary>
    public static Task<SortedDictionary<string, string>> AnswersAsync(Newsroom newsroom) =>
        Crawl.ReadAllAsync(newsroom, Withdrawn, Renamed);

    private static async Task UseAsync(HttpClient editor)
    {
        await editor.ConceptAsync("people", new { name = "Ana Tomé", aliases = new[] { "A. Tomé" } });
        await editor.ConceptAsync("people", new { name = "Ana Tome" });
        await editor.ArticleAsync(
            new
            {
                headline = "Café owners of São Tomé ask for shade",
                body = new { format = "markdown", content = "The **harbour** cafés, said Ana Tomé, are too hot since 二〇二六." },
                people = new[] { new { person = "ana-tome", relation = "about" }, new { person = "ana-tome-2", relation = "mentions" } },
            },
            publish: true
        );
        (await editor.PostAsync("/editorial/v1/people/ana-tome-2/merge", new { into = "ana-tome" })).Expect(HttpStatusCode.OK);

        await editor.ArticleAsync(new { headline = "Withdrawn story" }, publish: true);
        (await editor.PostAsync("/editorial/v1/articles/withdrawn-story/withdraw", new { reason = "In doubt" })).Expect(HttpStatusCode.OK);

        await editor.ArticleAsync(new { headline = "First name of it" }, publish: true);
        (await editor.PatchAsync("/editorial/v1/articles/first-name-of-it", new { slug = "second-name-of-it" }, "\"r1\"")).Expect(
            HttpStatusCode.OK
        );
        await editor.PublishAsync("second-name-of-it");

        await editor.ArticleAsync(new { headline = "Nobody has seen this" });
        var later = await editor.ArticleAsync(new { headline = "In a thousand years" });
        await editor.PublishAsync(later, new { liveFrom = "2998-01-01T00:00:00Z" });
        await editor.ArticleAsync(new { headline = "In the trash" });
        (await editor.DeleteAsync("/editorial/v1/articles/in-the-trash", "*")).Expect(HttpStatusCode.NoContent);
    }
}
