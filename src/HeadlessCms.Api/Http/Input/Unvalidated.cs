using System.Reflection;
using System.Text.Json;
using HeadlessCms.Api.Http.Problems;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Http.Input;

/// <summary>A JSON object with members of a request, whose values may be missing or invalid.</summary>
/// <typeparam name="T">The type of the request.</typeparam>
public sealed class Unvalidated<T> : IEndpointParameterMetadataProvider
{
    private Unvalidated(string json) => Json = json;

    /// <summary>The object as it was sent.</summary>
    public string Json { get; }

    /// <summary>Reads the object from the body. Members that the request does not have are refused.</summary>
    public static async ValueTask<Unvalidated<T>?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        using var document = await UnvalidatedJson.ReadAsync(context.Request.Body, options.MaxDepth, context.RequestAborted);
        return UnvalidatedJson.UnknownMembers(document.RootElement, typeof(T), options) is { Count: > 0 } unknown
            ? throw new ProblemException(JsonErrors.ProblemOf(unknown))
            : new(document.RootElement.GetRawText());
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(Unvalidated<T>)));
    }
}

/// <summary>Reads objects.</summary>
internal static class UnvalidatedJson
{
    /// <summary>Reads an object. What cannot be decoded in its text is refused here, and not when it is read again.</summary>
    public static async Task<JsonDocument> ReadAsync(Stream body, int maxDepth, CancellationToken cancellation)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = maxDepth };
            var document = await JsonDocument.ParseAsync(body, options, cancellation);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new RefusedJsonException("wrongType", "A JSON object is expected.");
            await using var nowhere = new Utf8JsonWriter(Stream.Null);
            document.WriteTo(nowhere); // decodes every name and string
            return document;
        }
        catch (InvalidOperationException undecodable)
        {
            throw new JsonException(undecodable.Message, undecodable); // as the serializer does
        }
    }

    /// <summary>An error for each member that <paramref name="type"/> does not have.</summary>
    public static List<InputError> UnknownMembers(JsonElement sent, Type type, JsonSerializerOptions options)
    {
        var known = options.GetTypeInfo(type).Properties.Select(member => member.Name).ToHashSet();
        return
        [
            .. sent.EnumerateObject()
                .Where(member => !known.Contains(member.Name))
                .Take(InputError.MaxCount)
                .Select(member => JsonErrors.Unknown("", member.Name, known)),
        ];
    }
}
