using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

public sealed class OverviewTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task The_overview_shows_what_a_desk_looks_at_by_three_statements_at_most()
    {
        var editor = newsroom.Admin;
        var topic = await editor.ConceptAsync("topics", new { name = "Of the week" });
        var rare = await editor.ConceptAsync("topics", new { name = "Rarely" });
        object[] topics = [new { topic }];
        for (var number = 0; number < 12; number++)
            await editor.ArticleAsync(new { headline = $"Draft {number}" });
        var live = await editor.ArticleAsync(new { headline = "Live", topics }, publish: true);
        var later = await editor.ArticleAsync(new { headline = "Later" });
        await editor.PublishAsync(later, new { liveFrom = "2999-01-01T00:00:00Z" });
        var sooner = await editor.ArticleAsync(new { headline = "Sooner" });
        await editor.PublishAsync(sooner, new { liveFrom = "2998-01-01T00:00:00Z" });
        var expiring = await editor.ArticleAsync(
            new { headline = "Expiring", topics = new object[] { new { topic }, new { topic = rare } } }
        );
        await editor.PublishAsync(
            expiring,
            new { liveUntil = TimeProvider.System.GetUtcNow().AddDays(2).ToString("yyyy-MM-ddTHH:mm:ssZ", null) }
        );
        var withdrawn = await editor.ArticleAsync(new { headline = "Withdrawn" }, publish: true);
        (await editor.PostAsync($"/editorial/v1/articles/{withdrawn}/withdraw", new { reason = "x" })).Expect(HttpStatusCode.OK);
        var trashed = await editor.ArticleAsync(new { headline = "Trashed" });
        (await editor.DeleteAsync($"/editorial/v1/articles/{trashed}", "*")).Expect(HttpStatusCode.NoContent);
        await editor.ReadAsync("/editorial/v1/overview"); // updates the last use of the key

        Answer answer = null!;
        var statements = await newsroom.Statements.CountAsync(async () => answer = await editor.ReadAsync("/editorial/v1/overview"));

        Assert.True(statements <= 4, $"{statements} statements, including the key."); // three, and the key
        var overview = answer.Expect(HttpStatusCode.OK);
        Assert.Equal((12, 10, "draft-11"), (overview["drafts"]!["total"]!.GetValue<int>(), Slugs("drafts").Count, Slugs("drafts")[0]));
        Assert.Equal([sooner, later], Slugs("scheduled"));
        Assert.Equal([expiring, live], Slugs("live"));
        Assert.Equal([expiring], Slugs("expiring"));
        Assert.Equal([withdrawn], Slugs("withdrawn"));
        Assert.Equal(
            [$"{topic} 2", $"{rare} 1"],
            overview["topics"]!.AsArray().Select(used => $"{used!["topic"]!["slug"]} {used["articles"]}")
        );

        List<string> Slugs(string section) => [.. overview[section]!["items"]!.AsArray().Select(item => item!["slug"]!.GetValue<string>())];
    }
}
