using System.Reflection;
using System.Text.Json.Nodes;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>
/// The request examples of the documents; those of a kind of concept are on its request. Sent in page order to the sample newsroom, all
/// succeed: each section creates a resource and then changes it, with an If-Match for each version.
/// </summary>
internal static class Examples
{
    private const string Article = """
        {
          "headline": "Tokyo and Dushanbe Agree on a Student Exchange",
          "standfirst": "Two hundred engineering students are to change places each year, from 2027 on.",
          "body": { "format": "markdown",
            "content": "Tokyo and Dushanbe will exchange **two hundred students** a year.\n\nThe first are to leave in spring." },
          "language": "en",
          "genre": "news",
          "byline": "By Jane Doe",
          "authors": ["jane-doe"],
          "dateline": { "place": "tokyo", "source": "Headless Wire" },
          "leadImage": { "url": "https://images.example.com/exchange.jpg", "alt": "Students in a laboratory",
            "caption": "A laboratory in Tokyo.", "credit": "J. Doe" },
          "people": [{ "person": "emomali-rahmon", "relation": "mentions", "role": "President of Tajikistan" }],
          "places": [{ "place": "tokyo", "relation": "about" }],
          "topics": [{ "topic": "bilateral-relations", "relation": "about" }],
          "note": "First version"
        }
        """;

    private const string Report =
        @"March 1, 2026\n\nHarbour Reopens After the Storm\n\nPort Harlow\n\nTokyo, The Harbour Post: Ships returned on Sunday.\n\n"
        + "The last of the fallen cranes was taken away at dawn.";

    private const string CreatedArticle = "tokyo-and-dushanbe-agree-on-a-student-exchange";

    private static readonly Dictionary<string, ConceptExamplesAttribute> Kinds = typeof(Examples)
        .Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(ConceptExamplesAttribute)))
        .ToDictionary(
            type => ConceptKindNames.Of(type.GetCustomAttribute<OfKindAttribute>()!.Kind).Singular,
            type => type.GetCustomAttribute<ConceptExamplesAttribute>()!
        );

    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["createArticle"] = Article,
        ["saveArticle"] = Article
            .Replace("Two hundred engineering students", "Three hundred engineering students", StringComparison.Ordinal)
            .Replace("First version", "Corrected the number", StringComparison.Ordinal),
        ["patchArticle"] = """{ "standfirst": "Three hundred engineering students are to change places each year.", "note": "Shorter" }""",
        ["storeAutosave"] = """{ "headline": "", "standfirst": "Four hundred engineering students are to change" }""",
        ["parseReport"] = $$"""{ "text": "{{Report}}", "format": "text" }""",
        ["refuseSuggestions"] = """{ "refuse": ["place:dushanbe"] }""",
        ["acceptSuggestions"] = """{ "all": true }""",
        ["publishArticle"] =
            """{ "correction": { "kind": "correction", "text": "An earlier version gave the number of students as two hundred." } }""",
        ["unpublishArticle"] = """{ "at": "2040-01-01T06:00:00Z" }""",
        ["withdrawArticle"] = """{ "reason": "The exchange was called off." }""",
        ["createPreview"] = """{ "asOf": "2030-01-01T06:00:00Z", "expiresIn": 3600 }""",
        ["rotateKey"] = """{ "overlap": 3600 }""",
        ["createWebhook"] = """
            { "name": "partner-app", "url": "https://hooks.partner.example/headless-cms",
              "description": "Notifies the app of stories from Asia.", "events": ["article.published", "article.updated",
              "article.unpublished", "article.withdrawn"], "places": ["asia"], "languages": ["en"] }
            """,
        ["rotateWebhook"] = """{ "overlap": 3600 }""",
        ["patchWebhook"] = """{ "topics": ["bilateral-relations"], "description": null }""",
        ["replayWebhook"] = """{ "from": "2026-01-01T00:00:00Z" }""",
        ["createKey"] = """{ "name": "partner-frontend", "role": "reader" }""",
    };

    private static readonly Dictionary<string, string> Created = new()
    {
        ["article"] = CreatedArticle,
        ["key"] = "partner-frontend",
        ["preview"] = "latest",
        ["webhook"] = "partner-app",
        ["delivery"] = "latest",
    };

    private const string SampleArticle = "tajik-and-japanese-leaders-meet-in-tokyo";

    // NDJSON and CSV are strings in the document, not JSON values.
    private static readonly Dictionary<string, string> TextExamples = new()
    {
        ["saveArticles"] = """
            {"headline":"A treaty is signed","externalId":"urn:example:1","publishedAt":"1992-01-26T09:00:00Z","places":[{"place":"tokyo"}]}
            {"headline":"Embassy opens","externalId":"urn:example:2","publishedAt":"2002-01-01T09:00:00Z","places":[{"place":"dushanbe"}]}

            """,
        ["importStories"] = """
            id,headline,text,tags,publishedAt,url
            archive-1,A ferry sails,"The first ferry sailed.",Shipping,1998-05-04T08:00:00Z,https://old.example/1998/a-ferry-sails

            """,
    };

    public static JsonNode? BodyOf(string operation) =>
        TextExamples.TryGetValue(operation, out var lines) ? JsonValue.Create(lines)
        : Bodies.TryGetValue(operation, out var body) ? JsonNode.Parse(body)
        : ConceptKindNames.All.Select(kind => BodyOf(operation, kind, Kinds[kind.Singular])).FirstOrDefault(example => example is not null);

    public static JsonNode? PathValueOf(string operation, string name) =>
        name == "number" ? JsonValue.Create(1)
        : name == "publication" ? JsonValue.Create("next")
        : name == "sitemap" ? JsonValue.Create("articles")
        : operation == "purgeArticle" ? JsonValue.Create("bridge-opens-in-khujand")
        : operation == "cancelPublication" ? JsonValue.Create("what-to-watch-in-the-year-ahead")
        : operation.StartsWith("merge", StringComparison.Ordinal) ? JsonValue.Create(Kinds[name].Duplicate)
        : operation.Contains("Live", StringComparison.Ordinal)
        || operation.StartsWith("feed", StringComparison.Ordinal)
        || operation.EndsWith("Articles", StringComparison.Ordinal)
            ? JsonValue.Create(Kinds.GetValueOrDefault(name)?.Sample ?? SampleArticle)
        : JsonValue.Create(Kinds.GetValueOrDefault(name)?.Created ?? Created[name]);

    private static JsonNode? BodyOf(string operation, ConceptKindNames kind, ConceptExamplesAttribute examples) =>
        operation == $"create{kind.SingularTitle}" ? JsonNode.Parse(examples.Create)
        : operation == $"save{kind.SingularTitle}" ? JsonNode.Parse(examples.Save)
        : operation == $"patch{kind.SingularTitle}" ? JsonNode.Parse(examples.Patch)
        : operation == $"merge{kind.SingularTitle}" ? new JsonObject { ["into"] = examples.MergedInto }
        : operation == $"save{kind.SeveralTitle}" ? JsonValue.Create(string.Concat(examples.Lines.Select(line => $"{line}\n")))
        : null;

    public static JsonNode? IfMatchOf(string operation)
    {
        var tag = operation.EndsWith("Article", StringComparison.Ordinal) || operation == "acceptSuggestions" ? 'r' : 'v';
        var version =
            operation == "acceptSuggestions" ? 4
            : operation.StartsWith("save", StringComparison.Ordinal) ? 1
            : operation.StartsWith("patch", StringComparison.Ordinal) ? 2
            : 3;
        return JsonValue.Create($"\"{tag}{version}\"");
    }
}
