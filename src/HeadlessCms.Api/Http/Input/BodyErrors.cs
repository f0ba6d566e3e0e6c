using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using HeadlessCms.Api.Http.Problems;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Http.Input;

/// <summary>Thrown where a patched document does not fit its type.</summary>
/// <param name="document">The document with the patch applied.</param>
/// <param name="type">The type that it should fit.</param>
/// <param name="refused">The serializer's first error.</param>
internal sealed class RefusedPatchException(JsonNode? document, Type type, JsonException refused) : Exception(refused.Message, refused)
{
    public JsonNode? Document => document;

    public Type Type => type;
}

/// <summary>
/// Reports all errors of a body at once, although the serializer stops at its first: what does not fit the type, and what the validator of
/// the type finds in the rest.
/// </summary>
internal static class BodyErrors
{
    /// <summary>What is found after so many errors is not reported.</summary>
    private const int MaxErrors = 1_000;

    /// <summary>Keeps a JSON body, so that it can be read once more.</summary>
    public static void Keep(HttpContext context, IAcceptsMetadata accepts)
    {
        if (accepts.RequestType is not null && context.Request.HasJsonContentType())
            context.Request.EnableBuffering(bufferThreshold: 1 << 20);
    }

    /// <summary>The problem of a request that the serializer refused; null where it is another kind of exception.</summary>
    public static async Task<ProblemResult?> ProblemOfAsync(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case RefusedPatchException patch:
                using (var document = JsonSerializer.SerializeToDocument(patch.Document))
                    return await ProblemOfAsync(context, document.RootElement, patch.Type, MaxErrors);
            case BadHttpRequestException { InnerException: JsonException } when context.Request.Body.CanSeek:
                var type = EndpointOf(context)?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
                using (var document = await ReadAsync(context))
                    return type is null || document is null ? null : await ProblemOfAsync(context, document.RootElement, type, MaxErrors);
            default:
                return null;
        }
    }

    /// <summary>The problem of a document that the serializer refused.</summary>
    public static async Task<ProblemResult?> ProblemOfAsync(HttpContext context, JsonElement document, Type type, int maxErrors)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        IReadOnlyList<InputError> errors;
        JsonNode? fitting;
        try
        {
            (errors, fitting) = JsonShape.Of(document, type, options, maxErrors);
        }
        catch (InvalidOperationException)
        {
            return null; // a name is no text: the serializer has said which
        }

        errors = context.Features.Get<UnknownFields>()?.Name(errors) ?? errors;
        if (errors.Count is 0 || errors.Count >= maxErrors || fitting is null)
            return errors.Count is 0 ? null : JsonErrors.ProblemOf(errors);
        var invalid = await InvalidAsync(context, fitting, type, options);
        var missing = Missing(errors);
        var refused = errors.Select(error => error.Pointer!).ToHashSet();
        return JsonErrors.ProblemOf(
            [.. errors, .. invalid.Where(error => !missing.Contains(error.Pointer!) && !PathOf(error.Pointer!).Any(refused.Contains))],
            errors
        );
    }

    // A member that was refused, or that was sent under another name, is missing in what the validator sees; so is what it lies in.
    private static HashSet<string> Missing(IReadOnlyList<InputError> errors)
    {
        var missing = new HashSet<string>();
        foreach (var error in errors)
        {
            missing.UnionWith(PathOf(error.Pointer!));
            if (error.DidYouMean is { } member && error.Pointer!.LastIndexOf('/') is >= 0 and var end)
                missing.Add(JsonErrors.Below(error.Pointer[..end], member));
        }

        return missing;
    }

    // The pointer and those of what it lies in, but not that of the whole document.
    private static IEnumerable<string> PathOf(string pointer)
    {
        for (var length = pointer.Length; length > 0; length = pointer.LastIndexOf('/', length - 1))
            yield return pointer[..length];
    }

    private static async Task<IReadOnlyList<InputError>> InvalidAsync(
        HttpContext context,
        JsonNode fitting,
        Type type,
        JsonSerializerOptions options
    )
    {
        var services = context.RequestServices;
        if (services.GetService(typeof(IValidator<>).MakeGenericType(type)) is not IValidator validator)
            return [];
        return
            Read(fitting, type, options) is { } request
            && await Validation.ProblemOfAsync(validator, request, services, context.RequestAborted) is { Errors: { } errors }
            ? errors
            : [];
    }

    // A member of which something necessary was refused is left out.
    private static object? Read(JsonNode fitting, Type type, JsonSerializerOptions options)
    {
        while (true)
        {
            try
            {
                return fitting.Deserialize(type, options);
            }
            catch (JsonException refused)
            {
                var member = JsonErrors.Of(refused).Pointer!.Split('/').ElementAtOrDefault(1) ?? "";
                if (fitting is not JsonObject members || !members.Remove(member))
                    return null;
            }
        }
    }

    // The exception handler has taken the endpoint off the request.
    private static Endpoint? EndpointOf(HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();

    private static async Task<JsonDocument?> ReadAsync(HttpContext context)
    {
        context.Request.Body.Position = 0;
        try
        {
            var limits = new JsonDocumentOptions
            {
                MaxDepth = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions.MaxDepth,
            };
            return await JsonDocument.ParseAsync(context.Request.Body, limits, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null; // no JSON: the serializer has said where
        }
    }
}
