using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>The filters of the list of live articles, one by one and combined, against a simple model.</summary>
public sealed class FilterTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/content/v1/articles";

    private static readonly Dictionary<string, string> Above = new()
    {
        ["tokyo"] = "japan",
        ["japan"] = "asia",
        ["energy"] = "economy",
    };
    private static readonly string[] Modifiers =
    [
        "",
        "&relation=about",
        "&relation=mentions",
        "&descendants=false",
        "&relation=about&descendants=false",
    ];

    [Theory]
    [InlineData("/content/v1/articles")]
    [InlineData("/feeds/articles.rss")]
    public async Task More_filters_than_anybody_needs_are_refused_before_the_work_is_done(string list)
    {
        foreach (
            var (query, parameter) in new[]
            {
                (Repeated("person", 400), "person"),
                (Repeated("author", 11), "author"),
                ($"{Repeated("place", 6)}&{Repeated("topic", 5)}", "topic"),
                ($"topic={string.Join(',', Enumerable.Range(1, 51).Select(number => $"t{number}"))}", "topic"),
                ($"ids={string.Join(',', Enumerable.Range(1, 101).Select(number => $"a{number}"))}", "ids"),
            }
        )
        {
            var answer = await newsroom.Anyone.ReadAsync($"{list}?{query}");
            Assert.Equal([$"{parameter}: tooMany"], answer.Errors(HttpStatusCode.BadRequest).Distinct());
        }

        static string Repeated(string name, int times) => string.Join('&', Enumerable.Repeat($"{name}=x", times));
    }

    [Fact]
    public async Task Every_filter_alone_and_with_any_other_in_any_order_is_what_it_says()
    {
        var stories = Enumerable.Range(0, 48).Select(number => new Story(number)).ToList();
        var ann = await MakeAsync(stories);
        var ids = stories.Where(story => story.Number % 3 != 1).Select(story => story.Slug).Reverse().ToList();
        (string Query, Func<Story, Counting, bool> Holds)[] filters =
        [
            ($"person={ann}", (story, counting) => counting.Names(story, "ann")),
            ("person=ann,ben", (story, counting) => counting.Names(story, "ann") || counting.Names(story, "ben")),
            ("person=ben&person=ann", (story, counting) => counting.Names(story, "ann") && counting.Names(story, "ben")),
            ("place=asia", (story, counting) => counting.Names(story, "asia")),
            ("place=japan,oslo", (story, counting) => counting.Names(story, "japan") || counting.Names(story, "oslo")),
            ("topic=economy", (story, counting) => counting.Names(story, "economy")),
            ("topic=energy&topic=energy&topic=energy,energy", (story, counting) => counting.Names(story, "energy")),
            ("topic=energy&topic=sport", (story, counting) => counting.Names(story, "energy") && counting.Names(story, "sport")),
            ("author=ann", (story, _) => story.Authors.Contains("ann")),
            ("author=ann,ben", (story, _) => story.Authors.Length > 0),
            ("source=A%20wire", (story, _) => story.Source == "A wire"),
            ("genre=analysis", (story, _) => story.Genre == "analysis"),
            ("language=tg", (story, _) => story.Language == "tg"),
            ($"publishedAfter={new Story(12).PublishedAt}", (story, _) => story.Number > 12),
            ($"publishedBefore={new Story(36).PublishedAt}", (story, _) => story.Number < 36),
            ($"ids={string.Join(',', ids)}", (story, _) => ids.Contains(story.Slug)),
        ];

        var pairs =
            from first in Enumerable.Range(0, filters.Length)
            from second in Enumerable.Range(first, filters.Length - first)
            select (first, second);
        foreach (var (first, second) in pairs)
        {
            var modifier = Modifiers[(first * 7 + second) % Modifiers.Length];
            var counting = new Counting(modifier);
            var sort = new[] { "-publishedAt", "publishedAt", "-updatedAt" }[(first + second) % 3];
            var query = $"{string.Join('&', new[] { filters[first].Query, filters[second].Query }.Distinct())}{modifier}&sort={sort}";
            var expected = stories
                .Where(story => story.IsLive && filters[first].Holds(story, counting) && filters[second].Holds(story, counting))
                .Select(story => story.Slug);

            var page = (await newsroom.Anyone.ReadAsync($"{Articles}?{query}&limit=100&count=true")).Expect(HttpStatusCode.OK);

            var slugs = page["items"]!.AsArray().Select(item => item!["slug"]!.GetValue<string>()).ToList();
            Assert.True(
                (sort == "publishedAt" ? expected : expected.Reverse()).SequenceEqual(slugs),
                $"{query}: {string.Join(' ', slugs)}"
            );
            Assert.Equal(slugs.Count, page["total"]!.GetValue<int>());
        }

        var combined = (string[])
            [
                "person=ann",
                "person=ben",
                "place=asia",
                "topic=economy",
                "author=ann",
                "language=tg",
                "publishedAfter=2025-01-01T10:00:00Z",
                $"ids={string.Join(',', ids)}",
            ];
        var all = new Counting("");
        var left = stories.Where(story =>
            story.IsLive
            && new[] { "ann", "ben", "asia", "economy" }.All(name => all.Names(story, name))
            && story.Authors.Contains("ann")
            && story.Language == "tg"
            && story.Number > 10
            && ids.Contains(story.Slug)
        );
        Assert.NotEmpty(left);
        Assert.Equal(
            left.Select(story => story.Slug).Reverse(),
            await newsroom.Anyone.SlugsAsync($"{Articles}?{string.Join('&', combined)}&sort=-publishedAt&limit=1")
        );
    }

    private async Task<string> MakeAsync(IEnumerable<Story> stories)
    {
        foreach (
            var (kinds, concept) in new (string, object)[]
            {
                ("places", new { name = "Asia" }),
                ("places", new { name = "Japan", within = "asia" }),
                ("places", new { name = "Tokyo", within = "japan" }),
                ("places", new { name = "Oslo" }),
                ("topics", new { name = "Economy" }),
                ("topics", new { name = "Energy", broader = "economy" }),
                ("topics", new { name = "Sport" }),
                ("people", new { name = "Ann" }),
                ("people", new { name = "Ben" }),
            }
        )
            await newsroom.Admin.ConceptAsync(kinds, concept);
        (await newsroom.Admin.PatchAsync("/editorial/v1/places/asia", new { @public = true }, "\"v1\"")).Expect(HttpStatusCode.OK);
        foreach (var live in stories.GroupBy(story => story.IsLive))
        {
            var lines = live.Select(story => new
            {
                headline = "Filtered",
                slug = story.Slug,
                language = story.Language,
                genre = story.Genre,
                dateline = new { source = story.Source },
                authors = story.Authors,
                people = story
                    .Mentions.Where(mention => mention.Name is "ann" or "ben")
                    .Select(mention => new { person = mention.Name, relation = mention.Relation }),
                places = story
                    .Mentions.Where(mention => mention.Name is "asia" or "japan" or "tokyo" or "oslo")
                    .Select(mention => new { place = mention.Name, relation = mention.Relation }),
                topics = story
                    .Mentions.Where(mention => mention.Name is "economy" or "energy" or "sport")
                    .Select(mention => new { topic = mention.Name, relation = mention.Relation }),
                publishedAt = story.PublishedAt,
            });
            Assert.All(
                await newsroom.Admin.BulkAsync($"/editorial/v1/articles/bulk?publish={(live.Key ? "true" : "false")}", lines),
                line => Assert.Equal("created", line["status"]!.GetValue<string>())
            );
        }

        return (await newsroom.Admin.ReadAsync("/editorial/v1/people/ann")).Json["id"]!.GetValue<string>();
    }

    /// <summary>The rule that decides which mentions count.</summary>
    private sealed class Counting(string modifier)
    {
        private readonly string? _relation = modifier.Contains("relation=", StringComparison.Ordinal)
            ? modifier.Split('=')[1].Split('&')[0]
            : null;
        private readonly bool _direct = modifier.Contains("descendants=false", StringComparison.Ordinal);

        public bool Names(Story story, string name) =>
            story.Mentions.Any(mention =>
                (_relation is null || mention.Relation == _relation) && (_direct ? mention.Name == name : Line(mention.Name).Contains(name))
            );

        private static IEnumerable<string> Line(string name) => Above.TryGetValue(name, out var above) ? Line(above).Prepend(name) : [name];
    }

    private sealed record Story(int Number)
    {
        public string Slug => $"filtered-{Number}";

        public bool IsLive => Number % 11 != 5;

        public string PublishedAt => $"2025-01-{Number / 24 + 1:D2}T{Number % 24:D2}:00:00Z";

        public string Language => Number % 4 < 2 ? "tg" : "en";

        public string Genre => Number % 5 < 2 ? "analysis" : "news";

        public string Source => Number % 3 == 0 ? "A wire" : "Another wire";

        public string[] Authors =>
            (Number % 4) switch
            {
                0 => ["ann"],
                1 => ["ben", "ann"],
                2 => ["ben"],
                _ => [],
            };

        public IEnumerable<(string Name, string Relation)> Mentions
        {
            get
            {
                var names = new (string Name, bool IsNamed)[]
                {
                    ("ann", Number % 2 == 0),
                    ("ben", Number % 3 < 2),
                    ("asia", Number % 7 == 0),
                    ("japan", Number % 5 == 1),
                    ("tokyo", Number % 4 < 2),
                    ("oslo", Number % 6 == 2),
                    ("economy", Number % 7 < 3),
                    ("energy", Number % 3 != 1),
                    ("sport", Number % 5 < 3),
                };
                return names.Where(one => one.IsNamed).Select((one, index) => (one.Name, (Number + index) % 3 == 0 ? "about" : "mentions"));
            }
        }
    }
}
