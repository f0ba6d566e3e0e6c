using System.Buffers.Binary;

namespace HeadlessCms.Benchmarks.Generated;

/// <summary>UUIDs v7 that are the same in every run.</summary>
internal static class Ids
{
    public static Guid At(DateTimeOffset instant, Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes[6..]);
        var milliseconds = instant.ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteInt16BigEndian(bytes, (short)(milliseconds >> 32));
        BinaryPrimitives.WriteInt32BigEndian(bytes[2..], (int)milliseconds);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }
}
