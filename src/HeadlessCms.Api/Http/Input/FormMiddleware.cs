using HeadlessCms.Api.Http.Problems;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Http.Input;

/// <summary>
/// Turns a form into the JSON document that the endpoint takes, before anything reads the body, so that forms and JSON have the same rules,
/// problems and idempotency keys.
/// </summary>
internal sealed class FormMiddleware(RequestDelegate next, IOptions<JsonOptions> json)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.GetEndpoint()?.Metadata.GetMetadata<AcceptsForm>() is { } accepts && request.HasFormContentType)
        {
            var options = json.Value.SerializerOptions;
            var fields = accepts.Fields(options);
            var sent = await new FormBody(fields).ReadAsync(request);
            var document = FormDocument.Of(fields, sent, accepts.IsPatch, options.MaxDepth);
            context.Response.RegisterForDispose(document);
            context.Features.Set(new UnknownFields(fields, sent));
            (request.Body, request.ContentType, request.ContentLength) = (document, accepts.JsonType, document.Length);
        }

        await next(context);
    }
}

/// <summary>The fields of a form that the endpoint does not know.</summary>
internal sealed class UnknownFields(FormFields fields, IEnumerable<SentField> sent)
{
    private readonly Dictionary<string, string> _byPointer = sent.Select(field => field.Name)
        .Where(name => !fields.Has(name))
        .Distinct()
        .ToDictionary(name => JsonErrors.Below("", name));

    /// <summary>The errors with the nearest fields, where the reader of JSON names the nearest members.</summary>
    public IReadOnlyList<InputError> Name(IReadOnlyList<InputError> errors) =>
        [
            .. errors.Select(error =>
                _byPointer.TryGetValue(error.Pointer!, out var name) ? JsonErrors.Unknown("", name, fields.Names) : error
            ),
        ];
}
