using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Http.Input;

/// <summary>A JSON Merge Patch (RFC 7396): values replace members, null removes a member, and arrays are replaced as a whole.</summary>
/// <typeparam name="T">The request type of the corresponding PUT.</typeparam>
public sealed class MergePatch<T> : IEndpointParameterMetadataProvider
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/merge-patch+json";

    private readonly JsonObject _patch;
    private readonly JsonSerializerOptions _json;

    private MergePatch(JsonObject patch, JsonSerializerOptions json) => (_patch, _json) = (patch, json);

    /// <summary>Reads the patch from the body.</summary>
    public static async ValueTask<MergePatch<T>?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var patch = await MergePatches.ReadAsync(context.Request.Body, json.MaxDepth, context.RequestAborted);
        return patch is JsonObject members
            ? new(members, json)
            : throw new RefusedJsonException("wrongType", "A merge patch must be a JSON object.");
    }

    /// <summary><paramref name="current"/> with the patch applied, read as strictly as a PUT.</summary>
    /// <exception cref="RefusedPatchException">The patched document does not fit.</exception>
    public T ApplyTo(T current)
    {
        var patched = MergePatches.Apply(JsonSerializer.SerializeToNode(current, _json), _patch);
        try
        {
            return patched.Deserialize<T>(_json)!;
        }
        catch (JsonException refused)
        {
            throw new RefusedPatchException(patched, typeof(T), refused);
        }
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new AcceptsMetadata([MediaType], typeof(MergePatch<T>)));
    }
}

/// <summary>Reads and applies patches.</summary>
internal static class MergePatches
{
    /// <summary>Reads a patch. What the serializer would find wrong in its text only when the patch is applied is refused here.</summary>
    public static async Task<JsonNode?> ReadAsync(Stream body, int maxDepth, CancellationToken cancellation)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = maxDepth };
            var patch = await JsonNode.ParseAsync(body, documentOptions: options, cancellationToken: cancellation);
            await using var nowhere = new Utf8JsonWriter(Stream.Null);
            patch?.WriteTo(nowhere); // decodes every name and string
            return patch;
        }
        catch (InvalidOperationException undecodable)
        {
            throw new JsonException(undecodable.Message, undecodable); // as the serializer does
        }
    }

    /// <summary>The algorithm of RFC 7396, section 2.</summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject members)
            return patch?.DeepClone();
        var result = target is JsonObject existing ? existing : [];
        foreach (var (name, value) in members)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result.TryGetPropertyValue(name, out var old);
                result.Remove(name);
                result[name] = Apply(old, value);
            }
        }

        return result;
    }
}
