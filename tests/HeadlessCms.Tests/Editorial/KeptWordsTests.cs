using System.Net;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Where the words of texts are kept, and what the database knows of its tables while much is imported.</summary>
public sealed class KeptWordsTests(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
{
    private const string Articles = "/editorial/v1/articles";

    [Fact]
    public async Task What_is_published_as_it_is_has_its_words_once_and_editors_find_the_newest_ones()
    {
        var slug = await Admin.ArticleAsync(new { headline = "Quokka census" });
        await TakenInAsync();
        Assert.Equal(1L, await KeptApartAsync());
        Assert.Equal([slug], await FoundAsync("quokka"));

        await Admin.PublishAsync(slug);
        await TakenInAsync();
        Assert.Equal(0L, await KeptApartAsync());
        Assert.Equal([slug], await FoundAsync("quokka"));
        Assert.Equal([slug], await FoundAsync("quok"));

        await SaveAsync(slug, "Wombat census");
        await TakenInAsync();
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
    public async Task Words_that_wait_for_the_index_are_found_at_once_and_those_before_them_no_more()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var another = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('waiting_texts'))", connection, transaction);
            await another.ExecuteNonQueryAsync(TestContext.Current.CancellationToken); // another node is at it, and does not end

            var slug = await Admin.ArticleAsync(new { headline = "Dunnart census", slug = "potoroo-count" });
            Assert.Equal([slug], await FoundAsync("dunnart"));
            Assert.Equal([slug], await FoundAsync("potoroo cens"));
            await SaveAsync(slug, "Bettong census");
            Assert.Empty(await FoundAsync("dunnart"));
            Assert.Equal([slug], await FoundAsync("bettong"));

            var french = await Admin.ArticleAsync(new { headline = "Les chevaux courent", language = "fr" });
            Assert.Equal([french], await FoundAsync("cheval")); // of a language that no text had before

            await Admin.PublishAsync(slug);
            await SaveAsync(slug, "Gone");
            (await Admin.DeleteAsync($"{Articles}/{slug}", "*")).Expect(HttpStatusCode.NoContent);
            (await Admin.PostAsync($"{Articles}/{slug}/purge")).Expect(HttpStatusCode.NoContent);
            Assert.Equal([french], await FoundAsync("courent"));
            Assert.Equal(0L, await KeptApartAsync());
            Assert.Equal(1L, await SqlAsync("select count(*) from waiting_texts"));
        }

        await TakenInAsync();
        Assert.Equal(1L, await KeptApartAsync());
        Assert.Equal(0L, await SqlAsync("select gin_clean_pending_list('ix_working_copy_texts_words')"));
        Assert.Single(await FoundAsync("cheval"));
    }

    [Fact]
    public async Task No_more_than_a_thousand_wait_for_the_index()
    {
        var slug = await Admin.ArticleAsync(new { headline = "Numbat census", slug = "counted" });
        await TakenInAsync();
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var another = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('waiting_texts'))", connection, transaction);
        await another.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await SqlAsync(
            $"insert into waiting_texts select a.id, n from articles a cross join generate_series(1, 1000) n where a.slug = '{slug}'"
        );

        await SaveAsync(slug, "Quoll census");

        Assert.Equal(1000L, await SqlAsync("select count(*) from waiting_texts"));
        Assert.Equal(2, await SqlAsync("select revision from working_copy_texts"));
        Assert.Equal([slug], await FoundAsync("quoll"));
        Assert.Empty(await FoundAsync("numbat"));
    }

    [Fact]
    public async Task A_text_of_which_no_words_can_be_made_keeps_nobody_from_finding_others()
    {
        await SqlAsync(
            """
            create or replace function public.working_copy_words(r public.revisions, configuration text) returns tsvector
              language plpgsql immutable parallel safe as $$
            begin
              if r.headline = 'Unreadable' then raise invalid_text_representation; end if;
              return public.revision_words(r, configuration);
            end $$
            """
        );
        await Admin.ArticleAsync(new { headline = "Unreadable" });
        foreach (var number in Enumerable.Range(0, 3))
            await Admin.ArticleAsync(new { headline = $"Quenda {number}" });

        await TakenInAsync();
        Assert.Equal(3, (await FoundAsync("quenda")).Count);
        Assert.Equal(3L, await KeptApartAsync());
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
        const string Index = "pg_class where relname = 'ix_publication_texts_words'";
        Assert.Equal("{fastupdate=f}", await SqlAsync($"select reloptions::text from {Index}"));
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

    // The index has taken in what was saved.
    private Task TakenInAsync() => Eventually.TrueAsync(async () => await SqlAsync("select count(*) from waiting_texts") is 0L);

    private Task<object?> KeptApartAsync() => SqlAsync("select count(*) from working_copy_texts");

    private async Task SaveAsync(string slug, string headline)
    {
        var read = await Admin.ReadAsync($"{Articles}/{slug}");
        (await Admin.PutAsync($"{Articles}/{slug}", new { headline, slug }, read.Headers.ETag!.Tag)).Expect(HttpStatusCode.OK);
    }
}
