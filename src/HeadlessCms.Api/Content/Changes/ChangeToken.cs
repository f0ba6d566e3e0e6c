using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Changes;

/// <summary>
/// Names a place in the change log: after the row at <see cref="Position"/>. It remembers the row's instant besides, so that a token of a
/// history that a restored database no longer has is found out.
/// </summary>
/// <param name="Position">The row's position; 0 is before the first.</param>
/// <param name="Ticks">The row's instant.</param>
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

    // Against slips of the hand: it gives no right to see anything.
    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes).AsSpan(0, ChecksumLength);
}
