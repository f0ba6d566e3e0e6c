using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>The main use case on real input: a report as a newsroom receives it, from saving to the published page.</summary>
public sealed class ReportTests(Newsroom newsroom, TestCluster cluster) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_report_reaches_its_readers_complete_linked_and_found_under_all_that_it_names()
    {
        var lines = await File.ReadAllTextAsync(SharedData.Require("gulf-observer.txt"), TestContext.Current.CancellationToken);
        var parts = lines.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (date, headline, caption) = (parts[0], parts[1], parts[2]);
        var (dateline, lead) = (
            parts[3][..parts[3].IndexOf(':', StringComparison.Ordinal)],
            parts[3][(parts[3].IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
        );
        var (city, source) = (dateline.Split(", ")[0], dateline.Split(", ")[1]);
        string[] paragraphs = [lead, .. parts[4..]];
        Assert.Equal(("Tokyo", "The Gulf Observer", 8), (city, source, paragraphs.Length));

        var editor = newsroom.Admin;
        var roles = new Dictionary<string, string>
        {
            [await editor.ConceptAsync("people", new { name = "Emomali Rahmon", title = "President of Tajikistan" })] =
                "President of Tajikistan",
            [await editor.ConceptAsync("people", new { name = "Emperor Naruhito", honorific = "Emperor" })] = "Emperor of Japan",
            [await editor.ConceptAsync("people", new { name = "Taro Aso" })] =
                "Deputy Leader of Japan’s ruling Liberal Democratic Party and former Prime Minister of Japan",
        };
        Assert.Equal(["emomali-rahmon", "emperor-naruhito", "taro-aso"], roles.Keys);
        var japan = await editor.ConceptAsync(
            "places",
            new
            {
                name = "Japan",
                kind = "country",
                countryCode = "JP",
            }
        );
        var tokyo = await editor.ConceptAsync(
            "places",
            new
            {
                name = city,
                kind = "city",
                within = japan,
            }
        );
        var tajikistan = await editor.ConceptAsync(
            "places",
            new
            {
                name = "Tajikistan",
                kind = "country",
                countryCode = "TJ",
            }
        );
        var topics = new List<string>();
        foreach (
            var name in new[]
            {
                "Bilateral Relations",
                "Infrastructure",
                "Transport",
                "Energy",
                "Agriculture",
                "Environmental Protection",
                "Healthcare",
                "Water Supply",
                "Human Resource Development",
            }
        )
            topics.Add(await editor.ConceptAsync("topics", new { name }));
        var pressService = await editor.ConceptAsync(
            "organisations",
            new
            {
                name = "Press service of the Tajik president",
                kind = "government",
                countryCode = "TJ",
            }
        );
        var party = await editor.ConceptAsync(
            "organisations",
            new
            {
                name = "Liberal Democratic Party",
                acronym = "LDP",
                kind = "party",
                countryCode = "JP",
            }
        );
        var dialogue = await editor.ConceptAsync("events", new { name = "“Central Asia + Japan” Dialogue", kind = "dialogue" });

        var slug = await editor.ArticleAsync(
            new
            {
                headline,
                body = new { format = "text", content = string.Join("\n\n", paragraphs) },
                genre = "news",
                dateline = new { place = tokyo, source },
                leadImage = new { url = "https://images.example.com/emomali-rahmon.jpg", caption },
                people = roles.Select(role => new
                {
                    person = role.Key,
                    relation = role.Key == "taro-aso" ? "mentions" : "about",
                    role = role.Value,
                }),
                places = new[]
                {
                    new { place = tokyo, relation = "mentions" },
                    new { place = tajikistan, relation = "about" },
                    new { place = japan, relation = "about" },
                },
                topics = topics.Select(topic => new { topic, relation = "about" }),
                organisations = new object[]
                {
                    new { organisation = pressService },
                    new { organisation = party, role = "Japan’s ruling party" },
                },
                events = new[] { new Dictionary<string, string> { ["event"] = dialogue } },
            }
        );
        var day = DateOnly
            .Parse(date, System.Globalization.CultureInfo.InvariantCulture)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await editor.PublishAsync(slug, new { liveFrom = $"{day}T00:00:00Z" });

        var article = (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Expect(HttpStatusCode.OK);
        Assert.Equal("tajik-president-emomali-rahmon-holds-talks-with-japanese-emperor-to-strengthen-bilateral-relations", slug);
        Assert.Equal(headline, article["headline"]!.GetValue<string>());
        Assert.Equal("2025-12-23T00:00:00Z", article["publishedAt"]!.GetValue<string>());
        Assert.Equal(
            (tokyo, source),
            (article["dateline"]!["place"]!["slug"]!.GetValue<string>(), article["dateline"]!["source"]!.GetValue<string>())
        );
        Assert.Equal("Emomali Rahmon", article["leadImage"]!["caption"]!.GetValue<string>());
        Assert.Equal(
            roles,
            article["people"]!
                .AsArray()
                .ToDictionary(person => person!["slug"]!.GetValue<string>(), person => person!["role"]!.GetValue<string>())
        );
        Assert.Equal([tokyo, tajikistan, japan], article["places"]!.AsArray().Select(place => place!["slug"]!.GetValue<string>()));
        Assert.Equal(topics, article["topics"]!.AsArray().Select(topic => topic!["slug"]!.GetValue<string>()));
        Assert.Equal(
            [("press-service-of-the-tajik-president", null), ("liberal-democratic-party", "Japan’s ruling party")],
            article["organisations"]!.AsArray().Select(one => (one!["slug"]!.GetValue<string>(), one["role"]?.GetValue<string>()))
        );
        Assert.Equal("“Central Asia + Japan” Dialogue", article["events"]![0]!["name"]!.GetValue<string>());
        var written = new AngleSharp.Html.Parser.HtmlParser()
            .ParseDocument(article["bodyHtml"]!.GetValue<string>())
            .QuerySelectorAll("p")
            .Select(paragraph => paragraph.TextContent);
        Assert.Equal(paragraphs, written);

        string[] lists =
        [
            .. roles.Keys.Select(person => $"/content/v1/people/{person}/articles"),
            .. roles.Keys.Select(person => $"/content/v1/articles?person={person}"),
            .. new[] { japan, tokyo, tajikistan }.Select(place => $"/content/v1/places/{place}/articles"),
            $"/content/v1/articles?place={japan}",
            .. topics.Select(topic => $"/content/v1/topics/{topic}/articles"),
            $"/content/v1/articles?topic={string.Join("&topic=", topics)}",
            $"/content/v1/organisations/{pressService}/articles",
            $"/content/v1/articles?organisation={party}",
            $"/content/v1/events/{dialogue}/articles",
        ];
        foreach (var list in lists)
            Assert.Equal([slug], await newsroom.Anyone.SlugsAsync(list));
        Assert.Equal(
            japan,
            (await newsroom.Anyone.ReadAsync($"/content/v1/places/{tokyo}")).Expect(HttpStatusCode.OK)["within"]![
                "slug"
            ]!.GetValue<string>()
        );
        await EveryFormatTellsOfItAsync(
            newsroom,
            slug,
            headline,
            caption,
            paragraphs,
            [.. roles.Values],
            topics.Count,
            "Japan’s ruling party"
        );
        foreach (var words in new[] { "japanese emperor talks", "sanitation initiatives", "humanitarian engagement" })
        {
            var found = (await newsroom.Anyone.ReadAsync($"/content/v1/search?q={Uri.EscapeDataString(words)}")).Expect(HttpStatusCode.OK);
            Assert.Equal(slug, found["items"]![0]!["slug"]!.GetValue<string>());
        }

        var facets = (
            await newsroom.Anyone.ReadAsync("/content/v1/articles?facets=people,places,topics,organisations,events,language")
        ).Expect(HttpStatusCode.OK)["facets"]!;
        Assert.Equal(
            [3, 3, topics.Count, 2, 1, 1],
            new[] { "people", "places", "topics", "organisations", "events", "language" }.Select(facet => facets[facet]!.AsArray().Count)
        );
    }

    [Fact]
    public async Task A_report_that_is_pasted_as_it_is_takes_one_accept_and_one_publish_to_reach_its_readers()
    {
        await using var pasted = new Newsroom(cluster);
        await pasted.InitializeAsync();
        var text = await File.ReadAllTextAsync(SharedData.Require("gulf-observer.txt"), TestContext.Current.CancellationToken);
        var editor = pasted.Admin;
        var japan = await editor.ConceptAsync("places", new { name = "Japan", countryCode = "JP" });
        await editor.ConceptAsync("places", new { name = "Tajikistan", countryCode = "TJ" });
        await editor.ConceptAsync("places", new { name = "Tokyo", within = japan });
        foreach (
            var topic in new[]
            {
                "Bilateral relations",
                "Infrastructure",
                "Transport",
                "Energy",
                "Agriculture",
                "Healthcare",
                "Water supply",
            }
        )
            await editor.ConceptAsync("topics", new { name = topic });

        var parsed = (
            await editor.PostAsync(
                "/editorial/v1/articles/parse?save=true",
                new { text, leadImage = new { url = "https://images.example.com/emomali-rahmon.jpg" } }
            )
        ).Expect(HttpStatusCode.Created);
        var suggestions = parsed["suggestions"]!.AsArray().Select(one => one!).ToList();
        string[] Ids(string kind, params string[] names) =>
            [
                .. names.Select(name =>
                    Assert.Single(suggestions, one =>
                        one["kind"]!.GetValue<string>() == kind
                        && (one["concept"] ?? one["new"])!["name"]!.GetValue<string>().Contains(name, StringComparison.OrdinalIgnoreCase)
                    )["id"]!.GetValue<string>()
                ),
            ];
        string[] topics =
        [
            .. suggestions
                .Where(one => one["kind"]!.GetValue<string>() == "topic" && one["concept"] is not null)
                .Select(one => one["id"]!.GetValue<string>()),
        ];
        Assert.InRange(topics.Length, 5, 7);
        string[] accepted =
        [
            .. Ids("person", "Emomali Rahmon", "Naruhito", "Taro Aso"),
            .. Ids("place", "Japan", "Tajikistan", "Tokyo"),
            .. Ids("organisation", "press service", "Liberal Democratic Party"),
            .. Ids("event", "Central Asia + Japan"),
            .. topics,
        ];
        var article = parsed["saved"]!["slug"]!.GetValue<string>();
        var tagged = await editor.SendAsync(
            HttpMethod.Post,
            $"/editorial/v1/articles/{article}/suggestions/accept",
            new { accept = accepted },
            "\"r1\""
        );
        Assert.Equal(2, tagged.Expect(HttpStatusCode.OK)["revision"]!.GetValue<int>());
        await editor.PublishAsync(article, new { liveFrom = $"{parsed["date"]}T00:00:00Z" });

        var read = (await pasted.Anyone.ReadAsync($"/content/v1/articles/{article}")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            "tajik-president-emomali-rahmon-holds-talks-with-japanese-emperor-to-strengthen-bilateral-relations",
            read["slug"]!.GetValue<string>()
        );
        Assert.Equal("2025-12-23T00:00:00Z", read["publishedAt"]!.GetValue<string>());
        Assert.Equal(
            ("tokyo", "The Gulf Observer"),
            (read["dateline"]!["place"]!["slug"]!.GetValue<string>(), read["dateline"]!["source"]!.GetValue<string>())
        );
        Assert.Equal("en", read["language"]!.GetValue<string>());
        var roles = read["people"]!.AsArray().Select(person => person!["role"]!.GetValue<string>()).ToArray();
        Assert.Contains("President of Tajikistan", roles);
        Assert.Contains("Emperor of Japan", roles);
        Assert.Contains("Deputy Leader of Japan’s ruling Liberal Democratic Party and former Prime Minister of Japan", roles);
        string[] paragraphs =
        [
            .. new AngleSharp.Html.Parser.HtmlParser()
                .ParseDocument(read["bodyHtml"]!.GetValue<string>())
                .QuerySelectorAll("p")
                .Select(paragraph => paragraph.TextContent),
        ];
        Assert.Equal(8, paragraphs.Length);
        Assert.StartsWith("President of Tajikistan Emomali Rahmon on December 19 held talks", paragraphs[0], StringComparison.Ordinal);
        Assert.EndsWith(
            $"Tokyo, The Gulf Observer: {string.Join("\n\n", paragraphs)}",
            text.ReplaceLineEndings("\n").Trim(),
            StringComparison.Ordinal
        );
        await EveryFormatTellsOfItAsync(
            pasted,
            article,
            read["headline"]!.GetValue<string>(),
            "Emomali Rahmon",
            paragraphs,
            roles,
            topics.Length,
            null
        );
    }

    private static async Task EveryFormatTellsOfItAsync(
        Newsroom newsroom,
        string slug,
        string headline,
        string caption,
        string[] paragraphs,
        string[] roles,
        int topics,
        string? roleOfParty
    )
    {
        string[] named = ["Emomali Rahmon", "Naruhito", "Taro Aso", "Tokyo", "Tajikistan", "Japan", "Liberal Democratic Party"];
        foreach (var format in new[] { "rss", "atom", "json", "ninjs" })
        {
            var feed = await newsroom.Anyone.ReadAsync($"/feeds/articles.{format}");
            Assert.Equal(HttpStatusCode.OK, feed.Status);
            var text = format is "rss" or "atom"
                ? System.Xml.Linq.XDocument.Parse(feed.Text).ToString()
                : System.Text.RegularExpressions.Regex.Unescape(feed.Text);
            foreach (var part in named.Append(headline).Append(paragraphs[^1].Split('’')[0]))
                Assert.Contains(part, System.Net.WebUtility.HtmlDecode(text), StringComparison.Ordinal);
        }

        var ninjs = (await newsroom.Anyone.ReadAsync($"/feeds/articles/{slug}.ninjs")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            [3, 3, topics, 2, 1],
            new[] { "people", "places", "subjects", "organisations", "events" }.Select(member => ninjs[member]!.AsArray().Count)
        );
        Assert.Equal(("Tokyo", "The Gulf Observer"), ((string?)ninjs["located"], (string?)ninjs["infoSources"]![0]!["name"]));
        Assert.Equal(caption, (string?)ninjs["associations"]![0]!["descriptions"]![0]!["value"]);
        var linked = (await newsroom.Anyone.ReadAsync($"/feeds/articles/{slug}.jsonld")).Expect(HttpStatusCode.OK);
        var things = linked["about"]!.AsArray().Concat(linked["mentions"]!.AsArray()).ToLookup(thing => (string?)thing!["@type"]);
        Assert.Equal(
            (3, 3, topics, 2, 1),
            (
                things["Person"].Count(),
                things["Place"].Count(),
                things["Thing"].Count(),
                things["Organization"].Count(),
                things["Event"].Count()
            )
        );
        Assert.Equal(roles.Order(), things["Person"].Select(person => (string?)person!["jobTitle"]).Order());
        Assert.Contains(things["Organization"], one => (string?)one!["disambiguatingDescription"] == roleOfParty);
        Assert.Equal("Tokyo, The Gulf Observer", (string?)linked["dateline"]);
        Assert.Equal(caption, (string?)linked["image"]![0]!["caption"]);
    }
}
