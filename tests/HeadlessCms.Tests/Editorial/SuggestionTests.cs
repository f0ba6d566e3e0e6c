using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>What the text of an article names is suggested, accepted in one revision, and refused for good.</summary>
public sealed class SuggestionTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task What_a_text_names_is_suggested_with_the_places_where_it_is_named()
    {
        await Editor.ConceptAsync("places", new { name = "Westhaven" });
        await Editor.ConceptAsync("people", new { name = "Ida Quill", aliases = new[] { "Ida Mary Quill" } });
        var path = await ArticleAsync("Westhaven gets a bridge", "The bridge 🌉 is long.", "It is the work of Ida Mary Quill.");

        var answer = await Editor.ReadAsync($"{path}/suggestions");
        var list = answer.Expect(HttpStatusCode.OK);

        Assert.Equal(("\"r1\"", 1), (answer.Tag, list["revision"]!.GetValue<int>()));
        var place = Suggestion(list, "place:westhaven")!;
        Assert.Equal(("place", "Westhaven"), (Text(place["kind"]), Text(place["concept"]!["name"])));
        Assert.Null(place["new"]);
        Assert.InRange(place["score"]!.GetValue<double>(), 0, 1);
        Assert.Equal("/headline 0+9 Westhaven", Evidence(place)[0]);
        Assert.Equal(["/body/1 18+14 Ida Mary Quill"], Evidence(Suggestion(list, "person:ida-quill")!));
    }

    [Fact]
    public async Task Accepted_suggestions_are_mentions_of_one_new_revision_and_are_not_suggested_again()
    {
        await Editor.ConceptAsync("places", new { name = "Southmoor" });
        await Editor.ConceptAsync("organisations", new { name = "Southmoor Rowing Club" });
        var path = await ArticleAsync("Southmoor rows", "The Southmoor Rowing Club of Southmoor rowed.");

        var accepted = await AcceptAsync(path, new { accept = new[] { "place:southmoor" } }, "\"r1\"");
        var article = accepted.Expect(HttpStatusCode.OK);

        Assert.Equal(("\"r2\"", 2), (accepted.Tag, article["revision"]!.GetValue<int>()));
        Assert.Equal(["southmoor"], article["places"]!.AsArray().Select(place => Text(place!["slug"])!));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await AcceptAsync(path, new { all = true }, "\"r1\"")).Status);
        var list = (await Editor.ReadAsync($"{path}/suggestions")).Json;
        Assert.Null(Suggestion(list, "place:southmoor"));
        Assert.NotNull(Suggestion(list, "organisation:southmoor-rowing-club"));

        var all = (await AcceptAsync(path, new { all = true }, "\"r2\"")).Expect(HttpStatusCode.OK);
        Assert.Equal((3, 1, 1), (all["revision"]!.GetValue<int>(), all["places"]!.AsArray().Count, all["organisations"]!.AsArray().Count));
        Assert.Equal(3, (await AcceptAsync(path, new { all = true }, "\"r3\"")).Expect(HttpStatusCode.OK)["revision"]!.GetValue<int>());
        Assert.DoesNotContain((await Editor.ReadAsync($"{path}/suggestions")).Json["items"]!.AsArray(), one => one!["concept"] is not null);
    }

    [Fact]
    public async Task A_name_that_the_newsroom_lacks_becomes_a_hidden_concept_by_an_authors_right()
    {
        var author = await newsroom.AsAsync(Role.Author);
        var path = await ArticleAsync(
            "A minister visits",
            "Prime Minister Ada Quillfeather opened the bridge on Sunday. “It holds,” Quillfeather said."
        );
        var proposed = Assert.Single((await author.ReadAsync($"{path}/suggestions")).Expect(HttpStatusCode.OK)["items"]!.AsArray(), one =>
            Text(one!["kind"]) == "person"
        )!;
        Assert.Null(proposed["concept"]);
        Assert.Equal("Ada Quillfeather", Text(proposed["new"]!["name"]));
        Assert.Equal("person:new:Ada Quillfeather", Text(proposed["id"]));

        var accepted = await author.SendAsync(
            HttpMethod.Post,
            $"{path}/suggestions/accept",
            new { accept = new[] { Text(proposed["id"]) } },
            "\"r1\""
        );

        var person = Assert.Single(accepted.Expect(HttpStatusCode.OK)["people"]!.AsArray())!;
        Assert.Equal(("ada-quillfeather", "Prime Minister"), (Text(person["slug"]), Text(person["role"])));
        Assert.False((await Editor.ReadAsync("/editorial/v1/people/ada-quillfeather")).Json["public"]!.GetValue<bool>());
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Anyone.ReadAsync("/content/v1/people/ada-quillfeather")).Status);
        await Editor.PublishAsync(path.Split('/')[^1]);
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Anyone.ReadAsync("/content/v1/people/ada-quillfeather")).Status);

        var another = await ArticleAsync("Quillfeather again", "Ada Quillfeather opened another bridge.");
        Assert.NotNull(Suggestion((await Editor.ReadAsync($"{another}/suggestions")).Json, "person:ada-quillfeather"));
    }

    [Fact]
    public async Task A_new_name_that_two_editors_accept_at_once_becomes_one_concept()
    {
        const string Report = "Prime Minister Odile Brackwater opened the bridge. “It holds,” said Odile Brackwater.";
        var paths = new List<string>();
        for (var number = 0; number < 4; number++)
            paths.Add(await ArticleAsync($"Opening {number}", Report));
        await Editor.ReadAsync($"{paths[0]}/suggestions");

        var accepted = await Task.WhenAll(
            paths.Select(path => AcceptAsync(path, new { accept = new[] { "person:new:Odile Brackwater" } }, "\"r1\""))
        );

        Assert.All(accepted, answer =>
            Assert.Equal(
                ["odile-brackwater"],
                answer.Expect(HttpStatusCode.OK)["people"]!.AsArray().Select(person => Text(person!["slug"])!)
            )
        );
        Assert.Equal(["odile-brackwater"], await Editor.SlugsAsync("/editorial/v1/people?q=Brackwater"));
    }

    [Fact]
    public async Task What_is_refused_is_not_suggested_again_and_is_less_certain_elsewhere()
    {
        await Editor.ConceptAsync("places", new { name = "Marrow Point" });
        await Editor.ConceptAsync("places", new { name = "Eastmere" });
        var path = await ArticleAsync("Marrow Point is calm", "Marrow Point and Eastmere are calm.");
        var other = await ArticleAsync("Marrow Point again", "Marrow Point is calm.");
        var before = await ScoreAsync(other);

        Assert.Equal(
            1,
            (await AcceptAsync(path, new { refuse = new[] { "place:marrow-point" } }, "\"r1\"")).Expect(HttpStatusCode.OK)[
                "revision"
            ]!.GetValue<int>()
        );

        var list = (await Editor.ReadAsync($"{path}/suggestions")).Json;
        Assert.Null(Suggestion(list, "place:marrow-point"));
        Assert.NotNull(Suggestion(list, "place:eastmere"));
        Assert.True(await ScoreAsync(other) < before);
        Assert.Equal(HttpStatusCode.NoContent, (await RefuseAsync(other, "place:marrow-point")).Status);
        Assert.Equal(["/refuse/0: unknown"], (await RefuseAsync(other, "place:marrow-point")).Errors(HttpStatusCode.UnprocessableEntity));

        async Task<double> ScoreAsync(string article) =>
            Suggestion((await Editor.ReadAsync($"{article}/suggestions")).Json, "place:marrow-point")!["score"]!.GetValue<double>();
    }

    [Fact]
    public async Task A_concept_that_was_refused_stays_refused_when_it_is_merged()
    {
        await Editor.ConceptAsync("places", new { name = "Old Kestrel" });
        await Editor.ConceptAsync("places", new { name = "Kestrel Town" });
        var path = await ArticleAsync("Old Kestrel celebrates", "Old Kestrel celebrates.");
        Assert.Equal(HttpStatusCode.NoContent, (await RefuseAsync(path, "place:old-kestrel")).Status);

        (await Editor.PostAsync("/editorial/v1/places/old-kestrel/merge", new { into = "kestrel-town" })).Expect(HttpStatusCode.OK);

        Assert.Null(Suggestion((await Editor.ReadAsync($"{path}/suggestions")).Json, "place:kestrel-town"));
        var another = await ArticleAsync("Old Kestrel rests", "Old Kestrel rests.");
        Assert.NotNull(Suggestion((await Editor.ReadAsync($"{another}/suggestions")).Json, "place:kestrel-town"));
    }

    [Fact]
    public async Task Every_node_suggests_what_any_node_has_saved_renamed_or_deleted()
    {
        using var there = newsroom.Client(Newsroom.AdminKey, newsroom.AnotherNode());
        var path = await ArticleAsync("Ferryman's Rest floods", "Ferryman's Rest and Upper Slade are flooded.");
        Assert.Null(await FoundAsync(there, "place:upper-slade")); // the vocabulary of the other node is in memory from here on

        await Editor.ConceptAsync("places", new { name = "Upper Slade" });
        Assert.NotNull(await FoundAsync(there, "place:upper-slade"));

        var renamed = await Editor.PatchAsync("/editorial/v1/places/upper-slade", new { name = "Lower Slade" }, "\"v1\"");
        renamed.Expect(HttpStatusCode.OK);
        Assert.Null(await FoundAsync(there, "place:upper-slade"));

        (await Editor.PatchAsync("/editorial/v1/places/upper-slade", new { aliases = new[] { "Upper Slade" } }, "\"v2\"")).Expect(
            HttpStatusCode.OK
        );
        Assert.NotNull(await FoundAsync(there, "place:upper-slade"));

        Assert.Equal(HttpStatusCode.NoContent, (await Editor.DeleteAsync("/editorial/v1/places/upper-slade", "\"v3\"")).Status);
        Assert.Null(await FoundAsync(there, "place:upper-slade"));

        async Task<JsonNode?> FoundAsync(HttpClient client, string id) =>
            Suggestion((await client.ReadAsync($"{path}/suggestions")).Expect(HttpStatusCode.OK), id);
    }

    [Fact]
    public async Task A_request_that_makes_no_sense_is_refused_as_a_whole()
    {
        await Editor.ConceptAsync("places", new { name = "Quiet Bay" });
        var path = await ArticleAsync("Quiet Bay is quiet", "Quiet Bay is quiet.");

        Assert.Equal(
            ["/accept/1: unknown"],
            (await AcceptAsync(path, new { accept = new[] { "place:quiet-bay", "place:nowhere" } }, "\"r1\"")).Errors(
                HttpStatusCode.UnprocessableEntity
            )
        );
        Assert.Equal(["/accept: required"], (await AcceptAsync(path, new { }, "\"r1\"")).Errors(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(
            ["/refuse/0: duplicate"],
            (await AcceptAsync(path, new { accept = new[] { "place:quiet-bay" }, refuse = new[] { "place:quiet-bay" } }, "\"r1\"")).Errors(
                HttpStatusCode.UnprocessableEntity
            )
        );
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await AcceptAsync(path, new { all = true }, null)).Status);
        Assert.Equal(
            ["/refuse: tooMany"],
            (await Editor.PostAsync($"{path}/suggestions/refuse", new { refuse = Enumerable.Repeat("place:quiet-bay", 201) })).Errors(
                HttpStatusCode.UnprocessableEntity
            )
        );
        Assert.NotNull(Suggestion((await Editor.ReadAsync($"{path}/suggestions")).Json, "place:quiet-bay"));
        foreach (var missing in new[] { "suggestions", "suggestions/refuse" })
            Assert.Equal(
                HttpStatusCode.NotFound,
                (
                    missing == "suggestions"
                        ? await Editor.ReadAsync($"/editorial/v1/articles/nowhere/{missing}")
                        : await Editor.PostAsync($"/editorial/v1/articles/nowhere/{missing}", new { refuse = new[] { "a" } })
                ).Status
            );
    }

    [Fact]
    public async Task What_is_in_the_trash_takes_no_suggestion()
    {
        await Editor.ConceptAsync("places", new { name = "Lost Cove" });
        var path = await ArticleAsync("Lost Cove is lost", "Lost Cove is lost.");
        await Editor.DeleteAsync(path, "\"r1\"");

        Assert.Equal("trashed", (await AcceptAsync(path, new { all = true }, "\"r1\"")).Problem(HttpStatusCode.Conflict));
        Assert.Equal("trashed", (await RefuseAsync(path, "place:lost-cove")).Problem(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_reader_sees_suggestions_and_only_an_author_accepts_them()
    {
        var (author, reader) = (await newsroom.AsAsync(Role.Author), await newsroom.AsAsync(Role.Reader));
        await Editor.ConceptAsync("places", new { name = "Silent Reach" });
        var path = await ArticleAsync("Silent Reach is silent", "Silent Reach is silent.");

        Assert.NotNull(Suggestion((await reader.ReadAsync($"{path}/suggestions")).Expect(HttpStatusCode.OK), "place:silent-reach"));
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await reader.SendAsync(HttpMethod.Post, $"{path}/suggestions/accept", new { all = true }, "\"r1\"")).Status
        );
        Assert.Equal(
            2,
            (await author.SendAsync(HttpMethod.Post, $"{path}/suggestions/accept", new { all = true }, "\"r1\"")).Expect(HttpStatusCode.OK)[
                "revision"
            ]!.GetValue<int>()
        );
    }

    [Fact]
    public async Task An_unsaved_text_of_the_editor_survives_an_accepted_suggestion()
    {
        await Editor.ConceptAsync("places", new { name = "Amber Hill" });
        var path = await ArticleAsync("Amber Hill burns", "Amber Hill burns.");
        (await Editor.PutAsync($"{path}/autosave", new { headline = "Amber Hill burnt" }, "")).Expect(HttpStatusCode.OK);

        (await AcceptAsync(path, new { all = true }, "\"r1\"")).Expect(HttpStatusCode.OK);

        Assert.Equal("Amber Hill burnt", Text((await Editor.ReadAsync($"{path}/autosave")).Json["article"]!["headline"]));
    }

    private Task<Answer> AcceptAsync(string path, object request, string? ifMatch) =>
        Editor.SendAsync(HttpMethod.Post, $"{path}/suggestions/accept", request, ifMatch);

    private Task<Answer> RefuseAsync(string path, string id) =>
        Editor.PostAsync($"{path}/suggestions/refuse", new { refuse = new[] { id } });

    private async Task<string> ArticleAsync(string headline, params string[] paragraphs) =>
        "/editorial/v1/articles/"
        + await Editor.ArticleAsync(new { headline, body = new { format = "text", content = string.Join("\n\n", paragraphs) } });

    private static JsonNode? Suggestion(JsonNode list, string id) =>
        list["items"]!.AsArray().SingleOrDefault(one => Text(one!["id"]) == id);

    private static string[] Evidence(JsonNode suggestion) =>
        [
            .. suggestion["evidence"]!
                .AsArray()
                .Select(one => $"{Text(one!["pointer"])} {one["offset"]}+{one["length"]} {Text(one["text"])}"),
        ];

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}
