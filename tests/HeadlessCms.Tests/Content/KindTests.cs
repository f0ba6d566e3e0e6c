using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Tests.Feeds;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>What holds for one kind of concept holds for each of them, from Editorial to every door of readers.</summary>
public sealed class KindTests(PublicNewsroom newsroom) : IClassFixture<PublicNewsroom>
{
    public static TheoryData<ConceptKind> Kinds => [.. Enum.GetValues<ConceptKind>()];

    /// <summary>The kinds of which a story may name several, each with its relation.</summary>
    public static TheoryData<ConceptKind> Listed => [.. ConceptKindNames.All.Where(names => !names.HasParts).Select(names => names.Kind)];

    public static TheoryData<ConceptKind> Hierarchies =>
        [.. ConceptKindNames.All.Where(names => names.HasHierarchy).Select(names => names.Kind)];

    private HttpClient Editor => newsroom.Admin;

    private HttpClient Reader => newsroom.Anyone;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_concept_is_hidden_until_its_first_story_is_live_and_stands_in_every_list_from_then_on(ConceptKind kind)
    {
        var names = ConceptKindNames.Of(kind);
        var concept = await Editor.ConceptAsync(names.Plural, new { name = $"Hidden {names.Singular} Quokka" });
        var story = await StoryAsync($"Tells of a {names.Singular}", names, concept);
        string[] paths = [$"/content/v1/{names.Plural}/{concept}", $"/content/v1/{names.Plural}/{concept}/articles"];

        foreach (var path in paths)
            Assert.Equal("notFound", (await Reader.ReadAsync(path)).Problem(HttpStatusCode.NotFound));
        Assert.DoesNotContain(concept, await Reader.SlugsAsync($"/content/v1/{names.Plural}"));
        Assert.DoesNotContain(concept, await SuggestedAsync(names));
        Assert.DoesNotContain($"/{names.Plural}/{concept}", await SitemapsAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain($"/feeds/{names.Plural}/{concept}.", (await Reader.ReadAsync("/feeds/opml")).Text, StringComparison.Ordinal);

        await Editor.PublishAsync(story);

        foreach (var path in paths)
            (await Reader.ReadAsync(path)).Expect(HttpStatusCode.OK);
        Assert.Contains(concept, await Reader.SlugsAsync($"/content/v1/{names.Plural}"));
        Assert.Contains(concept, await SuggestedAsync(names));
        Assert.Contains($"/{names.Plural}/{concept}", await SitemapsAsync(), StringComparison.Ordinal);
        Assert.Contains($"/feeds/{names.Plural}/{concept}.", (await Reader.ReadAsync("/feeds/opml")).Text, StringComparison.Ordinal);
        var found = (await Reader.ReadAsync($"/content/v1/search?q=hidden%20{names.Singular}%20quokka")).Expect(HttpStatusCode.OK);
        Assert.Contains(found["concepts"]!.AsArray(), one => one!["slug"]!.GetValue<string>() == concept);
        Assert.Equal(names.Singular, found["concepts"]![0]!["kind"]!.GetValue<string>());
        var changes = (await Reader.ReadAsync("/content/v1/changes?limit=100")).Expect(HttpStatusCode.OK)["items"]!.AsArray();
        Assert.Contains(changes, change =>
            change!["slug"]?.GetValue<string>() == concept && change["kind"]!.GetValue<string>() == names.Singular
        );
    }

    [Theory]
    [MemberData(nameof(Listed))]
    public async Task What_a_story_names_filters_it_counts_it_and_leads_to_its_like(ConceptKind kind)
    {
        var names = ConceptKindNames.Of(kind);
        var (one, other) = (
            await Editor.ConceptAsync(names.Plural, new { name = $"First {names.Singular}" }),
            await Editor.ConceptAsync(names.Plural, new { name = $"Second {names.Singular}" })
        );
        var about = await StoryAsync($"About the first {names.Singular}", names, one, "about", publish: true);
        var both = await Editor.ArticleAsync(
            new Dictionary<string, object>
            {
                ["headline"] = $"Names both {names.Plural}",
                [names.Plural] = new[] { Mention(names, one), Mention(names, other) },
            },
            publish: true
        );
        var neither = await Editor.ArticleAsync(new { headline = $"Names no {names.Singular}" }, publish: true);
        var parameter = names.Singular;

        Assert.Equal([both, about], await Reader.SlugsAsync($"/content/v1/articles?{parameter}={one}"));
        Assert.Equal([about], await Reader.SlugsAsync($"/content/v1/articles?{parameter}={one}&relation=about"));
        Assert.Equal([both], await Reader.SlugsAsync($"/content/v1/articles?{parameter}={one}&{parameter}={other}"));
        Assert.Equal([both, about], await Reader.SlugsAsync($"/content/v1/articles?{parameter}={one},{other}"));
        Assert.Equal([both, about], await Reader.SlugsAsync($"/content/v1/{names.Plural}/{one}/articles"));
        Assert.Equal([both, about], await Editor.SlugsAsync($"/editorial/v1/articles?{parameter}={one}"));
        Assert.Equal([both], await Editor.SlugsAsync($"/editorial/v1/{names.Plural}/{other}/articles"));
        Assert.DoesNotContain(neither, await Reader.SlugsAsync($"/content/v1/search?q=names&{parameter}={one}"));
        var facets = (await Reader.ReadAsync($"/content/v1/articles?facets={names.Plural}&{parameter}={one}")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            (one, 2),
            (
                facets["facets"]![names.Plural]![0]!["slug"]!.GetValue<string>(),
                facets["facets"]![names.Plural]![0]!["count"]!.GetValue<int>()
            )
        );
        var related = (await Reader.ReadAsync($"/content/v1/articles/{about}/related")).Expect(HttpStatusCode.OK);
        Assert.Equal(both, related["items"]![0]!["slug"]!.GetValue<string>());
        var picked = (await Reader.ReadAsync($"/content/v1/articles/{about}?fields={names.Plural}.slug")).Expect(HttpStatusCode.OK);
        Assert.Equal($$"""{"{{names.Plural}}":[{"slug":"{{one}}"}]}""", picked.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Listed))]
    public async Task A_mention_has_a_role_where_its_kind_has_one_and_a_new_name_is_in_each_answer(ConceptKind kind)
    {
        var names = ConceptKindNames.Of(kind);
        var concept = await Editor.ConceptAsync(names.Plural, new { name = $"Plain {names.Singular}" });
        var mention = Mention(names, concept);
        mention["role"] = "In its time";
        var answer = await Editor.PostAsync(
            "/editorial/v1/articles",
            new JsonObject { ["headline"] = $"With a {names.Singular}", [names.Plural] = new JsonArray(mention.DeepClone()) }
        );
        if (!names.HasRole)
        {
            Assert.Equal([$"/{names.Plural}/0/role: unknownMember"], answer.Errors(HttpStatusCode.BadRequest));
            mention.Remove("role");
            answer = await Editor.PostAsync(
                "/editorial/v1/articles",
                new JsonObject { ["headline"] = $"With a {names.Singular}", [names.Plural] = new JsonArray(mention.DeepClone()) }
            );
        }

        var story = answer.Expect(HttpStatusCode.Created)["slug"]!.GetValue<string>();
        await Editor.PublishAsync(story);
        (await Editor.PatchAsync($"/editorial/v1/{names.Plural}/{concept}", new { name = $"New {names.Singular} name" }, "*")).Expect(
            HttpStatusCode.OK
        );

        var named = (await Reader.ReadAsync($"/content/v1/articles/{story}")).Expect(HttpStatusCode.OK)[names.Plural]![0]!;
        Assert.Equal(
            ($"New {names.Singular} name", "mentions", names.HasRole ? "In its time" : null),
            (named["name"]!.GetValue<string>(), named["relation"]!.GetValue<string>(), named["role"]?.GetValue<string>())
        );
    }

