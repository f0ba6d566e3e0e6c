using System.Net;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Editorial;

public sealed class ConceptTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private HttpClient Editor => newsroom.Admin;

    [Theory]
    [InlineData(
        "people",
        """
            {"name":"Whole Person","slug":"whole-one","aliases":["W. P."],"labels":{"ja":"全"},"description":"D",
              "image":{"url":"https://i.example.com/1.jpg","alt":"A","caption":"C","credit":"R"},
              "sameAs":["https://www.wikidata.org/entity/Q1"],"public":true,"givenName":"Whole","familyName":"Person",
              "honorific":"Dr","title":"T","birthDate":"1950-01-02","deathDate":"2001-02-03"}
            """
    )]
    [InlineData(
        "places",
        """
            {"name":"Whole Place","slug":"whole-one","aliases":[],"labels":{},"description":null,"image":null,"sameAs":[],
              "public":false,"kind":"site","latitude":-90,"longitude":180,"countryCode":"NO"}
            """
    )]
    [InlineData(
        "topics",
        """
            {"name":"Whole Topic","slug":"whole-one","aliases":["x"],"labels":{"tg":"у"},"description":null,"image":null,
              "sameAs":[],"public":false,"code":"medtop:20000639"}
            """
    )]
    [InlineData(
        "organisations",
        """
            {"name":"Whole Organisation","slug":"whole-one","aliases":["W. O."],"labels":{"ja":"全"},"description":"D","image":null,
              "sameAs":["https://www.wikidata.org/entity/Q2"],"public":true,"acronym":"WO","kind":"agency",
              "website":"https://whole.example/","countryCode":"JP"}
            """
    )]
    [InlineData(
        "events",
        """
            {"name":"Whole Event","slug":"whole-one","aliases":[],"labels":{},"description":null,"image":null,"sameAs":[],
              "public":false,"kind":"summit","startsAt":"2026-05-01T08:00:00Z","endsAt":"2026-05-02T08:00:00Z",
              "status":"eventMovedOnline"}
            """
    )]
    public async Task A_concept_is_kept_whole_and_comes_back_as_it_was_sent(string kinds, string sent)
    {
        var made = await Editor.PostAsync($"/editorial/v1/{kinds}", sent);

        var concept = made.Expect(HttpStatusCode.Created);
        Assert.Equal(($"/editorial/v1/{kinds}/whole-one", "\"v1\""), (made.Headers.Location!.ToString(), made.Tag));
        foreach (var (member, value) in System.Text.Json.Nodes.JsonNode.Parse(sent)!.AsObject())
            Assert.Equal(value?.ToJsonString(), concept[member]?.ToJsonString());
        Assert.Equal(concept.ToJsonString(), (await Editor.ReadAsync($"/editorial/v1/{kinds}/{concept["id"]}")).Json.ToJsonString());

        var saved = await Editor.PutAsync($"/editorial/v1/{kinds}/whole-one", new { name = "Emptied" }, "\"v1\"");
        Assert.Equal("\"v2\"", saved.Tag);
        Assert.Equal(
            ("Emptied", "whole-one", 0, 2),
            (
                saved.Json["name"]!.GetValue<string>(),
                saved.Json["slug"]!.GetValue<string>(),
                saved.Json["aliases"]!.AsArray().Count,
                saved.Json["version"]!.GetValue<int>()
            )
        );
        var patched = await Editor.PatchAsync($"/editorial/v1/{kinds}/whole-one", new { description = "Patched" }, "\"v2\"");
        Assert.Equal(
            ("Emptied", "Patched"),
            (patched.Expect(HttpStatusCode.OK)["name"]!.GetValue<string>(), patched.Json["description"]!.GetValue<string>())
        );
        Assert.Equal(
            3,
            (await Editor.PutAsync($"/editorial/v1/{kinds}/whole-one", new { name = "Late" }, "\"v2\"")).Expect(
                HttpStatusCode.PreconditionFailed
            )["currentVersion"]!.GetValue<int>()
        );
        (await Editor.DeleteAsync($"/editorial/v1/{kinds}/whole-one", "\"v3\"")).Expect(HttpStatusCode.NoContent);
        Assert.Equal("notFound", (await Editor.ReadAsync($"/editorial/v1/{kinds}/whole-one")).Problem(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_concept_is_told_at_once()
    {
        Assert.Equal(
            [
                "/aliases/0: required",
                "/countryCode: invalidForm",
                "/labels/not a tag: invalidForm",
                "/latitude: outOfRange",
                "/longitude: incomplete",
                "/name: required",
                "/sameAs/0: invalidForm",
                "/within: unknown",
            ],
            (
                await Editor.PostAsync(
                    "/editorial/v1/places",
                    """
                    {"name":" ","aliases":[""],"labels":{"not a tag":"x"},"sameAs":["ftp://x"],"latitude":91,
                      "countryCode":"jp","within":"nowhere"}
                    """
                )
            ).Errors(HttpStatusCode.UnprocessableEntity).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["/deathDate: outOfRange"],
            (
                await Editor.PostAsync(
                    "/editorial/v1/people",
                    new
                    {
                        name = "Backwards",
                        birthDate = "2000-01-02",
                        deathDate = "2000-01-01",
                    }
                )
            ).Errors(HttpStatusCode.UnprocessableEntity)
        );
        Assert.Equal(
            ["/kind: unknownValue"],
            (await Editor.PostAsync("/editorial/v1/places", new { name = "X", kind = "planet" })).Errors(HttpStatusCode.UnprocessableEntity)
        );
    }

    [Theory]
    [InlineData("places", "within")]
    [InlineData("topics", "broader")]
    [InlineData("organisations", "partOf")]
    [InlineData("events", "partOf")]
    public async Task A_hierarchy_refuses_circles(string kinds, string parent)
    {
        var a = await Editor.ConceptAsync(kinds, new { name = "Circle a" });
        var b = await Editor.ConceptAsync(kinds, new Dictionary<string, string> { ["name"] = "Circle b", [parent] = a });
        var c = await Editor.ConceptAsync(kinds, new Dictionary<string, string> { ["name"] = "Circle c", [parent] = b });

        foreach (var under in new[] { a, b, c })
            Assert.Equal(
                "cycle",
                (
                    await Editor.PatchAsync($"/editorial/v1/{kinds}/{a}", new Dictionary<string, string> { [parent] = under }, "\"v1\"")
                ).Problem(HttpStatusCode.Conflict)
            );
        Assert.Equal("inUse", (await Editor.DeleteAsync($"/editorial/v1/{kinds}/{b}", "\"v1\"")).Problem(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Two_moves_at_once_that_would_close_a_circle_together_are_not_both_done()
    {
        for (var round = 0; round < 10; round++)
        {
            var a = await Editor.ConceptAsync("places", new { name = $"Racing a {round}" });
            var b = await Editor.ConceptAsync("places", new { name = $"Racing b {round}" });
            var answers = await Task.WhenAll(
                Editor.PatchAsync($"/editorial/v1/places/{a}", new { within = b }, "\"v1\""),
                Editor.PatchAsync($"/editorial/v1/places/{b}", new { within = a }, "\"v1\"")
            );
            Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_moved_place_takes_its_own_places_along()
    {
        foreach (
            var (name, within) in new[]
            {
                ("Old world", null),
                ("New world", null),
                ("Moved land", "old-world"),
                ("Moved town", "moved-land"),
            }
        )
            await Editor.ConceptAsync("places", within is null ? new { name } : new { name, within });
        await Editor.ArticleAsync(
            new
            {
                headline = "From the moved town",
                places = new[] { new { place = "moved-town" }, new { place = "old-world" }, new { place = "new-world" } },
            },
            publish: true
        );
        await Editor.ArticleAsync(new { headline = "Only the town", places = new[] { new { place = "moved-town" } } }, publish: true);
        Assert.Contains("only-the-town", await newsroom.Anyone.SlugsAsync("/content/v1/places/old-world/articles"));

        (await Editor.PatchAsync("/editorial/v1/places/moved-land", new { within = "new-world" }, "\"v1\"")).Expect(HttpStatusCode.OK);

        Assert.DoesNotContain("only-the-town", await newsroom.Anyone.SlugsAsync("/content/v1/places/old-world/articles"));
        Assert.Contains("only-the-town", await newsroom.Anyone.SlugsAsync("/content/v1/places/new-world/articles"));
    }

    [Fact]
    public async Task A_concept_in_use_is_not_deleted_and_says_by_how_many_articles()
    {
        var person = await Editor.ConceptAsync("people", new { name = "Much named" });
        await Editor.ArticleAsync(new { headline = "Names them", people = new[] { new { person } } });
        await Editor.ArticleAsync(new { headline = "By them", authors = new[] { person } });

        var refused = await Editor.DeleteAsync($"/editorial/v1/people/{person}", "\"v1\"");

        Assert.Equal("inUse", refused.Problem(HttpStatusCode.Conflict));
        Assert.StartsWith("2 articles", refused.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_slug_leaves_a_redirect_behind_and_a_new_name_shows_in_every_article()
    {
        await Editor.ConceptAsync(
            "people",
            new
            {
                name = "Maiden Name",
                slug = "maiden-name",
                @public = true,
            }
        );
        var article = await Editor.ArticleAsync(
            new { headline = "About her", people = new[] { new { person = "maiden-name" } } },
            publish: true
        );

        (
            await Editor.PatchAsync("/editorial/v1/people/maiden-name", new { name = "Married Name", slug = "married-name" }, "\"v1\"")
        ).Expect(HttpStatusCode.OK);

        var moved = await newsroom.Anyone.ReadAsync("/content/v1/people/maiden-name");
        Assert.Equal(
            (HttpStatusCode.PermanentRedirect, "/content/v1/people/married-name"),
            (moved.Status, moved.Headers.Location!.ToString())
        );
        Assert.Equal(
            "/content/v1/people/married-name/articles?limit=1",
            (await newsroom.Anyone.ReadAsync("/content/v1/people/maiden-name/articles?limit=1")).Headers.Location!.ToString()
        );
        Assert.Equal(
            "Married Name",
            (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{article}")).Json["people"]![0]!["name"]!.GetValue<string>()
        );
        Assert.Equal([article], await newsroom.Anyone.SlugsAsync("/content/v1/articles?person=maiden-name"));
    }

    [Fact]
    public async Task A_code_is_one_topics_alone_and_kinds_do_not_share_slugs()
    {
        await Editor.ConceptAsync("topics", new { name = "Same name", code = "x:1" });
        Assert.Equal(
            "codeTaken",
            (await Editor.PostAsync("/editorial/v1/topics", new { name = "Other", code = "x:1" })).Problem(HttpStatusCode.Conflict)
        );
        Assert.Equal("same-name", await Editor.ConceptAsync("people", new { name = "Same name" }));
        Assert.Equal("same-name-2", await Editor.ConceptAsync("people", new { name = "Same name" }));
    }

    [Fact]
    public async Task A_list_of_concepts_goes_by_name_page_after_page()
    {
        foreach (var name in new[] { "List c", "List a", "List b", "List a" })
            await Editor.ConceptAsync("topics", new { name });

        var listed = (await Editor.SlugsAsync("/editorial/v1/topics?limit=1")).Where(slug =>
            slug.StartsWith("list-", StringComparison.Ordinal)
        );

        Assert.Equal(["list-a", "list-a-2", "list-b", "list-c"], listed);
    }

    [Fact]
    public async Task What_a_request_names_is_looked_up_and_not_looked_for()
    {
        await newsroom.SqlAsync(
            """
            insert into concepts (id, kind, slug, name, aliases, labels, same_as, version, created_at, created_by, saved_at, saved_by)
            select gen_random_uuid(), 'event', 'event-' || n, 'Event ' || n, '{}', '{}', '{}', 1, now(), 'test', now(), 'test'
            from generate_series(1, 2000) n;
            insert into concept_slugs (kind, slug, concept_id) select kind, slug, id from concepts where slug like 'event-%';
            analyze concepts, concept_slugs
            """
        );
        await using var connection = new NpgsqlConnection(newsroom.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var explain = new NpgsqlCommand(
            "set enable_seqscan = off; explain select kind, named, id from find_concepts(array['event'], array['event-7'])",
            connection
        );
        await using var reader = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var plan = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            plan.Add(reader.GetString(0).Trim());
        var conditions = plan.FindAll(line => line.StartsWith("Index Cond", StringComparison.Ordinal));

        Assert.True(conditions.Count == 2, string.Join('\n', plan));
        Assert.Contains("(id = ", conditions[0], StringComparison.Ordinal);
        Assert.Matches(@"kind\)::text = .*slug\)::text = ", conditions[1]);
    }
}
