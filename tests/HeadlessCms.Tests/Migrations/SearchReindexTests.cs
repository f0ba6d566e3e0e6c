using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Migrations;

/// <summary>Words that are made anew, and how often they are counted.</summary>
public sealed class SearchReindexTests(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
{
    private const string Counts = """
        select string_agg(concat_ws(' ', configuration, word, texts), ';' order by configuration, word) from word_counts
        """;

    [Fact]
    public async Task Lost_words_and_counts_are_made_anew_while_readers_read_and_nothing_else_changes()
    {
        await Admin.ArticleAsync(
            new { headline = "Herons nest by the water", body = new { format = "text", content = "A heron, twice a heron." } },
            publish: true
        );
        await Admin.ArticleAsync(new { headline = "Die Häuser in Köln", language = "de" }, publish: true);
        await Admin.ConceptAsync("topics", new { name = "Wading birds" });
        var (counts, words) = (await SqlAsync(Counts), await WordsAsync());
        await SqlAsync("update publication_texts set words = '', length = 0");
        await SqlAsync("update working_copy_texts set words = '' where revision = 1");
        await SqlAsync("delete from word_counts");
        await SqlAsync("update search_configurations set texts = 7");
        await SqlAsync("update concept_names set words = ''");

        await using (var database = new Database(ConnectionString))
            Assert.Equal(2, await SearchReindex.RunAsync(database, TestContext.Current.CancellationToken));

        Assert.Equal(words, await WordsAsync());
        Assert.Equal(counts, await SqlAsync(Counts));
        Assert.Equal(2L, Convert.ToInt64(await SqlAsync("select sum(texts) from search_configurations"), null));
        Assert.Single(await Anyone.SlugsAsync("/content/v1/search?q=heron"));
        Assert.Single(await Admin.SlugsAsync("/editorial/v1/articles?q=heron"));
        Assert.Equal(0L, await SqlAsync("select count(*) from concept_names where words = ''"));

        async Task<object?> WordsAsync() =>
            await SqlAsync(
                "select string_agg(concat_ws(' ', configuration, length, words), ';' order by publication_id) from publication_texts"
            );
    }

    [Fact]
    public async Task A_text_is_counted_once_when_it_is_published_and_by_the_next_one_where_another_transaction_counts()
    {
        await Admin.ArticleAsync(new { headline = "Ibis alpha" }, publish: true);
        Assert.Equal(1L, await CountAsync());

        await using (var source = Npgsql.NpgsqlDataSource.Create(ConnectionString))
        await using (var other = await source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var counting = new Npgsql.NpgsqlCommand("select pg_advisory_xact_lock(hashtext('word_counts'))", other);
            await counting.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await Admin.ArticleAsync(new { headline = "Ibis beta" }, publish: true);
            Assert.Equal(1L, await CountAsync());
            Assert.Equal(2, (await Anyone.SlugsAsync("/content/v1/search?q=ibis")).Count);
        }

        await Admin.ArticleAsync(new { headline = "Ibis gamma" }, publish: true);
        Assert.Equal(3L, await CountAsync());
        Assert.Equal(0L, await SqlAsync("select count(*) from uncounted_texts"));

        async Task<object?> CountAsync() => await SqlAsync("select texts from word_counts where word = 'ibi'");
    }
}
