using HeadlessCms.Api.Http.Problems;
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
        ["200"] = "What was asked for.",
        ["201"] = "It was made; Location says where it is.",
        ["202"] = "It is about to be done; Location says where to see what comes of it.",
        ["204"] = "It was done.",
        ["304"] = "It is as you have it: If-None-Match names what is there.",
        ["308"] = "It has another slug now; Location says which.",
        ["400"] = "The request can't be read: broken JSON, an unknown member or parameter, a cursor that was altered.",
        ["401"] = "No key, or one that opens nothing.",
        ["403"] = "The role of the key may not do this.",
        ["404"] = "There is no such thing, or none that you may see.",
        ["409"] = "A rule refuses it in the state that things are in; the type says which.",
        ["410"] = "It was withdrawn for cause; reason says which.",
        ["412"] = "Somebody else saved first: If-Match names what is no more there.",
        ["413"] = "The body is larger than 1 MiB.",
        ["415"] = "The body has a media type that this does not take.",
        ["422"] = "The input is understood and not valid; errors names all that is wrong. Or the Idempotency-Key was another request's.",
        ["428"] = "If-Match is missing.",
        ["429"] = "Too many requests of this address or key in a minute; Retry-After says when there is room for another.",
        ["500"] = "Something went wrong here.",
        ["503"] = "Not available now; Retry-After says when to try again.",
    };

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

    // Others have specified it: the document says which it is, and where to read about it.
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
                        "Older stories, rel=\"next\" and, in the archive, rel=\"prev-archive\"; a document of the archive has rel=\"current\" and rel=\"next-archive\" besides: relative URLs. Where a hub is configured, rel=\"hub\" and rel=\"self\" (WebSub)."
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
        if (context.ApiDescription.HttpMethod == HttpMethods.Post)
            statuses = statuses.Union([413, 422]);
        if (needsIfMatch)
            statuses = statuses.Concat([412, 428]);
        return statuses.Order();
    }

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
            response.Headers = Header("WWW-Authenticate", "How to say who you are.");
        if (status is 429 or 503)
            response.Headers = Header("Retry-After", "Seconds until it is worth another try.");
        operation.Responses![key] = response;
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
                concrete.Headers = Header("Link", "The feeds that tell the same, rel=\"alternate\": relative URLs.");
            if (status is "200" && id.EndsWith("Page", StringComparison.Ordinal))
                concrete.Headers = Header(
                    "Link",
                    $"The next page, rel=\"next\": a relative URL. Missing on the last page.{(namesFeeds ? " And the feeds that tell the same, rel=\"alternate\"." : "")}"
                );
            if (status is "200" && operation.Responses.ContainsKey("304"))
                AddCachingHeaders(concrete);
            if (status is "201" or "202" or "308")
                concrete.Headers = Header("Location", "Where it is: an absolute path.");
            var versioned = metadata
                .OfType<IRouteDiagnosticsMetadata>()
                .Any(route => route.Route.StartsWith("/editorial", StringComparison.Ordinal));
            if (versioned && status is "200" or "201" && id is "Article" or "Person" or "Place" or "Topic" or "Webhook" or "NewWebhook")
            {
                concrete.Headers ??= new Dictionary<string, IOpenApiHeader>();
                foreach (var (name, header) in Header("ETag", "Names what was read; send it back as If-Match."))
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
                ("ETag", "Names the answer: send it as If-None-Match, and get 304 while it is the same."),
                ("Last-Modified", "When the newest thing that it tells was published."),
                ("Cache-Control", "How long caches may keep it: never past the next instant at which a publication changes it."),
                ("Cache-Tag", "What it tells of, for caches that are purged by tag."),
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
