using System.Net;
using HeadlessCms.Core;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Lengths count code points.</summary>
public sealed class TextLengthTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Emoji = "\U0001F980";

    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("aé漢", 3)]
    [InlineData("a\U0001F980b", 3)]
    [InlineData("\U0001F1E9\U0001F1EA", 2)]
    [InlineData("e\u0301", 2)]
    public void A_character_is_a_code_point(string? text, int length) => Assert.Equal(length, TextLength.Of(text));

    public static TheoryData<string, int> Members =>
        new()
        {
            { "headline", 300 },
            { "standfirst", 2_000 },
            { "genre", 50 },
            { "byline", 300 },
            { "externalId", 200 },
            { "note", 1_000 },
        };

    [Theory]
    [MemberData(nameof(Members))]
    public async Task A_text_of_emoji_may_be_as_long_as_one_of_letters_and_no_longer(string member, int limit)
    {
        var full = new Dictionary<string, object> { ["headline"] = "Full", [member] = Times(limit) };
        var over = new Dictionary<string, object> { ["headline"] = "Over", [member] = Times(limit + 1) };

        var saved = (await newsroom.Admin.PostAsync("/editorial/v1/articles", full)).Expect(HttpStatusCode.Created);
        var refused = await newsroom.Admin.PostAsync("/editorial/v1/articles", over);
        var lines = await newsroom.Admin.BulkAsync("/editorial/v1/articles/bulk", full, over);

        Assert.Equal(Times(limit), saved[member]!.GetValue<string>());
        Assert.Equal([$"/{member}: tooLong"], refused.Errors(HttpStatusCode.UnprocessableEntity));
        Assert.NotEqual("refused", lines[0]["status"]!.GetValue<string>());
        Assert.Equal("tooLong", lines[1]["problem"]!["errors"]![0]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_members_of_concepts_and_mentions_and_pictures_and_publications_count_alike()
    {
        var person = await newsroom.Admin.ConceptAsync(
            "people",
            new
            {
                name = Times(200),
                givenName = Times(100),
                title = Times(200),
                description = Times(2_000),
                aliases = new[] { Times(200) },
                labels = new Dictionary<string, string> { ["en"] = Times(200) },
            }
        );
        var article = await newsroom.Admin.ArticleAsync(
            new
            {
                headline = Times(300),
                dateline = new { source = Times(200) },
                leadImage = new
                {
                    url = "https://i.example/a.jpg",
                    alt = Times(1_000),
                    caption = Times(1_000),
                    credit = Times(200),
                },
                people = new[] { new { person, role = Times(200) } },
            }
        );
        await newsroom.Admin.PublishAsync(article);
        await newsroom.Admin.PublishAsync(article, new { correction = new { kind = "correction", text = Times(2_000) } });
        (await newsroom.Admin.PostAsync($"/editorial/v1/articles/{article}/withdraw", new { reason = Times(2_000) })).Expect(
            HttpStatusCode.OK
        );

        var refused = await newsroom.Admin.PostAsync(
            "/editorial/v1/people",
            new
            {
                name = Times(201),
                aliases = new[] { Times(201) },
                labels = new Dictionary<string, string> { ["en"] = Times(201) },
            }
        );

        Assert.Equal(["/name: tooLong", "/aliases/0: tooLong", "/labels/en: tooLong"], refused.Errors(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task The_database_has_the_same_limits()
    {
        foreach (var (column, limit) in new[] { ("headline", 300), ("standfirst", 2_000), ("byline", 300), ("note", 1_000) })
        {
            var type = await newsroom.SqlAsync(
                "select character_maximum_length from information_schema.columns "
                    + $"where table_name = 'revisions' and column_name = '{column}'"
            );
            Assert.Equal(limit, type);
        }

        Assert.Equal(150, await newsroom.SqlAsync($"select char_length('{Times(150)}'::varchar(150))"));
    }

    private static string Times(int count) => string.Concat(Enumerable.Repeat(Emoji, count));
}
