using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>The list of working copies: filters and search.</summary>
public sealed class ListTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/editorial/v1/articles";

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task Each_status_lists_its_own()
    {
        var draft = await Editor.ArticleAsync(new { headline = "Status draft", language = "fo" });
        var scheduled = await Editor.ArticleAsync(new { headline = "Status scheduled", language = "fo" });
        await Editor.PublishAsync(scheduled, new { liveFrom = "2998-01-01T00:00:00Z" });
        var live = await Editor.ArticleAsync(new { headline = "Status live", language = "fo" }, publish: true);
        var expired = await Editor.ArticleAsync(new { headline = "Status expired", language = "fo" }, publish: true);
        (await Editor.PostAsync($"{Articles}/{expired}/unpublish")).Expect(HttpStatusCode.OK);
        var withdrawn = await Editor.ArticleAsync(new { headline = "Status withdrawn", language = "fo" }, publish: true);
        (await Editor.PostAsync($"{Articles}/{withdrawn}/withdraw", new { reason = "x" })).Expect(HttpStatusCode.OK);
        var trashed = await Editor.ArticleAsync(new { headline = "Status trashed", language = "fo" });
        (await Editor.DeleteAsync($"{Articles}/{trashed}", "*")).Expect(HttpStatusCode.NoContent);

        foreach (
            var (status, slug) in new[]
            {
                ("draft", draft),
                ("scheduled", scheduled),
                ("live", live),
                ("expired", expired),
                ("withdrawn", withdrawn),
                ("trashed", trashed),
            }
        )
            Assert.Equal([slug], await Editor.SlugsAsync($"{Articles}?language=fo&status={status}"));
        Assert.Equal([withdrawn, expired, live, scheduled, draft], await Editor.SlugsAsync($"{Articles}?language=fo"));
        Assert.Equal(["status: unknownValue"], (await Editor.ReadAsync($"{Articles}?status=Live")).Errors(HttpStatusCode.BadRequest));
        Assert.Empty(await Editor.SlugsAsync($"{Articles}?topic=no-such-topic"));
    }

    [Theory]
    [InlineData("100%", "hundred")]
    [InlineData("a_b", "underscore")]
    [InlineData("c\\d", "backslash")]
    [InlineData("'; drop", "quote")]
    [InlineData("ҶУМҲУРИЯТ", "tajik")]
    public async Task A_topic_is_searched_for_to_the_letter(string text, string name)
    {
        var slug = $"letter-{name}";
        await Editor.ConceptAsync("topics", new { name = $"Of {text.ToLowerInvariant()} too", slug });
        await Editor.ConceptAsync("topics", new { name = "Of 100 and axb and cd", slug = $"no-{slug}" });

        Assert.Equal([slug], await Editor.SlugsAsync($"/editorial/v1/topics?q={Uri.EscapeDataString(text)}"));
    }

    [Theory]
    [MemberData(nameof(Kinds.Plurals), MemberType = typeof(Kinds))]
    public async Task A_concept_is_found_by_its_name_an_alias_a_label_or_its_slug_in_any_case(string kinds)
    {
        await Editor.ConceptAsync(
            kinds,
            new
            {
                name = "Findable Öne",
                slug = "found-1",
                aliases = new[] { "Other Name", "Third Name" },
                labels = new { ja = "見つかる", tg = "Ёфтшаванда" },
            }
        );
        await Editor.ConceptAsync(
            kinds,
            new
            {
                name = "Findable Two",
                slug = "found-2",
                description = "other name",
            }
        );

        foreach (var text in new[] { "findable ö", "OTHER NAME", "third", "見つ", "ёфтШ", "found-1", "UND-1" })
            Assert.Equal(["found-1"], await Editor.SlugsAsync($"/editorial/v1/{kinds}?q={Uri.EscapeDataString(text)}"));
        Assert.Equal(["found-1", "found-2"], await Editor.SlugsAsync($"/editorial/v1/{kinds}?q=fInDaBlE&limit=1"));
        Assert.Equal(2, (await Editor.ReadAsync($"/editorial/v1/{kinds}?q=findable&count=true&limit=1")).Json["total"]!.GetValue<int>());
        Assert.Empty(await Editor.SlugsAsync($"/editorial/v1/{kinds}?q=findable%25two"));
        (await Editor.PostAsync($"/editorial/v1/{kinds}/found-1/merge", new { into = "found-2" })).Expect(HttpStatusCode.OK);
        Assert.Equal(["found-2"], await Editor.SlugsAsync($"/editorial/v1/{kinds}?q=third%20name"));
    }
}
