using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>A line of NDJSON.</summary>
/// <param name="Number">Its number, from 1; blank lines count too.</param>
/// <param name="Json">The text as UTF-8; empty where it is too long.</param>
internal sealed record Line(int Number, byte[] Json)
{
    public bool IsTooLong => Json.Length == 0;
}

/// <summary>Reads NDJSON and holds at most one line in memory.</summary>
internal static class NdjsonReader
{
    /// <summary>The longest line: as long as the body of one request.</summary>
    public const int LongestLine = 1024 * 1024;

    public static async IAsyncEnumerable<Line> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        var number = 0;
        var skipping = false;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var buffer = read.Buffer;
            while (TryTake(ref buffer, read.IsCompleted, out var line))
            {
                number++;
                if (skipping || line.Length > LongestLine)
                    yield return new Line(number, []);
                else if (!IsBlank(line))
                    yield return new Line(number, line.ToArray());
                skipping = false;
            }

            if (buffer.Length > LongestLine)
            {
                skipping = true;
                buffer = buffer.Slice(buffer.End);
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                break;
        }

        await reader.CompleteAsync();
    }

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        line = buffer;
        if (!isLast || buffer.IsEmpty)
            return false;
        buffer = buffer.Slice(buffer.End);
        return true;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
                return false;
        return true;
    }
}
