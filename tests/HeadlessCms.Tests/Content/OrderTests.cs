using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>The sort orders of Content's lists, page by page.</summary>
public sealed class OrderTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task What_is_published_anew_comes_first_by_its_update_and_stays_in_its_place_by_its_first_publication()
    {
        await newsroom.Admin.ConceptAsync("topics", new { name = "Updates" });
        foreach (
            var (slug, liveFrom) in new[]
            {
                ("first", "2024-01-01T00:00:00Z"),
                ("second", "2024-01-02T00:00:00Z"),
                ("third", "2024-01-03T00:00:00Z"),
            }
        )
        {
            await newsroom.Admin.ArticleAsync(
                new
                {
                    headline = slug,
                    slug,
                    genre = "updates",
                    topics = new[] { new { topic = "updates" } },
                }
            );
            await newsroom.Admin.PublishAsync(slug, new { liveFrom });
        }

        (await newsroom.Admin.PatchAsync("/editorial/v1/articles/first", new { standfirst = "New" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        await newsroom.Admin.PublishAsync("first");

        foreach (
            var list in new[]
            {
                "/content/v1/articles?genre=updates&",
                "/content/v1/articles?topic=updates&",
                "/content/v1/topics/updates/articles?",
            }
        )
        {
            Assert.Equal(["third", "second", "first"], await newsroom.Anyone.SlugsAsync($"{list}limit=1"));
            foreach (var limit in new[] { 1, 2, 3 })
                Assert.Equal(["first", "third", "second"], await newsroom.Anyone.SlugsAsync($"{list}sort=-updatedAt&limit={limit}"));
            var cursor = (await newsroom.Anyone.ReadAsync($"{list}sort=-updatedAt&limit=1")).Json["nextCursor"];
            foreach (var other in new[] { "", "sort=publishedAt&", "sort=-publishedAt&" })
                Assert.Equal(
                    ["cursor: invalidCursor"],
                    (await newsroom.Anyone.ReadAsync($"{list}{other}limit=1&cursor={cursor}")).Errors(HttpStatusCode.BadRequest)
                );
        }
    }
}
