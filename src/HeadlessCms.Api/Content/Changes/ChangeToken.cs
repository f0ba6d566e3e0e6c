using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Changes;

/// <summary>
/// A position in the change log, after the row at <see cref="Position"/>. The instant of the row detects tokens from a history that no
/// longer exists because the database was restored.
/// </summary>
/// <param name="Position">The position of the row; 0 is before the first row.</param>
/// <param name="Ticks">The instant of the row.</param>
internal readonly record struct ChangeToken(long Position, long Ticks)
{
    private const int Length = 2 * sizeof(long);
    private const int ChecksumLength = 8;

    public static ChangeToken Start { get; }

    public bool IsStart => this == Start;

    public static ChangeToken After(LiveChange change) => new(change.Position, change.At.UtcTicks);

    public static bool TryParse(string text, out ChangeToken token)
    {
        token = default;
        Span<byte> bytes = stackalloc byte[Length + ChecksumLength];
        if (!Base64Url.IsValid(text, out var length) || length != bytes.Length || !Base64Url.TryDecodeFromChars(text, bytes, out _))
            return false;
        if (!bytes[Length..].SequenceEqual(Checksum(bytes[..Length])) || Base64Url.EncodeToString(bytes) != text)
            return false;
        token = new ChangeToken(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]));
        return true;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Position);
        BinaryPrimitives.WriteInt64BigEndian(bytes[sizeof(long)..], Ticks);
        return Base64Url.EncodeToString([.. bytes, .. Checksum(bytes)]);
    }

    // Detects typing errors; the token grants no access.
    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes).AsSpan(0, ChecksumLength);
}
