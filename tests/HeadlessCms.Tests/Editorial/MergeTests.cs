using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

public sealed class MergeTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task A_merge_moves_every_mention_of_what_is_a_working_copy_live_or_to_be_live_and_leaves_history_as_it_was()
    {
        var (wrong, right) = await PairAsync("people", "Moved");
        var live = await ArticleAsync("Live mention", wrong, publish: true);
        (await Editor.PatchAsync(Path(live), new { standfirst = "Working copy" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        var past = await ArticleAsync("Past mention", wrong, publish: true);
        (await Editor.PostAsync($"{Path(past)}/unpublish")).Expect(HttpStatusCode.OK);
        (await Editor.PatchAsync(Path(past), new { people = Array.Empty<object>() }, "\"r1\"")).Expect(HttpStatusCode.OK);
        var planned = await ArticleAsync("Planned mention", wrong);
        await Editor.PublishAsync(planned, new { liveFrom = "2998-01-01T00:00:00Z" });
        (await Editor.PatchAsync(Path(planned), new { people = Array.Empty<object>() }, "\"r1\"")).Expect(HttpStatusCode.OK);

        var merged = (await Editor.PostAsync($"/editorial/v1/people/{wrong}/merge", new { into = right })).Expect(HttpStatusCode.OK);

        Assert.Equal(right, merged["slug"]!.GetValue<string>());
        Assert.Equal((1, 1), (merged["usage"]!["articles"]!.GetValue<int>(), merged["usage"]!["live"]!.GetValue<int>()));
        Assert.Equal(right, await PersonAsync($"{Path(live)}/revisions/1"));
        Assert.Equal(right, await PersonAsync(Path(live)));
        Assert.Equal(right, await PersonAsync($"{Path(planned)}/revisions/1"));
        Assert.Equal(wrong, await PersonAsync($"{Path(past)}/revisions/1"));
        Assert.Equal([live], await newsroom.Anyone.SlugsAsync($"/content/v1/people/{right}/articles"));
        Assert.Contains("Moved wrong", merged["aliases"]!.AsArray().Select(alias => alias!.GetValue<string>()));
        Assert.Equal(
            "merged",
            (await Editor.ReadAsync($"/editorial/v1/audit?kind=person&subject={wrong}")).Json["items"]![0]!["action"]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task What_was_merged_leads_to_the_other_by_slug_and_by_id_everywhere()
    {
        var (wrong, right) = await PairAsync("topics", "Led");
        var id = (await Editor.ReadAsync($"/editorial/v1/topics/{wrong}")).Json["id"]!.GetValue<string>();
        (await Editor.PatchAsync($"/editorial/v1/topics/{wrong}", new { @public = true }, "\"v1\"")).Expect(HttpStatusCode.OK);
        (await Editor.PostAsync($"/editorial/v1/topics/{wrong}/merge", new { into = right })).Expect(HttpStatusCode.OK);

        foreach (var name in new[] { wrong, id })
        {
            Assert.Equal(
                right,
                (await Editor.ReadAsync($"/editorial/v1/topics/{name}")).Expect(HttpStatusCode.OK)["slug"]!.GetValue<string>()
            );
            var moved = await newsroom.Anyone.ReadAsync($"/content/v1/topics/{name}");
            Assert.Equal(
                (HttpStatusCode.PermanentRedirect, $"/content/v1/topics/{right}"),
                (moved.Status, moved.Headers.Location!.ToString())
            );
            var article = await Editor.ArticleAsync(
                new { headline = "Led article", topics = new[] { new { topic = name } } },
                publish: true
            );
            Assert.Equal(right, (await Editor.ReadAsync(Path(article))).Json["topics"]![0]!["slug"]!.GetValue<string>());
            Assert.Contains(article, await newsroom.Anyone.SlugsAsync($"/content/v1/articles?topic={name}"));
        }

        Assert.DoesNotContain(wrong, await Editor.SlugsAsync("/editorial/v1/topics?limit=100"));
        Assert.DoesNotContain(wrong, await newsroom.Anyone.SlugsAsync("/content/v1/topics?limit=100"));
    }

    [Fact]
    public async Task A_chain_of_merges_leads_straight_to_the_last_and_a_freed_slug_can_be_taken()
    {
        var (first, second) = await PairAsync("people", "Chain");
        var third = await Editor.ConceptAsync("people", new { name = "Chain end", @public = true });
        var id = (await Editor.ReadAsync($"/editorial/v1/people/{first}")).Json["id"]!.GetValue<string>();
        (await Editor.PostAsync($"/editorial/v1/people/{first}/merge", new { into = second })).Expect(HttpStatusCode.OK);
        (await Editor.PostAsync($"/editorial/v1/people/{second}/merge", new { into = third })).Expect(HttpStatusCode.OK);

        Assert.Equal(
            $"/content/v1/people/{third}",
            (await newsroom.Anyone.ReadAsync($"/content/v1/people/{first}")).Headers.Location!.ToString()
        );
        Assert.Equal(
            $"/content/v1/people/{third}",
            (await newsroom.Anyone.ReadAsync($"/content/v1/people/{id}")).Headers.Location!.ToString()
        );
        Assert.Equal(
            "sameConcept",
            (await Editor.PostAsync($"/editorial/v1/people/{third}/merge", new { into = first })).Problem(HttpStatusCode.Conflict)
        );
        Assert.Equal(
            first,
            await Editor.ConceptAsync(
                "people",
                new
                {
                    name = "Somebody else",
                    slug = first,
                    @public = true,
                }
            )
        );
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Anyone.ReadAsync($"/content/v1/people/{first}")).Status);
    }

    [Fact]
    public async Task Where_an_article_names_both_the_closer_relation_stays()
    {
        var (wrong, right) = await PairAsync("people", "Both");
        var article = await Editor.ArticleAsync(
            new
            {
                headline = "Names both",
                authors = new[] { wrong, right },
                people = new object[]
                {
                    new { person = right, relation = "mentions" },
                    new
                    {
                        person = wrong,
                        relation = "about",
                        role = "Mayor",
                    },
                },
            }
        );

        (await Editor.PostAsync($"/editorial/v1/people/{wrong}/merge", new { into = right })).Expect(HttpStatusCode.OK);

        var saved = (await Editor.ReadAsync(Path(article))).Expect(HttpStatusCode.OK);
        var person = Assert.Single(saved["people"]!.AsArray())!;
        Assert.Equal(
            (right, "about", "Mayor"),
            (person["slug"]!.GetValue<string>(), person["relation"]!.GetValue<string>(), person["role"]!.GetValue<string>())
        );
        Assert.Equal(right, Assert.Single(saved["authors"]!.AsArray())!["slug"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_lay_below_comes_to_lie_below_the_other_even_where_that_lay_below_itself()
    {
        var top = await Editor.ConceptAsync("places", new { name = "Merge top" });
        var wrong = await Editor.ConceptAsync(
            "places",
            new
            {
                name = "Merge wrong",
                within = top,
                latitude = 1.5,
                longitude = 2.5,
            }
        );
        var middle = await Editor.ConceptAsync("places", new { name = "Merge middle", within = wrong });
        var right = await Editor.ConceptAsync("places", new { name = "Merge right", within = middle });
        var article = await Editor.ArticleAsync(new { headline = "Written there", dateline = new { place = wrong } }, publish: true);

        var merged = (await Editor.PostAsync($"/editorial/v1/places/{wrong}/merge", new { into = right })).Expect(HttpStatusCode.OK);

        Assert.Equal((top, 1.5), (merged["within"]!["slug"]!.GetValue<string>(), merged["latitude"]!.GetValue<double>()));
        Assert.Equal(right, (await Editor.ReadAsync($"/editorial/v1/places/{middle}")).Json["within"]!["slug"]!.GetValue<string>());
        Assert.Equal(
            right,
            (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{article}")).Json["dateline"]!["place"]!["slug"]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task An_older_revision_that_is_restored_or_published_names_what_its_concept_was_merged_into()
    {
        var (wrong, right) = await PairAsync("people", "Restored");
        var article = await ArticleAsync("Restored mention", wrong);
        (await Editor.PatchAsync(Path(article), new { people = Array.Empty<object>() }, "\"r1\"")).Expect(HttpStatusCode.OK);
        (await Editor.PostAsync($"/editorial/v1/people/{wrong}/merge", new { into = right })).Expect(HttpStatusCode.OK);
        Assert.Equal(wrong, await PersonAsync($"{Path(article)}/revisions/1"));

        Assert.Equal(
            right,
            (await Editor.PostAsync($"{Path(article)}/revisions/1/restore")).Expect(HttpStatusCode.OK)["people"]![0]![
                "slug"
            ]!.GetValue<string>()
        );
        await Editor.PublishAsync(article, new { revision = 1 });

        Assert.Equal(
            right,
            (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{article}")).Json["people"]![0]!["slug"]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task A_topics_code_goes_with_it_and_names_are_not_lost()
    {
        var wrong = await Editor.ConceptAsync(
            "topics",
            new
            {
                name = "Coded wrong",
                code = "medtop:1",
                aliases = new[] { "Alias" },
                labels = new { ja = "甲" },
                sameAs = new[] { "https://example.com/1" },
            }
        );
        var right = await Editor.ConceptAsync("topics", new { name = "Coded right", labels = new { tg = "Б" } });

        var merged = (await Editor.PostAsync($"/editorial/v1/topics/{wrong}/merge", new { into = right })).Expect(HttpStatusCode.OK);

        Assert.Equal("medtop:1", merged["code"]!.GetValue<string>());
        Assert.Equal(["Coded wrong", "Alias"], merged["aliases"]!.AsArray().Select(alias => alias!.GetValue<string>()));
        Assert.Equal(["ja", "tg"], merged["labels"]!.AsObject().Select(label => label.Key).Order(StringComparer.Ordinal));
        Assert.Equal("https://example.com/1", merged["sameAs"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task A_merge_needs_another_of_the_same_kind_and_two_at_once_are_one()
    {
        var (wrong, right) = await PairAsync("people", "Kind");
        var topic = await Editor.ConceptAsync("topics", new { name = "Kind topic" });
        Assert.Equal(
            ["/into: unknown"],
            (await Editor.PostAsync($"/editorial/v1/people/{wrong}/merge", new { into = topic })).Errors(HttpStatusCode.UnprocessableEntity)
        );
        Assert.Equal(
            "sameConcept",
            (await Editor.PostAsync($"/editorial/v1/people/{wrong}/merge", new { into = wrong })).Problem(HttpStatusCode.Conflict)
        );
        Assert.Equal(
            "notFound",
            (await Editor.PostAsync("/editorial/v1/people/nobody/merge", new { into = wrong })).Problem(HttpStatusCode.NotFound)
        );

        var answers = await Task.WhenAll(
            Editor.PostAsync($"/editorial/v1/people/{wrong}/merge", new { into = right }),
            Editor.PostAsync($"/editorial/v1/people/{right}/merge", new { into = wrong })
        );

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(
            1L,
            await newsroom.SqlAsync("select count(*) from concepts where name like 'Kind %' and kind = 'person' and merged_into_id is null")
        );
    }

    [Fact]
    public async Task Mentions_that_are_saved_while_a_merge_runs_name_the_one_that_stays()
    {
        var (wrong, right) = await PairAsync("people", "Raced");
        var saves = Enumerable
            .Range(0, 30)
            .Select(number =>
                Editor.PostAsync("/editorial/v1/articles", new { headline = $"Raced {number}", people = new[] { new { person = wrong } } })
            )
            .ToList();
        (await Editor.PostAsync($"/editorial/v1/people/{wrong}/merge", new { into = right })).Expect(HttpStatusCode.OK);
        var answers = await Task.WhenAll(saves);

        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { HttpStatusCode.Created, HttpStatusCode.Conflict }));
        Assert.Equal(
            0L,
            await newsroom.SqlAsync(
                "select count(*) from mentions m join concepts c on c.id = m.concept_id where c.merged_into_id is not null and "
                    + "c.name = 'Raced wrong'"
            )
        );
    }

    [Fact]
    public async Task One_in_use_is_not_deleted_and_the_answer_says_by_how_many_and_links_the_list()
    {
        var person = await Editor.ConceptAsync("people", new { name = "In use" });
        var by = await Editor.ArticleAsync(new { headline = "By them", authors = new[] { person } });
        var former = await ArticleAsync("Former mention", person);
        (await Editor.PatchAsync(Path(former), new { people = Array.Empty<object>() }, "\"r1\"")).Expect(HttpStatusCode.OK);

        var refused = await Editor.DeleteAsync($"/editorial/v1/people/{person}", "\"v1\"");

        Assert.Equal("inUse", refused.Problem(HttpStatusCode.Conflict));
        Assert.Equal(2, refused.Json["count"]!.GetValue<int>());
        Assert.Equal([former, by], await Editor.SlugsAsync(refused.Json["href"]!.GetValue<string>()));
        Assert.Equal([by], await Editor.SlugsAsync($"/editorial/v1/people/{person}/articles"));
        Assert.Equal((1, 0), Usage((await Editor.ReadAsync($"/editorial/v1/people/{person}")).Json));
        Assert.Equal(
            (1, 0),
            Usage(
                (await Editor.ReadAsync("/editorial/v1/people?limit=100")).Json["items"]!
                    .AsArray()
                    .Single(item => item!["slug"]!.GetValue<string>() == person)!
            )
        );

        static (int, int) Usage(JsonNode concept) =>
            (concept["usage"]!["articles"]!.GetValue<int>(), concept["usage"]!["live"]!.GetValue<int>());
    }

    private static string Path(string article) => $"/editorial/v1/articles/{article}";

    private Task<string> ArticleAsync(string headline, string person, bool publish = false) =>
        Editor.ArticleAsync(new { headline, people = new[] { new { person } } }, publish);

    private async Task<string> PersonAsync(string path) =>
        (await Editor.ReadAsync(path)).Expect(HttpStatusCode.OK)["people"]!.AsArray().Single()!["slug"]!.GetValue<string>();

    private async Task<(string Wrong, string Right)> PairAsync(string kinds, string name) =>
        (
            await Editor.ConceptAsync(kinds, new { name = $"{name} wrong" }),
            await Editor.ConceptAsync(kinds, new { name = $"{name} right" })
        );
}
