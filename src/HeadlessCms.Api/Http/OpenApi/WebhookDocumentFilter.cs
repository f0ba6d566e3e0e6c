using System.Text.Json.Nodes;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Outbox.Webhooks;
using HeadlessCms.Core.Changes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>Describes webhook requests in the editorial document (OpenAPI 3.1, <c>webhooks</c>).</summary>
internal sealed class WebhookDocumentFilter : IDocumentFilter
{
    private const string Description = """
        Delivered at least once, as [Standard Webhooks](https://www.standardwebhooks.com) 1.0 specifies; any library of that standard
        verifies the signature. A repeated event has the same `webhook-id`. The next event of an article or concept is sent when the
        previous one was delivered or abandoned. Respond with 2xx within 15 seconds; other responses are retried, with increasing delays.
        Redirects are not followed.
        """;

    private static readonly (string Name, string Description, string Example)[] Headers =
    [
        ("webhook-id", "The id of the event, the same for each attempt.", "evt_1042_5f1d7c2a9b400"),
        ("webhook-timestamp", "The time of this attempt, in seconds since 1970-01-01T00:00:00Z.", "1795463880"),
        (
            "webhook-signature",
            "`v1,` and the Base64 of HMAC-SHA256 over id, timestamp and body, joined by dots. "
                + "While a secret is rotated: two signatures, separated by a space.",
            "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="
        ),
    ];

    private static readonly Dictionary<string, string> ExamplesBySubject = new()
    {
        ["article"] = """
            { "id": "019ab6f0-2c4a-7d11-9a51-6a1f0b3c5d7e", "kind": "article", "sequence": 1042,
              "slug": "tajik-and-japanese-leaders-meet-in-tokyo",
              "href": "/content/v1/articles/tajik-and-japanese-leaders-meet-in-tokyo",
                "headline": "Tajik and Japanese Leaders Meet in Tokyo", "language": "en",
              "revision": 1, "publishedAt": "2025-12-23T09:30:00Z", "updatedAt": "2025-12-23T09:30:00Z" }
            """,
        ["concept"] = """
            { "id": "019ab6f0-2c4a-7d11-9a51-6a1f0b3c5d7f", "kind": "place", "sequence": 1042, "slug": "tokyo",
              "href": "/content/v1/places/tokyo", "name": "Tokyo" }
            """,
        ["webhook"] = """{ "id": "019ab6f0-2c4a-7d11-9a51-6a1f0b3c5d82", "kind": "webhook" }""",
    };

    private static readonly Dictionary<ChangeEvent, string> Examples = new()
    {
        [ChangeEvent.ArticleUnpublished] = """{ "id": "019ab6f0-2c4a-7d11-9a51-6a1f0b3c5d7e", "kind": "article", "sequence": 1042 }""",
        [ChangeEvent.ArticleWithdrawn] = """
            { "id": "019ab6f0-2c4a-7d11-9a51-6a1f0b3c5d7e", "kind": "article", "sequence": 1042,
              "reason": "The quotation was not his." }
            """,
        [ChangeEvent.ConceptMerged] = """
            { "id": "019ab6f0-2c4a-7d11-9a51-6a1f0b3c5d80", "kind": "person", "sequence": 1042,
              "mergedInto": { "id": "019ab6f0-2c4a-7d11-9a51-6a1f0b3c5d81", "slug": "jane-doe", "name": "Jane Doe" } }
            """,
    };

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        if (context.DocumentName != "editorial")
            return;
        var message = context.SchemaGenerator.GenerateSchema(typeof(WebhookMessage), context.SchemaRepository);
        swaggerDoc.Webhooks = Enum.GetValues<ChangeEvent>()
            .Where(one => one.Rule().IsForWebhooks)
            .ToDictionary(EnumNames.Of, IOpenApiPathItem (one) =>
                new OpenApiPathItem { Operations = new() { [HttpMethod.Post] = OperationOf(one, message, swaggerDoc) } }
            );
    }

    private static OpenApiOperation OperationOf(ChangeEvent one, IOpenApiSchema message, OpenApiDocument document) =>
        new()
        {
            OperationId = $"receive{one}",
            Summary = one.Rule().Description,
            Description = Description,
            Tags = new HashSet<OpenApiTagReference> { new("Webhooks", document) },
            Security = [],
            Parameters =
            [
                .. Headers.Select(header => new OpenApiParameter
                {
                    Name = header.Name,
                    In = ParameterLocation.Header,
                    Required = true,
                    Description = header.Description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    Example = header.Example,
                }),
            ],
            RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, IOpenApiMediaType>
                {
                    ["application/json"] = new OpenApiMediaType { Schema = message, Example = ExampleOf(one) },
                },
            },
            Responses = new OpenApiResponses
            {
                ["2XX"] = new OpenApiResponse { Description = "The event was accepted." },
                ["default"] = new OpenApiResponse
                {
                    Description = "The event is retried. 410 disables the webhook; 429 pauses it for the time in Retry-After.",
                },
            },
        };

    private static JsonObject ExampleOf(ChangeEvent one)
    {
        var data = Examples.TryGetValue(one, out var special) ? special : ExamplesBySubject[ChangeEvents.SubjectOf(one)];
        return new JsonObject
        {
            ["type"] = EnumNames.Of(one),
            ["timestamp"] = "2025-12-23T09:30:00Z",
            ["data"] = JsonNode.Parse(data),
        };
    }
}
