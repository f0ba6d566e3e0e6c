using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Concepts that name concepts of other kinds: a person's organisations, an event's place and organisers.</summary>
public sealed class TieTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task A_persons_affiliations_are_kept_in_their_order_with_their_roles_and_times()
    {
        var (party, club) = (await OrganisationAsync("Kept party"), await OrganisationAsync("Kept club"));
        var person = await Editor.ConceptAsync(
            "people",
            new
            {
                name = "Kept person",
                affiliations = new object[]
                {
                    new
                    {
                        organisation = party,
                        role = "Leader",
                        from = "2020-01-01",
                        until = "2021-12-31",
                    },
                    new { organisation = club, role = "Member" },
                    new
                    {
                        organisation = party,
                        role = "Elder",
                        from = "2022-01-01",
                    },
                },
            }
        );

        Assert.Equal(
            ["kept-party Leader 2020-01-01 2021-12-31", "kept-club Member  ", "kept-party Elder 2022-01-01 "],
            await AffiliationsAsync(Editor, $"/editorial/v1/people/{person}")
        );
        (await Editor.PatchAsync($"/editorial/v1/people/{person}", new { title = "Elder" }, "\"v1\"")).Expect(HttpStatusCode.OK);
        Assert.Equal(3, (await AffiliationsAsync(Editor, $"/editorial/v1/people/{person}")).Count);
        (
            await Editor.PatchAsync(
                $"/editorial/v1/people/{person}",
                new { affiliations = new[] { new { organisation = club, role = "Chair" } } },
                "\"v2\""
            )
        ).Expect(HttpStatusCode.OK);
        Assert.Equal(["kept-club Chair  "], await AffiliationsAsync(Editor, $"/editorial/v1/people/{person}"));
        (await Editor.PutAsync($"/editorial/v1/people/{person}", new { name = "Kept person" }, "\"v3\"")).Expect(HttpStatusCode.OK);
        Assert.Empty(await AffiliationsAsync(Editor, $"/editorial/v1/people/{person}"));
    }

    [Fact]
    public async Task All_that_is_wrong_with_what_a_concept_names_is_told_at_once()
    {
        var body = """
            {"name":"X","affiliations":[{"organisation":"nobody","role":" ","from":"2020-01-02","until":"2020-01-01"}]}
            """;
        Assert.Equal(
            ["/affiliations/0/organisation: unknown", "/affiliations/0/role: required", "/affiliations/0/until: outOfRange"],
            (await Editor.PostAsync("/editorial/v1/people", body)).Errors(HttpStatusCode.UnprocessableEntity).Order(StringComparer.Ordinal)
        );
        Assert.Equal(["/endsAt: outOfRange", "/organisers/1: unknown", "/partOf: unknown", "/place: unknown"], (
                await Editor.PostAsync(
                    "/editorial/v1/events",
                    new
                    {
                        name = "X",
                        place = "nowhere",
                        partOf = "nothing",
                        organisers = new[] { await OrganisationAsync("Wrong once"), "nobody" },
                        startsAt = "2026-01-02T00:00:00Z",
                        endsAt = "2026-01-01T00:00:00+01:00",
                    }
                )
            ).Errors(HttpStatusCode.UnprocessableEntity).Order(StringComparer.Ordinal));
        var many = Enumerable.Repeat(new { organisation = "x", role = "y" }, 101);
        Assert.Contains(
            "/affiliations: tooMany",
            (await Editor.PostAsync("/editorial/v1/people", new { name = "X", affiliations = many })).Errors(
                HttpStatusCode.UnprocessableEntity
            )
        );
    }

    [Fact]
    public async Task Readers_see_what_a_concept_names_once_they_may_see_that_too()
    {
        var hidden = await OrganisationAsync("Hidden ministry");
        var place = await Editor.ConceptAsync("places", new { name = "Hidden hall" });
        var person = await Editor.ConceptAsync(
            "people",
            new
            {
                name = "Seen minister",
                @public = true,
                affiliations = new[] { new { organisation = hidden, role = "Minister" } },
            }
        );
        var happening = await Editor.ConceptAsync(
            "events",
            new
            {
                name = "Seen hearing",
                @public = true,
                place,
                organisers = new[] { hidden },
                startsAt = "2026-03-01T09:00:00+01:00",
                status = "eventPostponed",
            }
        );

        Assert.Empty(await AffiliationsAsync(newsroom.Anyone, $"/content/v1/people/{person}"));
        var seen = (await newsroom.Anyone.ReadAsync($"/content/v1/events/{happening}")).Expect(HttpStatusCode.OK);
        Assert.Null(seen["place"]);
        Assert.Empty(seen["organisers"]!.AsArray());
        Assert.Equal(("2026-03-01T08:00:00Z", "eventPostponed"), ((string?)seen["startsAt"], (string?)seen["status"]));

        (await Editor.PatchAsync($"/editorial/v1/organisations/{hidden}", new { @public = true }, "*")).Expect(HttpStatusCode.OK);
        await Editor.ArticleAsync(new { headline = "In the hall", places = new[] { new { place } } }, publish: true);

        Assert.Equal(["hidden-ministry Minister  "], await AffiliationsAsync(newsroom.Anyone, $"/content/v1/people/{person}"));
        seen = (await newsroom.Anyone.ReadAsync($"/content/v1/events/{happening}")).Expect(HttpStatusCode.OK);
        Assert.Equal((place, hidden), ((string?)seen["place"]!["slug"], (string?)seen["organisers"]![0]!["slug"]));

        (await Editor.PatchAsync($"/editorial/v1/organisations/{hidden}", new { slug = "seen-ministry" }, "*")).Expect(HttpStatusCode.OK);
        Assert.Equal(["seen-ministry Minister  "], await AffiliationsAsync(newsroom.Anyone, $"/content/v1/people/{person}"));
    }

    [Fact]
    public async Task What_another_concept_names_is_not_deleted_and_a_merge_takes_it_along()
    {
        var (wrong, right) = (await OrganisationAsync("Tied wrong"), await OrganisationAsync("Tied right"));
        var person = await Editor.ConceptAsync(
            "people",
            new { name = "Tied person", affiliations = new[] { new { organisation = wrong, role = "Member" } } }
        );

        var refused = await Editor.DeleteAsync($"/editorial/v1/organisations/{wrong}", "*");
        Assert.Equal("inUse", refused.Problem(HttpStatusCode.Conflict));
        Assert.Equal(("1 concept names it.", 1), ((string?)refused.Json["detail"], (int?)refused.Json["count"]));
        (await Editor.PostAsync($"/editorial/v1/organisations/{wrong}/merge", new { into = right })).Expect(HttpStatusCode.OK);
        Assert.Equal(["tied-right Member  "], await AffiliationsAsync(Editor, $"/editorial/v1/people/{person}"));

        var other = await Editor.ConceptAsync(
            "people",
            new { name = "Tied twin", affiliations = new[] { new { organisation = right, role = "Chair" } } }
        );
        (await Editor.PostAsync($"/editorial/v1/people/{person}/merge", new { into = other })).Expect(HttpStatusCode.OK);
        Assert.Equal(["tied-right Chair  ", "tied-right Member  "], await AffiliationsAsync(Editor, $"/editorial/v1/people/{other}"));
        (await Editor.DeleteAsync($"/editorial/v1/people/{other}", "*")).Expect(HttpStatusCode.NoContent);
        (await Editor.DeleteAsync($"/editorial/v1/organisations/{right}", "*")).Expect(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task What_named_both_of_two_that_are_merged_names_the_one_once_and_can_be_saved_as_before()
    {
        var (wrong, right, third) = (
            await OrganisationAsync("Twice wrong"),
            await OrganisationAsync("Twice right"),
            await OrganisationAsync("Twice third")
        );
        var happening = await Editor.ConceptAsync("events", new { name = "Held by both", organisers = new[] { right, wrong, third } });

        (await Editor.PostAsync($"/editorial/v1/organisations/{wrong}/merge", new { into = right })).Expect(HttpStatusCode.OK);

        Assert.Equal([right, third], await OrganisersAsync(happening));
        var fourth = await OrganisationAsync("Twice fourth");
        (await Editor.PatchAsync($"/editorial/v1/events/{happening}", new { organisers = new[] { third, right, fourth } }, "*")).Expect(
            HttpStatusCode.OK
        );
        Assert.Equal([third, right, fourth], await OrganisersAsync(happening));
    }

    [Fact]
    public async Task The_database_refuses_a_tie_between_the_wrong_kinds()
    {
        var (place, person) = (
            await Editor.ConceptAsync("places", new { name = "No organisation" }),
            await Editor.ConceptAsync("people", new { name = "Wrongly tied" })
        );

        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            newsroom.SqlAsync(
                $"""
                insert into concept_ties (concept_id, concept_kind, position, kind, named_id, named_kind, role)
                select a.id, 'person', 0, 'affiliation', b.id, 'place', 'X' from concepts a, concepts b
                where a.slug = '{person}' and b.slug = '{place}'
                """
            )
        );

        Assert.Equal("ck_concept_ties_ends", refused.ConstraintName);
    }

    private async Task<IEnumerable<string>> OrganisersAsync(string happening) =>
        (await Editor.ReadAsync($"/editorial/v1/events/{happening}")).Expect(HttpStatusCode.OK)["organisers"]!
            .AsArray()
            .Select(organiser => organiser!["slug"]!.GetValue<string>());

    private Task<string> OrganisationAsync(string name) => Editor.ConceptAsync("organisations", new { name });

    private static async Task<List<string>> AffiliationsAsync(HttpClient client, string path) =>
        [.. (await client.ReadAsync(path)).Expect(HttpStatusCode.OK)["affiliations"]!.AsArray().Select(one => Line(one!))];

    private static string Line(JsonNode one) => $"{one["organisation"]!["slug"]} {one["role"]} {one["from"]} {one["until"]}";
}
