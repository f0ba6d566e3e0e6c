using System.Net;
using System.Text;
using HeadlessCms.Api.Http.Problems;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HeadlessCms.Api.Http.Input;

/// <summary>A field of a form as it was sent.</summary>
internal sealed record SentField(string Name, string Value);

/// <summary>
/// Reads the fields of a form in UTF-8: <c>multipart/form-data</c> (RFC 7578) without files, or <c>application/x-www-form-urlencoded</c>.
/// </summary>
/// <param name="fields">The fields that the endpoint knows.</param>
internal sealed class FormBody(FormFields fields)
{
    /// <summary>More than any valid request has: lists have at most 200 items.</summary>
    private const int MaxFields = 2_000;

    private const int MaxBoundary = 70; // RFC 2046, 5.1.1
    private const int MaxPartHeaders = 8;
    private const int MaxPartHeaderBytes = 4_096;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<SentField> _sent = [];

    /// <exception cref="ProblemException">The form cannot be read.</exception>
    public async Task<IReadOnlyList<SentField>> ReadAsync(HttpRequest request)
    {
        var cancellation = request.HttpContext.RequestAborted;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        body.Position = 0;
        var type = MediaTypeHeaderValue.Parse(request.ContentType);
        if (type.MediaType.Equals(AcceptsForm.Multipart, StringComparison.OrdinalIgnoreCase))
            await ReadPartsAsync(body, HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), cancellation);
        else
            ReadPairs(body.GetBuffer().AsSpan(0, (int)body.Length));
        return _sent;
    }

    /// <summary>Whether a media type has no charset, or that of UTF-8.</summary>
    public static bool IsUtf8(MediaTypeHeaderValue? type) =>
        type?.Charset.Value is null or "" || string.Equals(type.Charset.Value.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase);

    private async Task ReadPartsAsync(Stream body, string boundary, CancellationToken cancellation)
    {
        if (boundary.Length is 0 or > MaxBoundary)
            throw Refused("", "malformed", $"A boundary of 1 to {MaxBoundary} characters is expected in Content-Type.");
        var reader = new MultipartReader(boundary, body) { HeadersCountLimit = MaxPartHeaders, HeadersLengthLimit = MaxPartHeaderBytes };
        try
        {
            while (await reader.ReadNextSectionAsync(cancellation) is { } part)
                await ReadPartAsync(part, cancellation);
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            throw Refused("", "malformed", "The body is not valid multipart/form-data.");
        }
    }

    private async Task ReadPartAsync(MultipartSection part, CancellationToken cancellation)
    {
        if (part.GetContentDispositionHeader() is not { } disposition || !disposition.Name.HasValue)
            throw Refused("", "malformed", "Each part must have a name: Content-Disposition: form-data; name=\"headline\".");
        var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
        if (disposition.FileName.HasValue || disposition.FileNameStar.HasValue)
            throw Refused(fields.PointerOf(name), "wrongType", "A text is expected, not a file.");
        if (!IsUtf8(MediaTypeHeaderValue.TryParse(part.ContentType, out var type) ? type : null))
            throw NotUtf8(fields.PointerOf(name));
        using var value = new MemoryStream();
        await part.Body.CopyToAsync(value, cancellation);
        Add(name, value.GetBuffer().AsSpan(0, (int)value.Length));
    }

    private void ReadPairs(ReadOnlySpan<byte> body)
    {
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            if (pair.IsEmpty)
                continue;
            var end = pair.IndexOf((byte)'=');
            var name = end < 0 ? pair : pair[..end];
            Add(TextOf(Decoded(name)) ?? throw NotUtf8(""), end < 0 ? [] : Decoded(pair[(end + 1)..]));
        }
    }

    private void Add(string name, ReadOnlySpan<byte> value)
    {
        if (_sent.Count == MaxFields)
            throw Refused("", "tooMany", $"At most {MaxFields:N0} fields are allowed.");
        _sent.Add(new(name, TextOf(value) ?? throw NotUtf8(fields.PointerOf(name))));
    }

    private static byte[] Decoded(ReadOnlySpan<byte> encoded) => WebUtility.UrlDecodeToBytes(encoded.ToArray(), 0, encoded.Length);

    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static ProblemException NotUtf8(string pointer) => Refused(pointer, "invalidText", "The text is not UTF-8.");

    private static ProblemException Refused(string pointer, string code, string detail) =>
        new(new UnreadableProblem(InputError.At(pointer, code, detail)));
}