    [Theory]
    [MemberData(nameof(Listed))]
    public async Task Every_feed_tells_of_it_in_its_own_way(ConceptKind kind)
    {
        var names = ConceptKindNames.Of(kind);
        var name = $"Syndicated {names.Singular}";
        var concept = await Editor.ConceptAsync(
            names.Plural,
            new { name, sameAs = new[] { $"https://www.wikidata.org/entity/{names.Singular}" } }
        );
        var story = await StoryAsync($"Feeds tell of a {names.Singular}", names, concept, "about", publish: true);

        foreach (var format in new[] { "rss", "atom", "json", "ninjs" })
        {
            var feed = await FeedDocument.ReadAsync(Reader, $"/feeds/{names.Plural}/{concept}.{format}");
            Assert.Single(feed.Stories);
            Assert.Contains(name, (await Reader.ReadAsync($"/feeds/{names.Plural}/{concept}.{format}")).Text, StringComparison.Ordinal);
        }

        var ninjs = await Reader.ReadAsync($"/feeds/articles/{story}.ninjs");
        NinjsSchema.Validates(ninjs.Text);
        var member = ninjs.Json[names.Ninjs]![0]!;
        Assert.Equal((name, "about", concept), (Text(member, "name"), Text(member, "rel"), Text(member, "literal")));
        var linked = (await Reader.ReadAsync($"/feeds/articles/{story}.jsonld")).Expect(HttpStatusCode.OK)["about"]![0]!;
        Assert.Equal((names.SchemaType, name), (Text(linked, "@type"), Text(linked, "name")));
        Assert.Equal($"https://www.wikidata.org/entity/{names.Singular}", linked["sameAs"]![0]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_merge_moves_what_names_it_and_its_slug_and_id_lead_on(ConceptKind kind)
    {
        var names = ConceptKindNames.Of(kind);
        var path = $"/editorial/v1/{names.Plural}";
        var (wrong, right) = (
            await Editor.ConceptAsync(names.Plural, new { name = $"Wrong {names.Singular}" }),
            await Editor.ConceptAsync(names.Plural, new { name = $"Right {names.Singular}" })
        );
        var id = (await Editor.ReadAsync($"{path}/{wrong}")).Json["id"]!.GetValue<string>();
        var story = await StoryAsync($"Names the wrong {names.Singular}", names, wrong, publish: true);

        (await Editor.PostAsync($"{path}/{wrong}/merge", new { into = right })).Expect(HttpStatusCode.OK);

        Assert.Equal([story], await Reader.SlugsAsync($"/content/v1/{names.Plural}/{right}/articles"));
        foreach (var former in new[] { wrong, id })
            Assert.Equal(
                $"/content/v1/{names.Plural}/{right}",
                (await Reader.ReadAsync($"/content/v1/{names.Plural}/{former}")).Headers.Location!.ToString()
            );
        var audit = (await Editor.ReadAsync($"/editorial/v1/audit?kind={names.Singular}&subject={wrong}")).Expect(HttpStatusCode.OK);
        Assert.Equal("merged", audit["items"]![0]!["action"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Hierarchies))]
    public async Task A_hierarchy_has_no_cycles_and_what_lies_above_takes_in_what_lies_below(ConceptKind kind)
    {
        var names = ConceptKindNames.Of(kind);
        var path = $"/editorial/v1/{names.Plural}";
        var top = await Editor.ConceptAsync(names.Plural, new { name = $"Top {names.Singular}", @public = true });
        var middle = await BelowAsync($"Middle {names.Singular}", top);
        var bottom = await BelowAsync($"Bottom {names.Singular}", middle);
        var story = await StoryAsync($"Names the bottom {names.Singular}", names, bottom, publish: true);

        Assert.Equal([story], await Reader.SlugsAsync($"/content/v1/{names.Plural}/{top}/articles"));
        Assert.Empty(await Reader.SlugsAsync($"/content/v1/articles?{names.Singular}={top}&descendants=false"));
        Assert.Equal(
            "cycle",
            (await Editor.PatchAsync($"{path}/{top}", new Dictionary<string, string> { [names.Parent!] = bottom }, "*")).Problem(
                HttpStatusCode.Conflict
            )
        );
        Assert.Equal("inUse", (await Editor.DeleteAsync($"{path}/{middle}", "*")).Problem(HttpStatusCode.Conflict));

        async Task<string> BelowAsync(string name, string parent) =>
            await Editor.ConceptAsync(
                names.Plural,
                new Dictionary<string, object>
                {
                    ["name"] = name,
                    [names.Parent!] = parent,
                    ["public"] = true,
                }
            );
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Lines_of_a_bulk_request_create_and_change_it(ConceptKind kind)
    {
        var names = ConceptKindNames.Of(kind);
        var slug = $"bulk-{names.Singular}";
        object line = new { name = $"Bulk {names.Singular}", slug };

        var results = new List<string>();
        foreach (var lines in new[] { [line], [line], new object[] { new { name = $"Bulk {names.Singular} renamed", slug } } })
            results.Add((await Editor.BulkAsync($"/editorial/v1/{names.Plural}/bulk", lines))[0]["status"]!.GetValue<string>());

        Assert.Equal(["created", "unchanged", "updated"], results);
        Assert.Equal(
            $"Bulk {names.Singular} renamed",
            (await Editor.ReadAsync($"/editorial/v1/{names.Plural}/{slug}")).Json["name"]!.GetValue<string>()
        );
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_partners_key_and_a_webhook_can_be_limited_to_it(ConceptKind kind)
    {
        var names = ConceptKindNames.Of(kind);
        var concept = await Editor.ConceptAsync(names.Plural, new { name = $"Scoped {names.Singular}" });
        var story = await StoryAsync($"For the partner of the {names.Singular}", names, concept, publish: true);
        await Editor.ArticleAsync(new { headline = $"Not for the partner of the {names.Singular}" }, publish: true);
        var created = await Editor.PostAsync(
            "/editorial/v1/keys",
            new JsonObject
            {
                ["name"] = $"partner-{names.Singular}",
                ["role"] = "reader",
                ["feeds"] = new JsonObject { [names.Plural] = new JsonArray(concept) },
            }
        );
        using var partner = newsroom.Client(created.Expect(HttpStatusCode.Created)["key"]!.GetValue<string>());

        var feed = (await partner.ReadAsync("/feeds/articles.json")).Expect(HttpStatusCode.OK)["items"]!.AsArray();

        Assert.Equal($"/{story}", new Uri(Text(Assert.Single(feed)!, "url")!).AbsolutePath);
        var member = kind == ConceptKind.Event ? "namedEvents" : names.Plural; // `events` of a webhook are what it is told of
        var webhook = new JsonObject
        {
            ["name"] = $"hook-{names.Singular}",
            ["url"] = "https://hooks.example.com/",
            ["events"] = new JsonArray("article.published"),
            [member] = new JsonArray("no-such-thing"),
        };
        Assert.Equal(
            [$"/{member}/0: unknown"],
            (await Editor.PostAsync("/editorial/v1/webhooks", webhook.DeepClone())).Errors(HttpStatusCode.UnprocessableEntity)
        );
        webhook[member] = new JsonArray(concept);
        var details = (await Editor.PostAsync("/editorial/v1/webhooks", webhook)).Expect(HttpStatusCode.Created)["details"]!;
        Assert.Equal(concept, details[member]![0]!["slug"]!.GetValue<string>());
    }

    private static string? Text(JsonNode node, string member) => node[member]?.GetValue<string>();

    private static JsonObject Mention(ConceptKindNames names, string concept, string relation = "mentions") =>
        new() { [names.Singular] = concept, ["relation"] = relation };

    private Task<string> StoryAsync(
        string headline,
        ConceptKindNames names,
        string concept,
        string relation = "mentions",
        bool publish = false
    ) =>
        Editor.ArticleAsync(
            new JsonObject
            {
                ["headline"] = headline,
                [names.Plural] = names.HasParts
                    ? new JsonObject { [names.Singular] = concept }
                    : new JsonArray(Mention(names, concept, relation)),
            },
            publish
        );

    private async Task<IEnumerable<string>> SuggestedAsync(ConceptKindNames names)
    {
        var answer = await Reader.ReadAsync($"/content/v1/suggest?q=hidden%20{names.Singular}&kind={names.Singular}");
        return answer.Expect(HttpStatusCode.OK)["items"]!.AsArray().Select(item => item!["slug"]!.GetValue<string>());
    }

    private async Task<string> SitemapsAsync()
    {
        var index = System.Xml.Linq.XDocument.Parse((await Reader.ReadAsync("/sitemap.xml")).Text);
        var texts = new List<string>();
        foreach (var page in index.Descendants().Where(element => element.Name.LocalName == "loc"))
            texts.Add((await Reader.ReadAsync(new Uri(page.Value).PathAndQuery)).Text);
        return string.Concat(texts);
    }
}
