using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Http;

public sealed class FormDocumentTests
{
    private static readonly JsonSerializerOptions Json = Options();
    private static readonly FormFields Fields = new(typeof(ArticleRequest), Json);

    private static readonly Gen<string> Words = Gen.OneOf(
        Gen.String[Gen.Char[" \n\t{}[]\"\\&=+%,<>;:-0123456789abcäя中"], 1, 20],
        AnyOf("true", "null", "7", "{}", "[]", "{\"a\":1}", "\"", "\r\n", "\ud83d\ude00")
    );

    private static readonly Gen<JsonNode?> Text = Words.Select(JsonNode? (text) => JsonValue.Create(text));

    private static readonly Gen<JsonNode?> Texts = Words
        .Array[1, 4]
        .Select(JsonNode? (texts) => new JsonArray([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]));

    [Fact]
    public void Json_that_becomes_a_form_becomes_the_same_json() =>
        Gen.Select(
                Some("headline", Text),
                Some("standfirst", Text),
                Some("note", Text),
                Some("authors", Texts),
                Some("body", Object(Required("format", Text), Required("content", Text))),
                Some("dateline", Object(Required("place", Text), Some("source", Text))),
                Some("leadImage", Object(Required("url", Text), Some("alt", Text)))
            )
            .Select(Mentions, (members, mentions) =>
                Merged([members.Item1, members.Item2, members.Item3, members.Item4, members.Item5, members.Item6, members.Item7, mentions])
            )
            .Sample(json =>
            {
                using var document = FormDocument.Of(
                    Fields,
                    [.. Forms.Of(json).Select(field => new SentField(field.Name, field.Value))],
                    isPatch: false,
                    Json.MaxDepth
                );
                Assert.True(JsonNode.DeepEquals(json, JsonNode.Parse(document)), json.ToJsonString());
            });

    private static Gen<JsonObject> Mentions { get; } =
        Gen.Select(
            AnyOf([.. ConceptKindNames.All.Where(kind => !kind.HasParts)]),
            Object(Required("relation", Text), Some("role", Text)),
            Words,
            (kind, mention, name) =>
            {
                mention![kind.Singular] = name;
                return new JsonObject { [kind.Plural] = new JsonArray(mention) };
            }
        );

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        StrictJson.Configure(options);
        options.MakeReadOnly();
        return options;
    }

    private static Gen<T> AnyOf<T>(params IReadOnlyList<T> values) => Gen.Int[0, values.Count - 1].Select(index => values[index]);

    private static Gen<JsonObject> Required(string name, Gen<JsonNode?> value) => value.Select(node => new JsonObject { [name] = node });

    private static Gen<JsonObject> Some(string name, Gen<JsonNode?> value) =>
        Gen.Select(Gen.Bool, value, (isThere, node) => isThere ? new JsonObject { [name] = node } : []);

    private static Gen<JsonNode?> Object(Gen<JsonObject> one, Gen<JsonObject> other) =>
        Gen.Select(one, other, JsonNode? (first, second) => Merged([first, second]));

    private static JsonObject Merged(IEnumerable<JsonObject> objects)
    {
        var merged = new JsonObject();
        foreach (var (name, value) in objects.SelectMany(members => members))
            merged[name] = value?.DeepClone();
        return merged;
    }
}
