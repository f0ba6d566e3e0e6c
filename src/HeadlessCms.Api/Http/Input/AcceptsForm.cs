using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace HeadlessCms.Api.Http.Input;

/// <summary>Marks an endpoint that takes its JSON body as a form too.</summary>
/// <param name="body">The type of the JSON body, as the endpoint has it.</param>
internal sealed class AcceptsForm(Type body)
{
    public const string Multipart = "multipart/form-data";

    /// <summary>The media types of forms.</summary>
    public static readonly IReadOnlyList<string> MediaTypes = [Multipart, "application/x-www-form-urlencoded"];

    private FormFields? _fields;

    /// <summary>The type of the JSON body.</summary>
    public Type Body => body;

    /// <summary>Whether the body is a JSON Merge Patch.</summary>
    public bool IsPatch { get; } = body.IsGenericType && body.GetGenericTypeDefinition() == typeof(MergePatch<>);

    /// <summary>The media type of the JSON body.</summary>
    public string JsonType => IsPatch ? MergePatch<object>.MediaType : "application/json";

    public FormFields Fields(JsonSerializerOptions json) => _fields ??= new(IsPatch ? body.GetGenericArguments()[0] : body, json);

    /// <summary>That of an endpoint with a JSON body; null for any other, and for one that keeps the JSON as it is sent.</summary>
    public static AcceptsForm? Of(IAcceptsMetadata? accepts) =>
        accepts?.RequestType is { } type
        && accepts.ContentTypes is ["application/json" or MergePatch<object>.MediaType]
        && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Unvalidated<>))
            ? new(type)
            : null;
}
