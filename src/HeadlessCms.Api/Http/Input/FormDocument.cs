using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Http.Input;

/// <summary>
/// Writes the JSON document that a form stands for. What is wrong with the form is wrong with the document in the same way (a duplicate or
/// unknown member, a text where a number is expected), so that the reader of JSON refuses it.
/// </summary>
internal sealed partial class FormDocument : IDisposable
{
    private const string JsonSpace = " \t\r\n";

    private readonly ILookup<string, string> _sent;
    private readonly bool _isPatch;
    private readonly int _maxDepth;
    private readonly List<InputError> _errors = [];
    private readonly Utf8JsonWriter _json;

    private FormDocument(IEnumerable<SentField> sent, bool isPatch, int maxDepth, Stream json)
    {
        _sent = sent.ToLookup(field => field.Name, field => field.Value);
        (_isPatch, _maxDepth) = (isPatch, maxDepth);
        // Unsafe is meant for HTML; the document is read by this process only.
        _json = new(json, new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>The document.</summary>
    /// <param name="fields">The fields that the endpoint knows.</param>
    /// <param name="sent">The fields of the form.</param>
    /// <param name="isPatch">Whether an empty field empties the member; else it is as if it was not sent.</param>
    /// <param name="maxDepth">How deep the reader lets the document be nested.</param>
    /// <exception cref="ProblemException">A field that has JSON cannot be read.</exception>
    public static MemoryStream Of(FormFields fields, IReadOnlyList<SentField> sent, bool isPatch, int maxDepth)
    {
        var json = new MemoryStream();
        using var document = new FormDocument(sent, isPatch, maxDepth, json);
        document.Write(fields, sent);
        if (document._errors.Count > 0)
            throw new ProblemException(new UnreadableProblem(document._errors));
        json.Position = 0;
        return json;
    }

    private void Write(FormFields fields, IEnumerable<SentField> sent)
    {
        _json.WriteStartObject();
        foreach (var member in fields.Members)
            Write(member);
        foreach (var unknown in sent.Where(field => !fields.Has(field.Name)))
            _json.WriteString(unknown.Name, unknown.Value);
        _json.WriteEndObject();
        _json.Flush();
    }

    public void Dispose() => _json.Dispose();

    private void Write(FormMember member)
    {
        switch (member.Kind)
        {
            case FormKind.Object:
                WriteObject(member);
                break;
            case FormKind.List:
                WriteList(member, [.. Filled(member)]);
                break;
            case FormKind.Map:
                WriteMap(member, [.. Filled(member)]);
                break;
            default:
                WriteValue(member);
                break;
        }
    }

    private void WriteObject(FormMember member)
    {
        var isFilled = member.Fields.Any(field => Filled(field).Any());
        if (!isFilled && !IsEmptied(member))
            return;
        // Without what it must have, there is no object.
        if (!isFilled && member.Members.Any(child => child is { IsRequired: true, Default: null } && IsEmptied(child)))
        {
            _json.WriteNull(member.Name);
            return;
        }

        _json.WriteStartObject(member.Name);
        foreach (var child in member.Members)
            Write(child);
        _json.WriteEndObject();
    }

    private void WriteList(FormMember member, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
        {
            if (IsEmptied(member))
                _json.WriteNull(member.Name);
            return;
        }

        _json.WriteStartArray(member.Name);
        for (var index = 0; index < items.Count; index++)
            WriteItem(member, items[index], $"{member.Pointer}/{index}");
        _json.WriteEndArray();
    }

    // An item that is an object is its JSON, or the one member that it must have.
    private void WriteItem(FormMember list, string text, string pointer)
    {
        var kind = FormMember.KindOf(list.Item!);
        if (kind == FormKind.Object && text.AsSpan().TrimStart().StartsWith('{'))
        {
            if (KindOf(text, pointer) is not null)
                _json.WriteRawValue(text, skipInputValidation: true);
        }
        else if (kind == FormKind.Object && list.Reference is { } reference)
        {
            _json.WriteStartObject();
            _json.WriteString(reference, text);
            _json.WriteEndObject();
        }
        else
            WriteText(kind, text);
    }

    // Objects that are sent one by one are read as one.
    private void WriteMap(FormMember member, IReadOnlyList<string> objects)
    {
        if (objects.Count == 0)
        {
            if (IsEmptied(member))
                _json.WriteNull(member.Name);
            return;
        }

        var members = objects.Select(text => MembersOf(text, member.Pointer)).Where(text => text.Length > 0);
        _json.WritePropertyName(member.Name);
        _json.WriteRawValue($"{{{string.Join(',', members)}}}", skipInputValidation: true);
    }

    // The JSON of an object without its braces.
    private string MembersOf(string text, string pointer)
    {
        if (KindOf(text, pointer) is not { } kind)
            return "";
        if (kind != JsonValueKind.Object)
        {
            _errors.Add(JsonErrors.WrongType(pointer));
            return "";
        }

        return text.AsSpan().Trim(JsonSpace)[1..^1].Trim(JsonSpace).ToString();
    }

    private void WriteValue(FormMember member)
    {
        var isWritten = false;
        foreach (var text in _sent[member.Field])
        {
            if (text.Length > 0)
            {
                _json.WritePropertyName(member.Name);
                WriteText(member.Kind, text);
            }
            else if (!_isPatch)
                continue;
            else if (member.Default is { } empty)
                _json.WriteString(member.Name, empty);
            else
                _json.WriteNull(member.Name);
            isWritten = true;
        }

        if (!isWritten && !_isPatch && member.Default is { } missing)
            _json.WriteString(member.Name, missing);
    }

    private void WriteText(FormKind kind, string text)
    {
        var isValue = kind == FormKind.Boolean && text is "true" or "false" || kind == FormKind.Number && PlainDecimal().IsMatch(text);
        if (isValue)
            _json.WriteRawValue(text, skipInputValidation: true);
        else
            _json.WriteStringValue(text);
    }

    // Null where it is no JSON.
    private JsonValueKind? KindOf(string text, string pointer)
    {
        var depth = _maxDepth - 2; // it lies in a list of the document
        try
        {
            using var parsed = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = depth });
            return parsed.RootElement.ValueKind;
        }
        catch (JsonException)
        {
            _errors.Add(InputError.At(pointer, "malformed", $"The value is not valid JSON, or is nested more than {depth} levels deep."));
            return null;
        }
    }

    private IEnumerable<string> Filled(FormMember field) => _sent[field.Field].Where(text => text.Length > 0);

    /// <summary>Whether a patch has fields of it, all of them empty.</summary>
    private bool IsEmptied(FormMember member) =>
        _isPatch && member.Fields.Any(field => _sent.Contains(field.Field)) && !member.Fields.Any(field => Filled(field).Any());

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?\z")]
    private static partial Regex PlainDecimal();
}
