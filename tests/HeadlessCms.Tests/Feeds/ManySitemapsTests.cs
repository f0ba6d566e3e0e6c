using System.Globalization;
using System.Xml.Linq;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

/// <summary>A newsroom of 20,000 publications that exist only for the sitemaps.</summary>
public sealed class ManySitemapsTests(PublicNewsroom newsroom) : IClassFixture<PublicNewsroom>
{
    private const int Stories = 20_000;

    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";

    [Fact]
    public async Task Sitemaps_have_every_story_once_and_stay_as_they_are_while_others_come_and_some_go()
    {
        await StoriesAsync("old", Stories, "2020-01-01");
        await newsroom.SqlAsync("vacuum analyze publications");
        foreach (var path in new[] { "/sitemap.xml", "/sitemaps/articles.xml" })
        {
            foreach (var statement in await newsroom.Statements.RecordReadsAsync(() => newsroom.Admin.ReadAsync(path)))
            {
                var plan = await QueryPlan.OfAsync(statement, newsroom.ConnectionString, TestContext.Current.CancellationToken);
                Assert.False(
                    plan.Nodes.Any(node =>
                        QueryPlan.Text(node, "Node Type") == "Seq Scan" && QueryPlan.Text(node, "Relation Name") == "publications"
                    ),
                    plan.ToString()
                );
                Assert.Contains(plan.Nodes, node =>
                    QueryPlan.Text(node, "Index Name") is "ix_publications_sitemaps" or "ix_publications_first_live_from_article_id"
                );
            }
        }

        var before = await SitemapsAsync();
        await StoriesAsync("new", 500, "2021-01-01");
        await newsroom.SqlAsync("update publications set live_until = now() - interval '1 second' where slug = 'old-7000'");
        var after = await SitemapsAsync();

        Assert.InRange(before.Count, 2, Stories / 1_000); // one per id with such an end, and the first
        Assert.Equal(
            1L
                + (long)
                    (
                        await newsroom.SqlAsync(
                            "select count(*) from publications where slug like 'old-%' and right(article_id::text, 3) in "
                                + "('000', '800') and slug <> 'old-1'"
                        )
                    )!,
            before.Count
        );
        Assert.Equal(Enumerable.Range(1, Stories).Select(number => $"old-{number}"), before.Values.SelectMany(slugs => slugs));
        Assert.Equal(
            Enumerable
                .Range(1, Stories)
                .Where(number => number != 7_000)
                .Select(number => $"old-{number}")
                .Concat(Enumerable.Range(1, 500).Select(number => $"new-{number}")),
            after.Values.SelectMany(slugs => slugs)
        );
        var same = before.Keys.Where(name => after.TryGetValue(name, out var now) && now.SequenceEqual(before[name])).ToList();
        Assert.InRange(before.Count - same.Count, 1, 2); // the one that lost a page, and the newest
    }

    // The rows of publications only, without their articles and revisions.
    private Task<object?> StoriesAsync(string name, int count, string from) =>
        newsroom.SqlAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                set session_replication_role = replica;
                insert into publications (id, article_id, revision, slug, live_from, first_live_from, created_at, created_by,
                  start_logged, end_logged)
                select gen_random_uuid(), (left(md5('{name}' || n), 29) || case when n % 5000 = 1234 then '800' else right(md5('{name}' ||
                  n), 3) end)::uuid, 1,
                       '{name}-' || n, t.at, t.at, t.at, 'test', true, false
                from generate_series(1, {count}) n cross join lateral (select timestamptz '{from}' + n * interval '1 minute' as at) t;
                """
            )
        );

    private async Task<Dictionary<string, List<string>>> SitemapsAsync()
    {
        var sitemaps = new Dictionary<string, List<string>>();
        foreach (var sitemap in await LocationsAsync("/sitemap.xml"))
            sitemaps.Add(
                sitemap,
                [.. (await LocationsAsync(sitemap[PublicNewsroom.Site.Length..])).Select(page => page[(PublicNewsroom.Site.Length + 1)..])]
            );
        return sitemaps;
    }

    private async Task<List<string>> LocationsAsync(string path) =>
        [.. XDocument.Parse((await newsroom.Admin.ReadAsync(path)).Text).Descendants(Sitemap + "loc").Select(location => location.Value)];
}
