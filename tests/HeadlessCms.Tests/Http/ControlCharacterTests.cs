using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Keys;
using HeadlessCms.Api.Editorial.People;
using HeadlessCms.Api.Editorial.Places;
using HeadlessCms.Api.Editorial.Topics;
using HeadlessCms.Api.Editorial.Webhooks;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Http;

/// <summary>Of the control characters, texts have tabs and line breaks only.</summary>
public sealed class ControlCharacterTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly char[] Refused =
    [
        .. Enumerable
            .Range(1, 0x9f)
            .Select(code => (char)code)
            .Where(character => char.IsControl(character) && !"\t\n\r".Contains(character)),
    ];

    public static TheoryData<string, Type> Requests =>
        new()
        {
            { "articles", typeof(ArticleRequest) },
            { "people", typeof(PersonRequest) },
            { "places", typeof(PlaceRequest) },
            { "topics", typeof(TopicRequest) },
            { "webhooks", typeof(WebhookRequest) },
            { "keys", typeof(KeyRequest) },
        };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task No_text_member_takes_one(string path, Type request)
    {
        var (index, members) = (0, MembersOf(request, text => text).ToList());
        Assert.NotEmpty(members);
        foreach (var (pointer, bodyOf) in members)
        {
            var body = bodyOf(JsonValue.Create($"a{Refused[index++ % Refused.Length]}b"));
            Assert.Equal(
                $"{pointer}: controlCharacter",
                (await newsroom.Admin.PostAsync($"/editorial/v1/{path}", body)).Errors(HttpStatusCode.UnprocessableEntity)[0]
            );
        }
    }

    [Fact]
    public async Task A_patch_and_a_line_do_not_take_one_and_each_is_named()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Plain" });
        foreach (var character in Refused)
            Assert.Equal(
                ["/standfirst: controlCharacter"],
                (await newsroom.Admin.PatchAsync($"/editorial/v1/articles/{slug}", new { standfirst = $"{character}" }, "*")).Errors(
                    HttpStatusCode.UnprocessableEntity
                )
            );
        var line = (await newsroom.Admin.BulkAsync("/editorial/v1/articles/bulk", new { headline = "a\u0007" })).Single();
        Assert.Equal("/headline", line["problem"]!["errors"]![0]!["pointer"]!.GetValue<string>());
        Assert.Contains("U+0007", line["problem"]!["errors"]![0]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tabs_and_line_breaks_are_kept_and_every_line_break_is_one_line_feed()
    {
        var slug = await newsroom.Admin.ArticleAsync(
            new { headline = "Broken", body = new { format = "text", content = "a\tb\r\nc\rd\ne\r\n\r\nf" } }
        );

        Assert.Equal(
            "a\tb\nc\nd\ne\n\nf",
            (await newsroom.Admin.ReadAsync($"/editorial/v1/articles/{slug}")).Json["body"]!["content"]!.GetValue<string>()
        );
    }

    [Fact]
    public void Any_other_text_is_read_as_it_is()
    {
        var options = new JsonSerializerOptions();
        StrictJson.Configure(options);
        Gen.String[Gen.Char["ab\t\n\r é東\"\\<\u2028\u00a0"], 0, 30]
            .Sample(text =>
                Assert.Equal(
                    text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'),
                    JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(text), options)
                )
            );
    }

    [Theory]
    [InlineData("""{"headline":"\ud800"}""")]
    [InlineData("""{"headline":"\udc00\ud800"}""")]
    [InlineData("""{"\ud800":"a"}""")]
    [InlineData("""{"headline":"a","authors":["\ud83d"]}""")]
    [InlineData("""{"headline":"a","body":{"format":"text","content":"a\udfff"}}""")]
    [InlineData("""{"headline":"a","body":{"\udfff":null}}""")]
    public async Task Half_a_character_is_malformed(string article)
    {
        const string articles = "/editorial/v1/articles";
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Half" });

        Answer[] answers =
        [
            await newsroom.Admin.PostAsync(articles, article),
            await newsroom.Admin.PutAsync($"{articles}/{slug}", article, "*"),
            await newsroom.Admin.PatchAsync($"{articles}/{slug}", article, "*"),
        ];

        Assert.All(answers, answer =>
            Assert.EndsWith(": malformed", Assert.Single(answer.Errors(HttpStatusCode.BadRequest)), StringComparison.Ordinal)
        );
        var line = (await newsroom.Admin.BulkAsync($"{articles}/bulk", article)).Single();
        Assert.Equal(400, line["problem"]!["status"]!.GetValue<int>());
    }

    /// <summary>The pointer of each text of a request, and the smallest request that has it.</summary>
    private static IEnumerable<(string Pointer, Func<JsonNode, JsonNode> Body)> MembersOf(Type type, Func<JsonNode, JsonNode> around)
    {
        foreach (var member in type.GetProperties())
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(member.Name);
            foreach (var (pointer, body) in TextsIn(member.PropertyType))
                yield return ($"/{name}{pointer}", text => around(new JsonObject { [name] = body(text) }));
        }
    }

    private static IEnumerable<(string Pointer, Func<JsonNode, JsonNode> Body)> TextsIn(Type type)
    {
        if (type == typeof(string))
            return [("", text => text)];
        if (type == typeof(IReadOnlyDictionary<string, string>))
            return [("/en", text => new JsonObject { ["en"] = text })];
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return TextsIn(type.GetGenericArguments()[0])
                .Select(item => ($"/0{item.Pointer}", (Func<JsonNode, JsonNode>)(text => new JsonArray(item.Body(text)))));
        return type.IsClass && type.Assembly != typeof(string).Assembly ? MembersOf(type, text => text) : [];
    }
}
