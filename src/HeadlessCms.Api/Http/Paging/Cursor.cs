using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Http.Paging;

/// <summary>
/// The end of a page: the sort key of its last item and, for a total order, the id. A checksum over both and the requested list makes a
/// cursor valid for that list only. A cursor grants no access, so a checksum is enough; but it is no secret, so a caller may make up a
/// cursor, and the key is parsed as any input is.
/// </summary>
internal readonly record struct Cursor(string Key, Guid Id)
{
    private const int ChecksumBytes = 9;
    private static readonly DateTime Earliest = new(101, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Latest = new(9900, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The key as an instant.</summary>
    /// <exception cref="ProblemException">400: it is none.</exception>
    public DateTimeOffset Instant => InstantOf(Value<long>());

    public static Cursor At(DateTimeOffset instant, Guid id) => new(KeyOf(instant), id);

    public static Cursor At(long number) => new(number.ToString(CultureInfo.InvariantCulture), Guid.Empty);

    public static string KeyOf(DateTimeOffset instant) => instant.UtcTicks.ToString(CultureInfo.InvariantCulture);

    /// <summary>The instant of ticks in a key. PostgreSQL must be able to reckon some years to and fro.</summary>
    /// <exception cref="ProblemException">400: it is out of range.</exception>
    public static DateTimeOffset InstantOf(long ticks) =>
        ticks >= Earliest.Ticks && ticks <= Latest.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : throw Invalid("cursor");

    /// <summary>The key as a value.</summary>
    /// <exception cref="ProblemException">400: it is none of this type.</exception>
    public T Value<T>()
        where T : IParsable<T> => ValueOf<T>(Key);

    /// <summary>The key as several numbers.</summary>
    /// <exception cref="ProblemException">400: it is not.</exception>
    public long[] Numbers(int count)
    {
        var parts = Key.Split(' ');
        return parts.Length == count ? Array.ConvertAll(parts, ValueOf<long>) : throw Invalid("cursor");
    }

    public string Write(HttpRequest request)
    {
        var payload = Encoding.UTF8.GetBytes($"{Id:N}{Key}");
        return Base64Url.EncodeToString([.. Checksum(payload, request), .. payload]);
    }

    /// <summary>Parses a cursor; null on the first page.</summary>
    /// <exception cref="ProblemException">400: the cursor was not issued for this list.</exception>
    public static Cursor? Read(string? text, HttpRequest request, string parameter = "cursor") =>
        TryRead(text, request, out var cursor) ? cursor : throw Invalid(parameter);

    private static bool TryRead(string? text, HttpRequest request, out Cursor? cursor)
    {
        cursor = null;
        if (text is null)
            return true;
        try
        {
            var bytes = Base64Url.DecodeFromChars(text).AsSpan();
            if (bytes.Length < ChecksumBytes + 32 || Base64Url.EncodeToString(bytes) != text)
                return false;
            var payload = bytes[ChecksumBytes..].ToArray();
            if (!bytes[..ChecksumBytes].SequenceEqual(Checksum(payload, request)))
                return false;
            var content = Encoding.UTF8.GetString(payload);
            cursor = new Cursor(content[32..], Guid.ParseExact(content[..32], "N"));
            return !content.Any(char.IsControl);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static T ValueOf<T>(string text)
        where T : IParsable<T> => T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : throw Invalid("cursor");

    private static ProblemException Invalid(string parameter) =>
        new(
            new UnreadableProblem(
                InputError.InQuery(
                    parameter,
                    "invalidCursor",
                    "The cursor was not issued for this list: use nextCursor or a link, with the same filter and sort."
                )
            )
        );

    private static byte[] Checksum(byte[] payload, HttpRequest request)
    {
        var list = string.Join(
            '&',
            request
                .Query.Where(pair => pair.Key is not ("cursor" or "archive" or "limit" or "count" or "fields" or "facets"))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair =>
                    $"{Uri.EscapeDataString(pair.Key)}={string.Join(',', pair.Value.Select(value => Uri.EscapeDataString(value ?? "")))}"
                )
        );
        return SHA256.HashData([.. payload, .. Encoding.UTF8.GetBytes($"\n{request.Path}?{list}")])[..ChecksumBytes];
    }
}
