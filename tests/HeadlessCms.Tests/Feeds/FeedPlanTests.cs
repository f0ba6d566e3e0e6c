using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

/// <summary>The query plans of feeds in a large newsroom: no table is scanned.</summary>
public sealed class FeedPlanTests(LargeNewsroom newsroom) : IClassFixture<LargeNewsroom>
{
    [Theory]
    [InlineData("/feeds/articles.rss", "ix_publications_first_live_from_article_id", true)]
    [InlineData("/feeds/articles.atom?topic=topic-1", "appearances_pkey", false)]
    [InlineData("/feeds/topics/topic-1.json", "appearances_pkey", false)]
    [InlineData("/feeds/people/person-1.ninjs", "appearances_pkey", false)]
    public async Task Pages_and_documents_of_the_archive_of_all_stories_are_read_from_where_they_begin(
        string feed,
        string index,
        bool ofAll
    )
    {
        var first = await FeedDocument.ReadAsync(newsroom.Anyone, feed);
        List<string> paths = [feed, first.To("next")!];
        // The end of an archive document of a concept is found article by article; for so few rows PostgreSQL may scan the table.
        if (ofAll)
            paths.AddRange([
                first.To("prev-archive")!,
                (await FeedDocument.ReadAsync(newsroom.Anyone, first.To("prev-archive")!)).To("prev-archive")!,
            ]);

        foreach (var path in paths)
        {
            var plans = await PlansAsync(path);
            Assert.All(plans, plan =>
                Assert.False(
                    plan.Nodes.Any(node =>
                        QueryPlan.Text(node, "Node Type") == "Seq Scan"
                        && QueryPlan.Text(node, "Relation Name") is "articles" or "revisions" or "publications" or "appearances"
                    ),
                    plan.ToString()
                )
            );
            Assert.Contains(plans[^1].Nodes, node => QueryPlan.Text(node, "Index Name") == index);
        }
    }

    private async Task<List<QueryPlan>> PlansAsync(string path)
    {
        var plans = new List<QueryPlan>();
        foreach (var statement in await newsroom.Statements.RecordReadsAsync(() => newsroom.Admin.ReadAsync(path))) // with a key: uncached
            plans.Add(await QueryPlan.OfAsync(statement, newsroom.ConnectionString, TestContext.Current.CancellationToken));
        return plans;
    }
}
