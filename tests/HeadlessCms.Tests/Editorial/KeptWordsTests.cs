using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Where the words of texts are kept, and what the database knows of its tables while much is imported.</summary>
public sealed class KeptWordsTests(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
{
    private const string Articles = "/editorial/v1/articles";

    [Fact]
    public async Task What_is_published_as_it_is_has_its_words_once_and_editors_find_the_newest_ones()
    {
        var slug = await Admin.ArticleAsync(new { headline = "Quokka census" });
        Assert.Equal(1L, await KeptApartAsync());
        Assert.Equal([slug], await FoundAsync("quokka"));

        await Admin.PublishAsync(slug);
        Assert.Equal(0L, await KeptApartAsync());
        Assert.Equal([slug], await FoundAsync("quokka"));
        Assert.Equal([slug], await FoundAsync("quok"));

        await SaveAsync(slug, "Wombat census");
        Assert.Equal(1L, await KeptApartAsync());
        Assert.Empty(await FoundAsync("quokka -census"));
        Assert.Empty(await FoundAsync("\"quokka census\" -wombat"));
        Assert.Equal([slug], await FoundAsync("wombat"));
        Assert.Equal([slug], await Anyone.SlugsAsync("/content/v1/search?q=quokka"));
        Assert.Empty(await Anyone.SlugsAsync("/content/v1/search?q=wombat"));

        await Admin.PublishAsync(slug);
        Assert.Equal([slug], await FoundAsync("wombat"));
        Assert.Equal([slug], await Anyone.SlugsAsync("/content/v1/search?q=wombat"));
        Assert.Empty(await Anyone.SlugsAsync("/content/v1/search?q=quokka"));

        await Admin.PublishAsync(
            await Admin.ArticleAsync(new { headline = "Night walk", slug = "numbat-walk" }),
            new { liveFrom = "2999-01-01T00:00:00Z" }
        );
        Assert.Equal(["numbat-walk"], await FoundAsync("numbat"));
        Assert.Equal(["numbat-walk"], await FoundAsync("numbat night"));
        Assert.Empty(await Anyone.SlugsAsync("/content/v1/search?q=night"));
    }

    [Fact]
    public async Task An_import_leaves_no_lot_of_words_behind()
    {
        using var data = new TemporaryDirectory();
        var file = Path.Combine(data.Path, "stories.ndjson");
        await File.WriteAllLinesAsync(
            file,
            Enumerable.Range(0, 150).Select(number => $$"""{"externalId":"lot-{{number}}","headline":"Bilby number {{number}}"}"""),
            TestContext.Current.CancellationToken
        );

        var (exit, output) = await AppProcess.ReadToEndAsync(
            data.Path,
            "import",
            file,
            "--publish=true",
            $"--Cms:AdminKey={AdminKey}",
            $"--ConnectionStrings:Cms={ConnectionString}"
        );

        Assert.True(exit == 0, output);
        const string Indexes = "pg_class where relname in ('ix_publication_texts_words', 'ix_working_copy_texts_words')";
        Assert.Equal("{fastupdate=f},{fastupdate=f}", await SqlAsync($"select string_agg(reloptions::text, ',') from {Indexes}"));
        Assert.Equal(0L, await SqlAsync("select gin_clean_pending_list('ix_publication_texts_words')"));
        Assert.Equal(0L, await KeptApartAsync());
        Assert.Equal(150, (await FoundAsync("bilby")).Count);
        Assert.Equal(150, (await Anyone.SlugsAsync("/content/v1/search?q=bilby&limit=100")).Count);
    }

    [Fact]
    public async Task An_import_renews_what_the_planner_knows_of_its_tables()
    {
        await Admin.BulkAsync(
            "/editorial/v1/topics/bulk",
            Enumerable.Range(0, 600).Select(number => new { slug = $"topic-{number}", name = $"Topic {number}" })
        );

        Assert.InRange(
            (long)(await SqlAsync("select reltuples::bigint from pg_class where oid = 'concept_names'::regclass"))!,
            500,
            long.MaxValue
        );
    }

    private Task<List<string>> FoundAsync(string q) => Admin.SlugsAsync($"{Articles}?limit=100&q={Uri.EscapeDataString(q)}");

    private Task<object?> KeptApartAsync() => SqlAsync("select count(*) from working_copy_texts");

    private async Task SaveAsync(string slug, string headline)
    {
        var read = await Admin.ReadAsync($"{Articles}/{slug}");
        (await Admin.PutAsync($"{Articles}/{slug}", new { headline, slug }, read.Headers.ETag!.Tag)).Expect(HttpStatusCode.OK);
    }
}
