using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>Names sort as people sort them: accents and case decide last.</summary>
public sealed class NameOrderTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly string[] InOrder =
    [
        "2 Fast",
        "Ångström",
        "ea",
        "Eb",
        "Émile",
        "Łódź",
        "Müller",
        "Ñandú",
        "nz",
        "Nz",
        "O'Brien",
        "Zebra",
        "Zoë",
        "Ελλάδα",
        "Борис",
        "ёлка",
        "Жуков",
        "محمد",
        "東京",
    ];

    [Fact]
    public async Task Lists_their_pages_and_facets_are_in_the_order_of_people()
    {
        var editor = newsroom.Admin;
        var topics = new List<object>();
        foreach (var name in InOrder.Reverse())
            topics.Add(new { topic = await editor.ConceptAsync("topics", new { name, @public = true }) });
        await editor.ArticleAsync(new { headline = "Names many", topics }, publish: true);

        foreach (var list in new[] { "/editorial/v1/topics", "/content/v1/topics" })
        {
            var names = new List<string>();
            for (string? page = $"{list}?limit=2"; page is not null; )
            {
                var answer = (await editor.ReadAsync(page)).Expect(HttpStatusCode.OK);
                names.AddRange(answer["items"]!.AsArray().Select(item => (string)item!["name"]!));
                page = (string?)answer["nextCursor"] is { } cursor ? $"{list}?limit=2&cursor={cursor}" : null;
            }

            Assert.Equal(InOrder, names);
        }

        var facets = (await newsroom.Anyone.ReadAsync("/content/v1/articles?facets=topics,language")).Expect(HttpStatusCode.OK)["facets"]!;
        Assert.Equal(InOrder, facets["topics"]!.AsArray().Select(row => (string)row!["name"]!));
    }
}
