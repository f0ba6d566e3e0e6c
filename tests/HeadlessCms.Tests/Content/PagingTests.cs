using System.Globalization;
using System.Net;
using CsCheck;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>Random lists, read page by page in every order while articles are added, republished and removed.</summary>
public sealed class PagingTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly (string Query, Func<Story, bool> Holds)[] Filters =
    [
        ("", _ => true),
        ("&topic=walked", story => story.Topic > 0),
        ("&topic=walked&descendants=false", story => story.Topic == 1),
        ("&person=walker&language=ja", story => story.NamesWalker && story.IsJapanese),
    ];

    private static readonly string[] Sorts = ["-publishedAt", "publishedAt", "-updatedAt"];

    private static readonly Gen<Story> AnyStory = Gen.Select(
        Gen.Int[1, 4],
        Gen.Int[0, 2],
        Gen.Bool,
        Gen.Bool,
        (day, topic, namesWalker, japanese) => new Story(day, topic, namesWalker, japanese)
    );

    private static readonly Gen<(Story[] Begun, (Deed Deed, int Pick, Story Story)[] Deeds, int Limit)> Walks = Gen.Select(
        AnyStory.Array[4, 14],
        Gen.Select(Gen.Enum<Deed>(), Gen.Int[0, 20], AnyStory).Array[2, 8],
        Gen.Int[1, 4]
    );

    private static int s_walks;

    private enum Deed
    {
        Add,
        PublishAnew,
        Remove,
        Nothing,
    }

    [Fact]
    public async Task Page_after_page_is_the_whole_list_in_order_with_nothing_missed_or_twice_whatever_is_published_between()
    {
        await newsroom.Admin.ConceptAsync("topics", new { name = "Walked" });
        await newsroom.Admin.ConceptAsync("topics", new { name = "Inner", broader = "walked" });
        await newsroom.Admin.ConceptAsync("people", new { name = "Walker" });

        await Walks.SampleAsync(walk => WalkAsync(walk.Begun, walk.Deeds, walk.Limit), iter: 8, threads: 2);
    }

    private async Task WalkAsync(Story[] begun, (Deed Deed, int Pick, Story Story)[] deeds, int limit)
    {
        var list = new WalkedList(newsroom.Admin, Interlocked.Increment(ref s_walks));
        await list.AddAsync(begun);
        var walkers = new List<Walker>();
        foreach (var (query, holds) in Filters)
        {
            foreach (var sort in Sorts)
            {
                var walker = new Walker(newsroom.Admin, $"{list.Path}{query}&sort={sort}", sort);
                await walker.BeginAsync();
                Assert.Equal(list.Slugs(holds).Order(), walker.Before.Select(row => row.Slug).Order());
                walkers.Add(walker);
            }
        }

        for (var step = 0; walkers.Exists(walker => !walker.IsDone); step++)
        {
            foreach (var walker in walkers.Where(walker => !walker.IsDone))
                await walker.StepAsync(limit);
            if (step < deeds.Length)
                await list.DoAsync(deeds[step].Deed, deeds[step].Pick, deeds[step].Story);
        }

        foreach (var walker in walkers)
            walker.Check(slug => !list.WasRemoved(slug) && (walker.Sort != "-updatedAt" || !list.WasPublishedAnew(slug)));
    }

    private sealed record Story(int Day, int Topic, bool NamesWalker, bool IsJapanese);

    /// <summary>The articles of one walk; their genre separates them from those of other walks.</summary>
    private sealed class WalkedList(HttpClient editor, int number)
    {
        private readonly List<(string Slug, Story Story)> _stories = [];
        private readonly HashSet<string> _removed = [];
        private readonly HashSet<string> _publishedAnew = [];

        public string Path => $"/content/v1/articles?genre=walk-{number}";

        public IEnumerable<string> Slugs(Func<Story, bool> holds) => _stories.Where(one => holds(one.Story)).Select(one => one.Slug);

        public bool WasRemoved(string slug) => _removed.Contains(slug);

        public bool WasPublishedAnew(string slug) => _publishedAnew.Contains(slug);

        public async Task AddAsync(params Story[] stories)
        {
            var lines = stories
                .Select(
                    (story, index) =>
                        new
                        {
                            headline = "Walked",
                            slug = $"walk-{number}-{_stories.Count + index}",
                            genre = $"walk-{number}",
                            language = story.IsJapanese ? "ja" : "en",
                            publishedAt = $"2025-01-{story.Day:D2}T00:00:00Z",
                            people = story.NamesWalker ? new[] { new { person = "walker" } } : [],
                            topics = story.Topic == 0 ? [] : new[] { new { topic = story.Topic == 1 ? "walked" : "inner" } },
                        }
                )
                .ToList();
            Assert.All(await editor.BulkAsync("/editorial/v1/articles/bulk?publish=true", lines), line =>
                Assert.Equal("created", line["status"]!.GetValue<string>())
            );
            _stories.AddRange(lines.Zip(stories, (line, story) => (line.slug, story)));
        }

        public async Task DoAsync(Deed deed, int pick, Story story)
        {
            var slug = _stories[pick % _stories.Count].Slug;
            switch (deed)
            {
                case Deed.Add:
                    await AddAsync(story);
                    break;
                case Deed.PublishAnew:
                    await editor.UpdateAsync(slug);
                    _publishedAnew.Add(slug);
                    break;
                case Deed.Remove when _removed.Add(slug):
                    (await editor.PostAsync($"/editorial/v1/articles/{slug}/unpublish")).Expect(HttpStatusCode.OK);
                    break;
            }
        }
    }

    /// <summary>A client that reads a list in one order, page by page.</summary>
    private sealed class Walker(HttpClient reader, string list, string sort)
    {
        private readonly List<Row> _seen = [];
        private string? _cursor;

        public string Sort => sort;

        public bool IsDone { get; private set; }

        public IReadOnlyList<Row> Before { get; private set; } = [];

        public async Task BeginAsync()
        {
            Before = (await ReadAsync("limit=100")).Rows;
            Assert.Equal(Sorted(Before), Before);
        }

        public async Task StepAsync(int limit)
        {
            var (rows, next) = await ReadAsync(_cursor is null ? $"limit={limit}" : $"limit={limit}&cursor={_cursor}");
            Assert.True(rows.Count == limit || next is null);
            _seen.AddRange(rows);
            (_cursor, IsDone) = (next, next is null);
        }

        public void Check(Func<string, bool> stoodStill)
        {
            Assert.Equal(Sorted(_seen), _seen);
            Assert.Equal(_seen.Count, _seen.DistinctBy(row => row.Id).Count());
            Assert.Equal(
                Before.Select(row => row.Slug).Where(stoodStill),
                _seen.Select(row => row.Slug).Where(slug => stoodStill(slug) && Before.Any(row => row.Slug == slug))
            );
        }

        private List<Row> Sorted(IEnumerable<Row> rows) =>
            sort.StartsWith('-')
                ? [.. rows.OrderByDescending(row => row.At).ThenByDescending(row => row.Id, StringComparer.Ordinal)]
                : [.. rows.OrderBy(row => row.At).ThenBy(row => row.Id, StringComparer.Ordinal)];

        private async Task<(List<Row> Rows, string? Next)> ReadAsync(string page)
        {
            var json = (await reader.ReadAsync($"{list}&{page}")).Expect(HttpStatusCode.OK);
            var rows = json["items"]!
                .AsArray()
                .Select(item => new Row(
                    item!["id"]!.GetValue<string>(),
                    item["slug"]!.GetValue<string>(),
                    DateTimeOffset.Parse(item[sort.TrimStart('-')]!.GetValue<string>(), CultureInfo.InvariantCulture)
                ));
            return ([.. rows], json["nextCursor"]?.GetValue<string>());
        }
    }

    private sealed record Row(string Id, string Slug, DateTimeOffset At);
}
