using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using HeadlessCms.Api.Http.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace HeadlessCms.Api.Http.Input;

/// <summary>Marks an endpoint that takes its JSON body as a text too, which stands for a document with two members.</summary>
/// <param name="member">The member that has the text.</param>
/// <param name="format">The member that says the format.</param>
internal sealed class AcceptsText(string member, string format)
{
    /// <summary>The media types of texts, with their formats.</summary>
    public static readonly FrozenDictionary<string, string> Formats = new Dictionary<string, string>
    {
        ["text/plain"] = "text",
        ["text/html"] = "html",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The member that has the text.</summary>
    public string Member => member;

    /// <summary>The document that a text stands for.</summary>
    public MemoryStream Document(string text, string mediaType)
    {
        var document = new MemoryStream();
        using (var json = new Utf8JsonWriter(document))
        {
            json.WriteStartObject();
            json.WriteString(member, text);
            json.WriteString(format, Formats[mediaType]);
            json.WriteEndObject();
        }

        document.Position = 0;
        return document;
    }
}

/// <summary>
/// Turns a text into the JSON document that the endpoint takes, before anything reads the body, so that texts and JSON have the same rules,
/// problems and idempotency keys.
/// </summary>
internal sealed class TextMiddleware(RequestDelegate next)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var mediaType = request.ContentType?.Split(';')[0].Trim() ?? "";
        if (context.GetEndpoint()?.Metadata.GetMetadata<AcceptsText>() is { } accepts && AcceptsText.Formats.ContainsKey(mediaType))
        {
            var document = accepts.Document(await ReadAsync(request, accepts.Member, context.RequestAborted), mediaType);
            context.Response.RegisterForDispose(document);
            context.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody()); // also where the text is empty
            (request.Body, request.ContentType, request.ContentLength) = (document, "application/json", document.Length);
        }

        await next(context);
    }

    private static async Task<string> ReadAsync(HttpRequest request, string member, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        try
        {
            return StrictUtf8.GetString(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (DecoderFallbackException)
        {
            throw new ProblemException(
                new UnreadableProblem(InputError.At(JsonErrors.Below("", member), "invalidText", "The text is not UTF-8."))
            );
        }
    }

    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
