using System.Text;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

/// <summary>A newsroom of 1,000 articles whose texts try to break the formats.</summary>
public sealed class HostileNewsroom(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
{
    public const int Stories = 1_000;

    private static readonly string[] Pieces =
    [
        "]]>",
        "<![CDATA[",
        "&nbsp;",
        "&amp;",
        "&",
        "<",
        ">",
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "<!--",
        "-->",
        "<?xml?>",
        "?>",
        "</item>",
        "\"",
        "'",
        "\\",
        "\\u0041",
        "{}",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\u2028",
        "\u2029",
        "\u00A0",
        "\uFEFF",
        "\uFFFE",
        "\uFFFF",
        "😀",
        "👩‍👩‍👧",
        "🇹🇯",
        "é",
        "e\u0301",
        "東京",
        "Тоҷикистон",
        "مرحبا بالعالم",
        "שלום",
        "\u202Eback",
        "\u200F",
        "𝒳",
        "word",
        "and",
        "more",
        "a = 1",
        " ",
        " ",
        " ",
    ];

    private static readonly string[] Pictures =
    [
        "https://pictures.example/a.jpg?b=1&c=2",
        "https://bücher.example/größe.png",
        "https://pictures.example/东京/100%25.webp",
        "https://pictures.example/no-extension",
    ];

    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:SiteUrl"] = PublicNewsroom.Site, ["Cms:SiteName"] = "A & B's <News> ]]>" };

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        var random = new Random(20_261_125);
        string Text(int longest)
        {
            var text = new StringBuilder("T");
            for (var count = random.Next(1, 12); count > 0; count--)
            {
                var piece = Pieces[random.Next(Pieces.Length)];
                if (text.Length + piece.Length < longest)
                    text.Append(piece);
            }

            return text.Append('.').ToString();
        }

        foreach (var kinds in new[] { "people", "places", "topics" })
        {
            var concepts = Enumerable
                .Range(1, 8)
                .Select(number =>
                    (object)(
                        kinds switch
                        {
                            "places" => new
                            {
                                name = Text(100),
                                slug = $"hostile-{number}",
                                latitude = -1.5 * number,
                                longitude = 20.25 * number,
                            },
                            "topics" => new
                            {
                                name = Text(100),
                                slug = $"hostile-{number}",
                                code = $"medtop:2000{number:0000}",
                            },
                            _ => new { name = Text(100), slug = $"hostile-{number}" },
                        }
                    )
                );
            Assert.All(await Admin.BulkAsync($"/editorial/v1/{kinds}/bulk", concepts), line =>
                Assert.Equal("created", line["status"]!.GetValue<string>())
            );
        }

        string Concept() => $"hostile-{random.Next(1, 9)}";
        var stories = Enumerable
            .Range(1, Stories)
            .Select(number => new
            {
                headline = number % 10 == 0 ? Text(300).PadRight(300, 'x') : Text(300),
                standfirst = number % 7 == 0 ? null : Text(500),
                body = number % 11 == 0
                    ? null
                    : new
                    {
                        format = number % 2 == 0 ? "html" : "text",
                        content = string.Join("</p>\n\n<p>", Text(500), Text(500), Text(500)),
                    },
                language = (string[])["en", "ar", "tg", "zh-Hant", "he"] is var languages ? languages[number % 5] : "",
                byline = number % 3 == 0 ? Text(100) : null,
                authors = number % 4 == 0 ? new[] { Concept() } : [],
                dateline = new { place = Concept(), source = Text(100) },
                leadImage = number % 5 == 0
                    ? new
                    {
                        url = Pictures[number / 5 % Pictures.Length],
                        alt = Text(100),
                        caption = Text(100),
                        credit = Text(100),
                    }
                    : null,
                people = new[] { new { person = Concept(), role = Text(100) } },
                places = new[] { new { place = Concept(), relation = "about" } },
                topics = new[] { new { topic = Concept() } },
                genre = number % 2 == 0 ? Text(40) : null,
            });
        Assert.All(await Admin.BulkAsync("/editorial/v1/articles/bulk?publish=true", stories), line =>
            Assert.True(line["status"]!.GetValue<string>() == "created", line.ToJsonString())
        );
        // Control characters are refused, but an older database may have them.
        await SqlAsync(
            """
            set session_replication_role = replica;
            update revisions set headline = left(headline, 298) || chr(1 + abs(hashtext(slug)) % 8) || chr(133),
              body_html = replace(body_html, '</p>', chr(14 + abs(hashtext(slug)) % 18) || '</p>')
            """
        );
    }
}
