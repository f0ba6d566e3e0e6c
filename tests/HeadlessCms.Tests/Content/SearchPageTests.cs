using System.Net;
using System.Text.Json.Nodes;
using CsCheck;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>The search page: articles and concepts with marked words.</summary>
public sealed class SearchPageTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task The_words_are_marked_in_whatever_form_and_everything_else_is_text()
    {
        await newsroom.Admin.ArticleAsync(
            new
            {
                headline = "Yokohama <script>alert(1)</script> & \"trams\"",
                standfirst = "It’s running late.",
                body = new
                {
                    format = "html",
                    content = $"<p>{string.Concat(Enumerable.Repeat("Before that. ", 20))}</p>"
                        + "<h2>Trams</h2><p>Trams <b>run</b> in Yoko<i>hama</i> &amp; beyond, 5 &lt; 6.<br>They ran.</p>"
                        + $"<p>{string.Concat(Enumerable.Repeat("After that. ", 40))}</p>",
                },
            },
            publish: true
        );

        var found = Assert.Single(await ItemsAsync("runs yokohama"))!;

        Assert.Equal(
            "<mark>Yokohama</mark> &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;trams&quot;",
            found["highlights"]!["headline"]!.GetValue<string>()
        );
        Assert.Equal("It’s <mark>running</mark> late.", found["highlights"]!["standfirst"]!.GetValue<string>());
        Assert.Equal("Yokohama <script>alert(1)</script> & \"trams\"", found["headline"]!.GetValue<string>());
        var passage = found["highlights"]!["body"]!.GetValue<string>();
        Assert.Contains("<mark>run</mark> in <mark>Yokohama</mark> &amp; beyond, 5 &lt; 6. They ran.", passage, StringComparison.Ordinal);
        Assert.StartsWith("… ", passage, StringComparison.Ordinal);
        Assert.EndsWith(" …", passage, StringComparison.Ordinal);
        Assert.InRange(passage.Length, 100, 340);
    }

    [Theory]
    [InlineData("fr", "Les élections à Évry", "election evry", "Les <mark>élections</mark> à <mark>Évry</mark>")]
    [InlineData("de", "Die Straße nach Köln", "strasse KOLN", "Die <mark>Straße</mark> nach <mark>Köln</mark>")]
    [InlineData("ru", "Все «выборы» прошли", "выборов", "Все «<mark>выборы</mark>» прошли")]
    [InlineData("ja", "大阪で博覧会が始まる", "大阪 博覧会", "<mark>大阪</mark>で<mark>博覧会</mark>が始まる")]
    [InlineData("tg", "Хуҷанд 😀 <b>", "хуҷанд", "<mark>Хуҷанд</mark> 😀 &lt;b&gt;")]
    public async Task Words_are_marked_in_each_language(string language, string headline, string query, string marked)
    {
        await newsroom.Admin.ArticleAsync(new { language, headline }, publish: true);

        var found = Assert.Single(await ItemsAsync(query))!;

        Assert.Equal(marked, found["highlights"]!["headline"]!.GetValue<string>());
        Assert.Null(found["highlights"]!["standfirst"]);
        Assert.Null(found["highlights"]!["body"]);
    }

    [Fact]
    public async Task Concepts_are_found_by_name_alias_and_label_at_once_and_only_where_they_may_be_seen()
    {
        var editor = newsroom.Admin;
        await editor.ConceptAsync(
            "places",
            new
            {
                name = "Kulob",
                aliases = new[] { "Kulyab <city>" },
                labels = new { tg = "Кӯлоб" },
                @public = true,
            }
        );
        await editor.ConceptAsync("people", new { name = "Kulob Hidden" });
        foreach (var (query, matched) in new[] { ("kulob", "Kulob"), ("KULYAB", "Kulyab <city>"), ("кулоб", null), ("кӯлоб", "Кӯлоб") })
        {
            var concepts = await ConceptsAsync(query);
            Assert.Equal(matched is null ? [] : ["kulob"], concepts.Select(concept => concept!["slug"]!.GetValue<string>()));
            if (matched is not null)
                Assert.Equal(matched, concepts[0]!["matched"]!.GetValue<string>());
        }

        Assert.Equal("<mark>Kulyab</mark> &lt;city&gt;", (await ConceptsAsync("kulyab"))[0]!["highlight"]!.GetValue<string>());

        (
            await editor.PatchAsync("/editorial/v1/places/kulob", new { name = "Khatlon Kulob", aliases = Array.Empty<string>() }, "\"v1\"")
        ).Expect(HttpStatusCode.OK);
        Assert.Empty(await ConceptsAsync("kulyab city"));
        Assert.Equal("Khatlon Kulob", Assert.Single(await ConceptsAsync("khatlon"))!["name"]!.GetValue<string>());

        await editor.ConceptAsync("places", new { name = "Kulobi Nav" });
        (await editor.PostAsync("/editorial/v1/places/kulobi-nav/merge", new { into = "kulob" })).Expect(HttpStatusCode.OK);
        Assert.Equal("kulob", Assert.Single(await ConceptsAsync("kulobi nav"))!["slug"]!.GetValue<string>());

        // A concept becomes visible with its first live article.
        await editor.ArticleAsync(new { headline = "Seen", people = new[] { new { person = "kulob-hidden" } } }, publish: true);
        Assert.Equal("kulob-hidden", Assert.Single(await ConceptsAsync("kulob hidden"))!["slug"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_search_comes_a_page_at_a_time_with_the_concepts_on_the_first_and_in_two_statements()
    {
        await newsroom.Admin.ConceptAsync("topics", new { name = "Cormorants", @public = true });
        for (var number = 0; number < 7; number++)
            await newsroom.Admin.ArticleAsync(
                new
                {
                    headline = number % 2 == 0 ? $"Cormorants {number}" : $"Birds {number}",
                    standfirst = $"Cormorants, part {number}",
                    slug = $"cormorant-{number}",
                },
                publish: true
            );
        var list = await newsroom.Anyone.SlugsAsync("/content/v1/articles?q=cormorants&sort=relevance");
        await newsroom.Anyone.ReadAsync("/content/v1/search?q=cormorants&limit=3");

        var first = await newsroom.Anyone.ReadAsync("/content/v1/search?q=cormorants&limit=4&count=true");
        Assert.Equal(7, first.Expect(HttpStatusCode.OK)["total"]!.GetValue<int>());
        Assert.Equal("cormorants", Assert.Single(first.Json["concepts"]!.AsArray())!["slug"]!.GetValue<string>());
        var next = first.Headers.GetValues("Link").Single();
        Assert.Contains("rel=\"next\"", next, StringComparison.Ordinal);
        var second = (await newsroom.Anyone.ReadAsync(next[1..next.IndexOf('>', StringComparison.Ordinal)])).Expect(HttpStatusCode.OK);
        Assert.Empty(second["concepts"]!.AsArray());
        Assert.Null(second["nextCursor"]);
        Assert.Equal(
            list,
            first.Json["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(item => item!["slug"]!.GetValue<string>())
        );

        Assert.Equal(
            2,
            await newsroom.Statements.CountReadsAsync(() => newsroom.Anyone.ReadAsync("/content/v1/search?q=cormorants&limit=2"))
        );
        Assert.Equal(
            ["cursor: invalidCursor"],
            (await newsroom.Anyone.ReadAsync($"/content/v1/search?q=other&cursor={first.Json["nextCursor"]}")).Errors(
                HttpStatusCode.BadRequest
            )
        );
    }

    [Theory]
    [InlineData("search", "", "q: required")]
    [InlineData("search", "?q=+", "q: required")]
    [InlineData("search", "?q=a&sort=publishedAt", "sort: unknownValue")]
    [InlineData("search", "?q=a&limit=0", "limit: outOfRange")]
    [InlineData("suggest", "", "q: required")]
    [InlineData("suggest", "?q=a&limit=21", "limit: outOfRange")]
    [InlineData("suggest", "?q=a&kind=people", "kind: unknownValue")]
    [InlineData("suggest", "?q=%00", "q: invalidText")]
    public async Task What_cant_be_read_is_refused_by_name(string path, string query, string error) =>
        Assert.Equal([error], (await newsroom.Anyone.ReadAsync($"/content/v1/{path}{query}")).Errors(HttpStatusCode.BadRequest));

    [Theory]
    [InlineData("the")]
    [InlineData("-tokyo")]
    [InlineData("':*&|!<->()\\ \"\" % _")]
    [InlineData("😀")]
    [InlineData("\u202E\uFEFF")]
    public async Task Whatever_is_typed_is_answered(string query)
    {
        Assert.Empty(await ItemsAsync(query));
        Assert.Empty(await ConceptsAsync(query));
        (await newsroom.Anyone.ReadAsync($"/content/v1/suggest?q={Uri.EscapeDataString(query)}")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            HttpStatusCode.OK,
            (await newsroom.Anyone.SendAsync(HttpMethod.Head, $"/content/v1/search?q={Uri.EscapeDataString(query)}")).Status
        );
    }

    [Fact]
    public async Task A_kept_answer_goes_when_what_it_found_changes()
    {
        await newsroom.Admin.ArticleAsync(new { headline = "Gannet one", slug = "gannet-one" }, publish: true);
        Assert.Single(await ItemsAsync("gannet"));
        await newsroom.Admin.ArticleAsync(new { headline = "Gannet two", slug = "gannet-two" }, publish: true);
        await Eventually.TrueAsync(async () => (await ItemsAsync("gannet")).Count == 2);
        (await newsroom.Admin.PostAsync("/editorial/v1/articles/gannet-one/unpublish")).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => (await ItemsAsync("gannet")).Count == 1);
        Assert.Empty(await ConceptsAsync("gannet"));
        await newsroom.Admin.ConceptAsync("topics", new { name = "Gannet", @public = true });
        await Eventually.TrueAsync(async () => (await ConceptsAsync("gannet")).Count == 1);
    }

    [Fact]
    public async Task What_is_found_has_all_the_words_and_what_has_them_is_found()
    {
        string[] words = ["alphorn", "bugle", "cornet", "dulcian", "euphonium", "flugel"];
        var run = 0;
        await Gen.Select(Gen.Int[0, (1 << words.Length) - 1].Array[8], Gen.Int[1, (1 << words.Length) - 1])
            .SampleAsync(
                async (stories, query) =>
                {
                    var orchestra = $"orchestra{Interlocked.Increment(ref run)}";
                    await newsroom.Admin.BulkAsync(
                        "/editorial/v1/articles/bulk?publish=true",
                        stories.Select(
                            (mask, number) =>
                                new
                                {
                                    headline = $"{orchestra} {string.Join(' ', Of(mask & 3))}",
                                    standfirst = Of(mask & 12).Any() ? string.Join(' ', Of(mask & 12)) : null,
                                    body = new { format = "text", content = $"Nothing. {string.Join(' ', Of(mask & 48))}" },
                                    slug = $"{orchestra}-{number}",
                                    externalId = $"urn:{orchestra}:{number}",
                                }
                        )
                    );
                    var found = await newsroom.Anyone.SlugsAsync($"/content/v1/search?limit=3&q={orchestra}+{string.Join('+', Of(query))}");
                    Assert.Equal(
                        stories
                            .Select((mask, number) => (mask, number))
                            .Where(story => (story.mask & query) == query)
                            .Select(story => $"{orchestra}-{story.number}")
                            .Order(),
                        found.Order()
                    );
                },
                iter: 10,
                threads: 1 // what is published between two pages can change how much a word weighs
            );

        IEnumerable<string> Of(int mask) => words.Where((_, bit) => (mask & (1 << bit)) != 0);
    }

    private async Task<JsonArray> ItemsAsync(string query) =>
        (await newsroom.Anyone.ReadAsync($"/content/v1/search?q={Uri.EscapeDataString(query)}")).Expect(HttpStatusCode.OK)[
            "items"
        ]!.AsArray();

    private async Task<JsonArray> ConceptsAsync(string query) =>
        (await newsroom.Anyone.ReadAsync($"/content/v1/search?q={Uri.EscapeDataString(query)}")).Expect(HttpStatusCode.OK)[
            "concepts"
        ]!.AsArray();
}
