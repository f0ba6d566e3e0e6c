using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Combinations of the filters of the list of working copies.</summary>
public sealed class FilterTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/editorial/v1/articles";

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task Every_filter_alone_and_with_any_two_others_is_what_it_says_in_either_order()
    {
        var (person, place, topic) = (
            await Editor.ConceptAsync("people", new { name = "List Person" }),
            await Editor.ConceptAsync("places", new { name = "List Place" }),
            await Editor.ConceptAsync("topics", new { name = "List Topic" })
        );
        var made = new List<Row>();
        for (var number = 0; number < 32; number++)
        {
            var row = new Row(number);
            await Editor.ArticleAsync(
                new
                {
                    headline = row.Headline,
                    slug = row.Slug,
                    standfirst = row.InStandfirst ? "It has the Needle in it" : null,
                    language = row.Tajik ? "tg" : "en",
                    authors = row.ByPerson ? [person] : Array.Empty<string>(),
                    people = row.NamesPerson ? new[] { new { person } } : [],
                    places = row.NamesPlace ? new[] { new { place } } : [],
                    topics = row.NamesTopic ? new[] { new { topic } } : [],
                },
                publish: row.Live
            );
            made.Add(row with { SavedAt = (await Editor.ReadAsync($"{Articles}/{row.Slug}")).Json["savedAt"]!.GetValue<string>() });
        }

        var middle = made[16].SavedAt;
        (string Query, Func<Row, bool> Holds)[] filters =
        [
            ("status=live", row => row.Live),
            ("status=draft", row => !row.Live),
            ($"author={person}", row => row.ByPerson),
            ($"person={person}", row => row.NamesPerson),
            ($"place={place}", row => row.NamesPlace),
            ($"topic={topic}", row => row.NamesTopic),
            ("language=tg", row => row.Tajik),
            ("q=nEEDLE", row => row.HasNeedle),
            ($"savedAfter={middle}", row => string.CompareOrdinal(row.SavedAt, middle) > 0),
            ($"savedBefore={middle}", row => string.CompareOrdinal(row.SavedAt, middle) < 0),
        ];
        var sets =
            from a in Enumerable.Range(0, filters.Length)
            from b in Enumerable.Range(a, filters.Length - a)
            from c in Enumerable.Range(b, filters.Length - b)
            select new[] { a, b, c }.Distinct().ToArray();
        foreach (var set in sets.DistinctBy(set => string.Join(',', set)).Where(set => !(set.Contains(0) && set.Contains(1))))
        {
            var ascending = set.Sum() % 2 == 0;
            var query = string.Join('&', set.Select(index => filters[index].Query).Append(ascending ? "sort=savedAt" : "sort=-savedAt"));
            var expected = made.Where(row => set.All(index => filters[index].Holds(row))).Select(row => row.Slug);

            Assert.Equal(ascending ? expected : expected.Reverse(), await Editor.SlugsAsync($"{Articles}?{query}&limit=7"));
        }

        var all = string.Join('&', filters.Where((_, index) => index != 1).Select(filter => filter.Query));
        Assert.Equal(
            made.Where(row => filters.Where((_, index) => index != 1).All(filter => filter.Holds(row))).Select(row => row.Slug).Reverse(),
            await Editor.SlugsAsync($"{Articles}?{all}")
        );
    }

    private sealed record Row(int Number)
    {
        public string SavedAt { get; init; } = "";

        public string Headline => Number % 4 == 0 ? $"The needle {Number}" : $"The hay {Number}";

        public string Slug => $"filtered-{Number}";

        public bool Live => Number % 2 == 0;

        public bool ByPerson => Number % 3 == 0;

        public bool NamesPerson => Number % 5 < 2;

        public bool NamesPlace => Number % 3 == 1;

        public bool NamesTopic => Number % 7 < 4;

        public bool Tajik => Number % 4 < 2;

        public bool InStandfirst => Number % 6 == 1;

        public bool HasNeedle => Number % 4 == 0 || InStandfirst;
    }
}
