using System.Net;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Content;

/// <summary>The query plans of the most frequent requests: they use an index in its order and do not scan all articles.</summary>
public sealed class PlanTests(LargeNewsroom newsroom) : IClassFixture<LargeNewsroom>
{
    private const string Articles = "/content/v1/articles";
    private static readonly string[] Stories = ["articles", "revisions", "publications", "appearances"];

    [Theory]
    [InlineData($"{Articles}/story-3000", "ix_publications_slug")]
    [InlineData($"{Articles}/story-3000?language=tg,en", "ix_publications_article_id_revision")]
    [InlineData($"{Articles}/{{id}}", "ix_publications_article_id_revision")]
    [InlineData("/content/v1/topics/topic-1", "pk_concept_slugs")]
    [InlineData("/content/v1/people/person-1", "pk_concept_slugs")]
    [InlineData("/content/v1/changes?since={change}", "pk_changes")]
    public async Task What_is_named_is_looked_up(string path, string index) => await ReadsFromAsync(path, index);

    [Theory]
    [InlineData($"{Articles}?", "ix_publications_first_live_from_article_id")]
    [InlineData($"{Articles}?sort=publishedAt", "ix_publications_first_live_from_article_id")]
    [InlineData($"{Articles}?sort=-updatedAt", "ix_publications_live_from_article_id")]
    [InlineData($"{Articles}?topic=topic-1", "appearances_pkey")]
    [InlineData($"{Articles}?topic=topic-1&sort=publishedAt", "appearances_pkey")]
    [InlineData($"{Articles}?topic=topic-1&sort=-updatedAt", "ix_appearances_concept_id_live_from")]
    [InlineData($"{Articles}?topic=topic-70", "appearances_pkey")]
    [InlineData($"{Articles}?place=place-1&relation=mentions", "appearances_pkey")]
    [InlineData($"{Articles}?author=person-7", "appearances_pkey")]
    [InlineData($"{Articles}?person=person-1&topic=topic-1", "appearances_pkey")]
    [InlineData($"{Articles}?person=person-1&topic=topic-2", "appearances_pkey")]
    [InlineData("/content/v1/topics/topic-1/articles?", "appearances_pkey")]
    [InlineData("/content/v1/topics/topic-1/articles?language=tg,en", "appearances_pkey")]
    [InlineData($"{Articles}?language=tg,en,fr", "ix_publications_first_live_from_article_id")]
    [InlineData($"{Articles}?fields=slug,translations", "ix_publications_first_live_from_article_id")]
    [InlineData("/content/v1/people/person-1/articles?sort=-updatedAt", "ix_appearances_concept_id_live_from")]
    public async Task A_page_is_read_from_where_the_one_before_it_ended_in_the_order_of_an_index(string list, string index)
    {
        foreach (var limit in new[] { 2, 20 })
        {
            var first = await ReadsFromAsync($"{list}&limit={limit}", index);
            Assert.DoesNotContain(first.Spine, node => QueryPlan.Text(node, "Node Type")!.Contains("Sort", StringComparison.Ordinal));
            var cursor = (await newsroom.Anyone.ReadAsync($"{list}&limit={limit}")).Json["nextCursor"];
            var second = await ReadsFromAsync($"{list}&limit={limit}&cursor={cursor}", index);
            Assert.DoesNotContain(second.Spine, node => QueryPlan.Text(node, "Node Type")!.Contains("Sort", StringComparison.Ordinal));
            Assert.Contains("ROW(", QueryPlan.Text(second.Spine[^1], "Index Cond"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData($"{Articles}?person=person-1&topic=topic-2&limit=20")]
    [InlineData($"{Articles}?person=person-2&topic=topic-1&limit=20")]
    [InlineData($"{Articles}?topic=topic-1&topic=topic-2&place=place-1&limit=100")]
    [InlineData($"{Articles}?person=person-1&topic=topic-3,topic-4&limit=20")]
    [InlineData($"{Articles}?author=person-7&topic=topic-1&sort=-updatedAt")]
    public async Task A_second_concept_is_looked_up_for_each_story_and_its_own_stories_are_not_gathered(string path)
    {
        var plan = (await PlansAsync(path))[^1];

        var lookups = plan
            .Nodes.Where(node => QueryPlan.Text(node, "Relation Name") == "appearances")
            .Except([plan.Spine[^1]])
            .Where(node => QueryPlan.Text(node, "Index Name") != "ix_appearances_series") // the articles beside one in its series
            .ToList();
        Assert.NotEmpty(lookups);
        Assert.All(lookups, node =>
            Assert.Contains("article_id = ", QueryPlan.Text(node, "Index Cond") ?? $"{plan}", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("/content/v1/topics?limit=20")]
    [InlineData("/content/v1/people?limit=100")]
    [InlineData("/content/v1/places?limit=20")]
    public async Task A_list_of_concepts_is_read_in_the_order_of_an_index_and_what_names_each_is_looked_up(string path)
    {
        var plan = (await PlansAsync(path))[^1];

        Assert.Contains(plan.Spine, node => QueryPlan.Text(node, "Index Name") == "ix_concepts_kind_name_id");
        Assert.DoesNotContain(plan.Spine, node => QueryPlan.Text(node, "Node Type")!.Contains("Sort", StringComparison.Ordinal));
        Assert.All(
            plan.Nodes.Where(node => QueryPlan.Text(node, "Relation Name") is "mentions" or "authorships"),
            // By an index, or by a scan if there are few rows, but only for this concept.
            node =>
                Assert.True(
                    $"{QueryPlan.Text(node, "Index Cond")} {QueryPlan.Text(node, "Filter")}".Contains("_id = c", StringComparison.Ordinal),
                    $"{plan}"
                )
        );
    }

    [Theory]
    [InlineData($"{Articles}?ids={{id}},{{other}}")]
    [InlineData($"{Articles}?ids=story-1,story-2,{{id}}")]
    [InlineData($"{Articles}?topic=topic-70,topic-71")]
    [InlineData($"{Articles}?topic=topic-70&count=true&limit=1")]
    public async Task A_small_part_of_the_stories_is_read_without_the_others(string path)
    {
        foreach (var plan in await PlansAsync(path))
            ReadsNoStoriesFromEndToEnd(plan);
    }

    // The visibility of a place also depends on revisions, through another index.
    [Theory]
    [InlineData($"{Articles}?count=true&limit=1")]
    [InlineData($"{Articles}?topic=topic-1&count=true&limit=1")]
    public async Task What_is_counted_is_counted_without_its_revisions(string path)
    {
        var count = (await PlansAsync(path))[0];

        Assert.DoesNotContain(count.Nodes, node =>
            QueryPlan.Text(node, "Relation Name") == "revisions" && QueryPlan.Text(node, "Index Name") != "ix_revisions_dateline_place_id"
        );
    }

    // A text that is found is read once for its date, and once for its rank if it is among the newest.
    [Theory]
    [InlineData("headline", 200, 1_000)]
    [InlineData("headline jackpot", 60, 130)]
    [InlineData("jackpot", 60, 130)]
    [InlineData("harvest", 200, 2_300)]
    public async Task The_newest_stories_with_a_word_are_read_without_most_of_the_older_ones(string q, int found, int read)
    {
        await using var connection = new NpgsqlConnection(newsroom.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        // A scan of all is fastest for so few rows.
        await SqlAsync("set enable_seqscan = off");
        const string Newest =
            "select string_agg(publication_id::text, ' ' order by published_at) from live.newest_matches($1, null, null, null, 200)";
        // Plans once, which reads some rows, too.
        var newest = await SqlAsync(Newest, q);

        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        const string Reads = "select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = 'publication_texts'";
        var before = (long)(await SqlAsync(Reads))!;
        await SqlAsync(Newest, q);
        var reads = (long)(await SqlAsync(Reads))! - before;

        Assert.Equal(found, $"{newest}".Split(' ').Length);
        Assert.InRange(reads, found, read);
        Assert.Equal(
            await SqlAsync(
                """
                select string_agg(publication_id::text, ' ' order by published_at)
                from (select * from live.matches($1, null) order by published_at desc limit 200) newest
                """,
                q
            ),
            newest
        );

        async Task<object?> SqlAsync(string sql, params string[] values)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            foreach (var value in values)
                command.Parameters.AddWithValue(value);
            return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }
    }

    // The last statement reads the result; an earlier one finds the concept of the path.
    private async Task<QueryPlan> ReadsFromAsync(string path, string index)
    {
        var plans = await PlansAsync(path);
        foreach (var plan in plans)
            ReadsNoStoriesFromEndToEnd(plan);
        Assert.True(QueryPlan.Text(plans[^1].Spine[^1], "Index Name") == index, plans[^1].ToString());
        return plans[^1];
    }

    private static void ReadsNoStoriesFromEndToEnd(QueryPlan plan) =>
        Assert.False(
            plan.Nodes.Any(node =>
                QueryPlan.Text(node, "Node Type") == "Seq Scan" && Stories.Contains(QueryPlan.Text(node, "Relation Name"))
            ),
            plan.ToString()
        );

    private async Task<List<QueryPlan>> PlansAsync(string path)
    {
        foreach (
            var (name, sql) in new[]
            {
                ("{id}", "select id from articles where slug = 'story-77'"),
                ("{other}", "select id from articles where slug = 'story-78'"),
            }
        )
            path = path.Replace(name, $"{await newsroom.SqlAsync(sql)}", StringComparison.Ordinal);
        if (path.Contains("{change}", StringComparison.Ordinal))
            path = path.Replace(
                "{change}",
                (await newsroom.Anyone.ReadAsync("/content/v1/changes?limit=100")).Json["nextCursor"]!.GetValue<string>(),
                StringComparison.Ordinal
            );
        // A request with a key bypasses the cache.
        var sent = await newsroom.Statements.RecordReadsAsync(async () => (await newsroom.Admin.ReadAsync(path)).Expect(HttpStatusCode.OK));
        var plans = new List<QueryPlan>();
        foreach (var statement in sent)
            plans.Add(await QueryPlan.OfAsync(statement, newsroom.ConnectionString, TestContext.Current.CancellationToken));
        return plans;
    }
}
