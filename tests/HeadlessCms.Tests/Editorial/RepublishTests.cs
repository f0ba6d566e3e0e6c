using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Publishing what is published does nothing, and says what gave way where it does something.</summary>
public sealed class RepublishTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly DateTimeOffset Thursday = new(2090, 6, 1, 9, 0, 0, TimeSpan.Zero);

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task Publishing_what_is_live_and_unchanged_does_nothing()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Published twice" }, publish: true);
        var first = (await PublicationsAsync(slug)).Single();
        var shown = await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}");
        var changes = await newsroom.SqlAsync("select count(*) from changes");

        foreach (var request in new object[] { new { }, new { revision = 1 }, new { liveFrom = first["liveFrom"]!.GetValue<string>() } })
        {
            var again = await Editor.PostAsync(Publications(slug), request);
            Assert.Equal((string?)first["id"], (string?)again.Expect(HttpStatusCode.OK)["id"]);
            Assert.Empty(again.Json["replaced"]!.AsArray());
        }

        Assert.Single(await PublicationsAsync(slug));
        Assert.Equal(shown.Tag, (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Tag);
        Assert.Equal(changes, await newsroom.SqlAsync("select count(*) from changes"));
    }

    [Fact]
    public async Task A_correction_or_another_end_is_a_publication_and_the_same_again_is_none()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Corrected once" }, publish: true);
        object[] requests =
        [
            new { correction = new { kind = "correction", text = "The name was wrong." } },
            new { liveUntil = Thursday },
            new { },
        ];
        foreach (var request in requests)
        {
            var made = (await Editor.PostAsync(Publications(slug), request)).Expect(HttpStatusCode.Created);
            var again = (await Editor.PostAsync(Publications(slug), request)).Expect(HttpStatusCode.OK);
            Assert.Equal((string?)made["id"], (string?)again["id"]);
        }

        Assert.Equal(4, (await PublicationsAsync(slug)).Count);
    }

    [Fact]
    public async Task The_same_schedule_again_is_there_already()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Scheduled once" });
        var made = (await Editor.PostAsync(Publications(slug), new { liveFrom = Thursday })).Expect(HttpStatusCode.Created);
        var again = (await Editor.PostAsync(Publications(slug), new { liveFrom = Thursday })).Expect(HttpStatusCode.OK);
        Assert.Equal((string?)made["id"], (string?)again["id"]);
        Assert.Single(await PublicationsAsync(slug));
    }

    [Fact]
    public async Task A_publication_says_what_gave_way_to_it()
    {
        var (slug, live, scheduled) = await WithAnUpdateOnThursdayAsync("Replaced");
        var fix = (await Editor.PostAsync(Publications(slug), new { })).Expect(HttpStatusCode.Created);
        Assert.Equal(
            [
                ((string?)live["id"], 1, (string?)live["liveFrom"], "2090-06-01T09:00:00Z"),
                ((string?)scheduled["id"], 2, "2090-06-01T09:00:00Z", null),
            ],
            fix["replaced"]!
                .AsArray()
                .Select(way => ((string?)way!["id"], (int)way["revision"]!, (string?)way["liveFrom"], (string?)way["liveUntil"]))
        );
        Assert.Equal("cancelled", (string?)(await PublicationsAsync(slug)).Single(row => (int)row["revision"]! == 2)["state"]);
    }

    [Fact]
    public async Task A_fix_can_leave_what_is_scheduled_alone()
    {
        var (slug, live, scheduled) = await WithAnUpdateOnThursdayAsync("Kept");
        var fix = (await Editor.PostAsync(Publications(slug), new { keepScheduled = true })).Expect(HttpStatusCode.Created);

        Assert.Equal("2090-06-01T09:00:00Z", (string?)fix["liveUntil"]);
        Assert.Equal([(string?)live["id"]], fix["replaced"]!.AsArray().Select(way => (string?)way!["id"]));
        var kept = (await PublicationsAsync(slug)).Single(row => (string?)row["id"] == (string?)scheduled["id"]);
        Assert.Equal("scheduled", (string?)kept["state"]);

        // Once that is cancelled, the fix goes on as it was planned.
        (await Editor.DeleteAsync($"{Publications(slug)}/{kept["id"]}", null)).Expect(HttpStatusCode.NoContent);
        var now = (await PublicationsAsync(slug)).Single(row => (string?)row["id"] == (string?)fix["id"]);
        Assert.Null(now["liveUntil"]);
    }

    [Fact]
    public async Task A_double_click_is_one_publication()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Clicked twice" });
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Editor.PostAsync(Publications(slug), new { })));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(7, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Single(await PublicationsAsync(slug));
    }

    private static string Publications(string slug) => $"/editorial/v1/articles/{slug}/publications";

    private async Task<List<JsonNode>> PublicationsAsync(string slug) =>
        [.. (await Editor.ReadAsync(Publications(slug))).Expect(HttpStatusCode.OK)["items"]!.AsArray().Select(item => item!)];

    // Revision 1 is live, 2 is scheduled, 3 is the working copy.
    private async Task<(string Slug, JsonNode Live, JsonNode Scheduled)> WithAnUpdateOnThursdayAsync(string headline)
    {
        var slug = await Editor.ArticleAsync(new { headline }, publish: true);
        await SaveAsync("Thursday's");
        await Editor.PublishAsync(slug, new { liveFrom = Thursday });
        await SaveAsync("today's");
        var publications = await PublicationsAsync(slug);
        return (slug, publications.Single(row => (int)row["revision"]! == 1), publications.Single(row => (int)row["revision"]! == 2));

        async Task SaveAsync(string standfirst)
        {
            var path = $"/editorial/v1/articles/{slug}";
            (await Editor.PatchAsync(path, new { standfirst }, (await Editor.ReadAsync(path)).Tag)).Expect(HttpStatusCode.OK);
        }
    }
}
