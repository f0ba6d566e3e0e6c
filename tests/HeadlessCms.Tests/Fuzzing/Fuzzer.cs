using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;
using HeadlessCms.Tests.OpenApi;

namespace HeadlessCms.Tests.Fuzzing;

/// <summary>Generates valid, nearly valid and hostile requests from a served document.</summary>
internal sealed class Fuzzer(OpenApiDocument document, Vocabulary words)
{
    private const int LongestQuery = 6_000; // Kestrel refuses longer request lines

    private static readonly string[] Broken =
    [
        "",
        "{",
        "nonsense",
        "[]",
        "null",
        "\"text\"",
        "{\"a\":1}",
        "{\"headline\":\"a\",\"headline\":\"b\"}",
        "{\"headline\":\"\\ud800\"}",
        "{\"headline\":\"a\\u0000b\"}",
        "{\"headline\":12}",
        "{\"HEADLINE\":\"a\"}",
        "\uFEFF{}",
        "{\"note\":" + new string('[', 200) + new string(']', 200) + "}",
        "{\"headline\":1e9999}",
        "{} {}",
        "{\"__proto__\":{}}",
    ];

    private static readonly string[] Types =
    [
        "application/json; charset=utf-16",
        "text/plain",
        "application/xml",
        "application/merge-patch+json",
        "application/x-ndjson",
        "multipart/form-data; boundary=x",
        "nonsense",
    ];

    private readonly SchemaSample _samples = new(document, words);
    private readonly ApiOperation[] _operations = [.. document.Operations];

    public HttpRequestMessage Next(Random random)
    {
        var operation = random.Of(_operations);
        var method =
            random.Once(40) ? random.Of(["GET", "HEAD", "OPTIONS", "DELETE", "PATCH", "PUT", "POST", "TRACE"])
            : operation.Method is "GET" && random.Once(10) ? "HEAD"
            : operation.Method;
        var request = new HttpRequestMessage(new HttpMethod(method), PathOf(operation, random) + QueryOf(operation, random));
        if (operation.RequestBody is { } body && !random.Once(30))
            request.Content = BodyOf(body, random);
        foreach (
            var header in operation.Parameters.Where(parameter =>
                parameter.In == "header" && (parameter.Required ? !random.Once(10) : random.Once(4))
            )
        )
            request.Headers.TryAddWithoutValidation(
                header.Name,
                header.Name == "If-Match" && !random.Once(4)
                    ? random.Of(["*", "\"r1\"", "\"r2\"", "\"v1\"", "\"v2\""])
                    : OneLine(words.Any(random))
            );
        if (random.Once(8))
            request.Headers.TryAddWithoutValidation(
                "If-None-Match",
                random.Of(["*", "\"x\"", "W/\"x\"", "nonsense", OneLine(words.Any(random))])
            );
        if (random.Once(20))
            request.Headers.TryAddWithoutValidation("Accept", random.Of(["application/xml", "nonsense", "*/*;q=0"]));
        if (random.Once(20))
            request.Headers.TryAddWithoutValidation("Origin", "null");
        return request;
    }

    private string PathOf(ApiOperation operation, Random random)
    {
        var path = operation.PathTemplate;
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.In == "path"))
        {
            var value = parameter.Name is "number" && !random.Once(4) ? $"{random.Next(4)}" : words.Any(random);
            path = path.Replace(
                $"{{{parameter.Name}}}",
                Uri.EscapeDataString(value.Replace("\0", "", StringComparison.Ordinal)),
                StringComparison.Ordinal
            ); // Kestrel refuses U+0000 in a path
        }

        return random.Once(200) ? path + random.Of(["/", "//", "/..", ";a=b"]) : path;
    }

    private string QueryOf(ApiOperation operation, Random random)
    {
        var query = new List<string>();
        foreach (
            var parameter in operation.Parameters.Where(parameter =>
                parameter.In == "query" && (parameter.Required ? !random.Once(20) : random.Once(5))
            )
        )
        {
            var schema = parameter.Node.TryGetProperty("schema", out var declared) ? document.Follow(declared) : default;
            for (var times = random.Once(8) ? 2 : 1; times > 0; times--)
                foreach (var value in random.Once(3) ? [words.Any(random)] : ValuesOf(schema, random))
                    query.Add($"{parameter.Name}={Uri.EscapeDataString(value)}");
        }

        if (random.Once(50))
            query.Add(
                random.Of(["unknown=1", "limit", "=", "&&", "limit=1&limit=2", "%zz=%zz", "cursor=AAAA", "sort", "LIMIT=1", "a[]=1"])
            );
        while (query.Sum(parameter => parameter.Length + 1) > LongestQuery)
            query.RemoveAt(0);
        return query.Count == 0 ? "" : "?" + string.Join('&', query);
    }

    private IEnumerable<string> ValuesOf(JsonElement schema, Random random)
    {
        var value = schema.ValueKind is JsonValueKind.Undefined ? JsonValue.Create(words.Any(random)) : _samples.Of(schema, random);
        return value switch
        {
            JsonArray several => several.Select(one => one?.ToString() ?? ""),
            null => [""],
            _ => [value.ToString()],
        };
    }

    private HttpContent BodyOf(JsonElement body, Random random)
    {
        var media = random.Of([.. body.GetProperty("content").EnumerateObject()]);
        if (media.Name == "multipart/form-data" && _samples.Of(media.Value.GetProperty("schema"), random) is JsonObject form)
        {
            var fields = Forms.Of(form);
            var broken = random.Once(4) && fields.Count > 0 ? random.Next(fields.Count) : -1;
            return Forms.Parts(fields.Select((field, index) => index == broken ? (field.Name, words.Any(random)) : field));
        }

        var isLines = media.Name == "application/x-ndjson";
        var text =
            random.Once(12) ? random.Of(Broken)
            : isLines
                ? string.Join(
                    '\n',
                    Enumerable
                        .Range(0, random.Next(1, 4))
                        .Select(_ =>
                            random.Once(6)
                                ? random.Of(Broken)
                                : $$"""{"name":"{{random.Next(500)}}","headline":"Line {{random.Next(500)}}"}"""
                        )
                )
            : Altered(_samples.Of(media.Value.GetProperty("schema"), random), random);
        var content = new ByteArrayContent(
            random.Once(60) ? [0xFF, 0xFE, 0x00, .. Encoding.UTF8.GetBytes(text)] : Encoding.UTF8.GetBytes(text)
        );
        content.Headers.TryAddWithoutValidation("Content-Type", random.Once(25) ? random.Of(Types) : media.Name);
        if (random.Once(100))
            content.Headers.ContentType = null;
        return content;
    }

    // Removes, adds or changes one member.
    private string Altered(JsonNode? value, Random random)
    {
        if (value is JsonObject { Count: > 0 } members && random.Once(3))
        {
            var name = random.Of([.. members.Select(member => member.Key)]);
            switch (random.Next(5))
            {
                case 0:
                    members.Remove(name);
                    break;
                case 1:
                    members[name] = null;
                    break;
                case 2:
                    members[name] = words.Any(random);
                    break;
                case 3:
                    members[name] = new JsonArray(new JsonObject { ["x"] = 1 });
                    break;
                default:
                    members[words.Any(random)] = 1;
                    break;
            }
        }

        return value?.ToJsonString() ?? "null";
    }

    private static string OneLine(string text) => new([.. text.Where(character => character is >= ' ' and < '\x7f')]);
}
