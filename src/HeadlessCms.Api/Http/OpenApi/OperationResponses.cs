using HeadlessCms.Api.Http.Html;
using HeadlessCms.Api.Http.Idempotency;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Feeds;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>What an operation may answer with: documents, problems and headers.</summary>
internal static class OperationResponses
{
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["200"] = "Success.",
        ["201"] = "The resource was created; Location contains its path.",
        ["202"] = "The request was accepted; Location contains the path of its result.",
        ["204"] = "It was done.",
        ["304"] = "Not modified: If-None-Match names the current version, or a feed has not changed since If-Modified-Since.",
        ["308"] = "The slug has changed; Location contains the new path.",
        ["400"] = "The request cannot be read: malformed JSON, an unknown member or parameter, or an altered cursor.",
        ["401"] = "The credentials are missing or not valid.",
        ["403"] = "The role of the caller does not allow this operation.",
        ["404"] = "The resource does not exist, or the caller may not see it.",
        ["409"] = "A rule refuses the request in the current state; `type` names the rule.",
        ["410"] = "The resource was withdrawn for cause; `reason` contains the cause.",
        ["412"] = "If-Match does not name the current version, because a concurrent change was saved first.",
        ["413"] = "The body is larger than 1 MiB.",
        ["415"] = "The media type of the body is not supported.",
        ["422"] = "The input is not valid; `errors` lists all errors. Or the Idempotency-Key was used for another request.",
        ["428"] = "If-Match is missing.",
        ["429"] =
            "The address or key exceeded its requests per minute, or too many credentials of the address were refused; "
            + "Retry-After contains the seconds to wait.",
        ["500"] = "Internal error.",
        ["503"] = "The service is unavailable; Retry-After contains the seconds to wait.",
    };

    private static readonly HashSet<string> Versioned =
    [
        "Article",
        "Webhook",
        "NewWebhook",
        .. ConceptKindNames.All.Select(names => names.SingularTitle),
    ];

    public static void Add(OpenApiOperation operation, OperationFilterContext context, bool isPublic, bool needsIfMatch)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        operation.Responses ??= [];
        if (metadata.OfType<IProducesResponseTypeMetadata>().Any(produced => produced.StatusCode == 308))
            operation.Responses["308"] = new OpenApiResponse();
        foreach (var status in Problems(context, isPublic, operation.RequestBody is not null, needsIfMatch))
            AddProblem(operation, context, status);
        if (metadata.OfType<StandardFormat>().SingleOrDefault() is { } format)
            operation.Responses["200"] = Answer(format);
        if (metadata.OfType<HasPage>().Any())
            operation.Responses["200"].Content![HtmlPage.MediaType] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The same as a page for people." },
            };
        if (isPublic)
            operation.Responses["304"] = new OpenApiResponse();
        AddHeaders(operation, metadata);
        foreach (var (status, response) in operation.Responses.ToList())
        {
            if (response is OpenApiResponse concrete && Texts.TryGetValue(status, out var text))
                concrete.Description = text;
        }

        var sorted = operation.Responses.OrderBy(response => response.Key, StringComparer.Ordinal).ToList();
        operation.Responses.Clear();
        foreach (var (status, response) in sorted)
            operation.Responses.Add(status, response);
    }

    // The schema of a standard format is its name and the URL of its specification.
    private static OpenApiResponse Answer(StandardFormat format) =>
        new()
        {
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [format.MediaType] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema
                    {
                        Type = format.IsJson ? JsonSchemaType.Object : JsonSchemaType.String,
                        Description = $"{format.Name}: {format.Specification}",
                    },
                },
            },
            Headers =
                format is FeedFormat
                    ? Header(
                        "Link",
                        "Older articles, rel=\"next\" and, in the archive, rel=\"prev-archive\"; archive documents also have "
                            + "rel=\"current\" and rel=\"next-archive\". These URLs are relative. "
                            + "If a hub is configured: rel=\"hub\" and rel=\"self\" (WebSub)."
                    )
                    : null,
        };

    private static IEnumerable<int> Problems(OperationFilterContext context, bool isPublic, bool hasBody, bool needsIfMatch)
    {
        var writes = context.ApiDescription.HttpMethod != HttpMethods.Get;
        IEnumerable<int> statuses = [400, 401, 403, 429, 500, 503];
        if (context.ApiDescription.RelativePath!.Contains('{', StringComparison.Ordinal))
            statuses = statuses.Append(404);
        if (writes)
            statuses = statuses.Append(409);
        if (hasBody)
            statuses = statuses.Concat([413, 415, 422]);
        if (IdempotentRequest.IsTakenBy(context.ApiDescription.HttpMethod!))
            statuses = statuses.Union([413, 422]);
        if (needsIfMatch)
            statuses = statuses.Concat([412, 428]);
        return statuses.Order();
    }

    // A problem of a status is the same everywhere, and stands in the document once.
    private static void AddProblem(OpenApiOperation operation, OperationFilterContext context, int status)
    {
        var key = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var response = new OpenApiResponse
        {
            Description = Texts[key],
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [ProblemResult.MediaType] = new OpenApiMediaType
                {
                    Schema = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository),
                },
            },
        };
        if (status == 401)
            response.Headers = Header("WWW-Authenticate", "The authentication scheme, and the error of a credential that is not valid.");
        if (status is 429 or 503)
            response.Headers = Header("Retry-After", "The number of seconds to wait before a retry.");
        var id = $"Problem{key}";
        context.Document.Components ??= new OpenApiComponents();
        context.Document.Components.Responses ??= new Dictionary<string, IOpenApiResponse>();
        context.Document.Components.Responses.TryAdd(id, response);
        operation.Responses![key] = new OpenApiResponseReference(id, context.Document);
    }

    private static void AddHeaders(OpenApiOperation operation, IList<object> metadata)
    {
        foreach (var (status, response) in operation.Responses!)
        {
            if (response is not OpenApiResponse concrete)
                continue;
            var schema = concrete.Content?.Values.FirstOrDefault()?.Schema as OpenApiSchemaReference;
            var id = schema?.Reference.Id ?? "";
            var namesFeeds = status is "200" && metadata.OfType<NamesFeeds>().Any();
            if (namesFeeds)
                concrete.Headers = Header("Link", "Feeds of the same articles, rel=\"alternate\", as relative URLs.");
            if (status is "200" && id.EndsWith("Page", StringComparison.Ordinal))
                concrete.Headers = Header(
                    "Link",
                    "The next page, rel=\"next\", as a relative URL; absent on the last page."
                        + (namesFeeds ? " Feeds of the same articles, rel=\"alternate\"." : "")
                );
            if (status is "200" && operation.Responses.ContainsKey("304"))
                AddCachingHeaders(concrete);
            if (status is "201" or "202" or "308")
                concrete.Headers = Header("Location", "The absolute path of the resource.");
            var versioned = metadata
                .OfType<IRouteDiagnosticsMetadata>()
                .Any(route => route.Route.StartsWith("/editorial", StringComparison.Ordinal));
            if (versioned && status is "200" or "201" && Versioned.Contains(id))
            {
                concrete.Headers ??= new Dictionary<string, IOpenApiHeader>();
                foreach (var (name, header) in Header("ETag", "The version of the resource; send it as If-Match to change the resource."))
                    concrete.Headers[name] = header;
            }
        }
    }

    private static void AddCachingHeaders(OpenApiResponse response)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        foreach (
            var (name, description) in new[]
            {
                ("ETag", "The version of the response; sent as If-None-Match, it yields 304 while the response is unchanged."),
                ("Last-Modified", "The newest publication instant in the response."),
                ("Cache-Control", "How long caches may store the response: never past the next publication boundary that affects it."),
                (
                    "Cache-Tag",
                    "The tags of the changes that invalidate the response, for caches that purge by tag; "
                        + "a setting may put them in other headers."
                ),
            }
        )
            response.Headers[name] = Header(name, description)[name];
    }

    private static Dictionary<string, IOpenApiHeader> Header(string name, string description) =>
        new()
        {
            [name] = new OpenApiHeader
            {
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        };
}
