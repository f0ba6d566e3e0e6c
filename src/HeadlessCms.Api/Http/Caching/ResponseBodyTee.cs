using System.Buffers;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// The body of an answer on its way out. Its first byte decides what becomes of it: it is held back until it is whole, or goes out and is
/// copied, or goes out and is forgotten. What grows too long is let go.
/// </summary>
internal sealed class ResponseBodyTee(Stream body, Func<bool> isWanted, Func<bool> waits, int longest) : Stream
{
    private readonly ArrayBufferWriter<byte> _copy = new();
    private Way _way = Way.Undecided;

    private enum Way
    {
        Undecided,
        HeldBack,
        Copied,
        Passed,
    }

    /// <summary>All of it; null where that was not wanted, or too long.</summary>
    public ReadOnlyMemory<byte>? Whole => _way == Way.Passed ? null : _copy.WrittenMemory;

    /// <summary>Whether nothing of it went out.</summary>
    public bool IsHeldBack => _way is Way.HeldBack or Way.Undecided;

    public override bool CanRead => false;

    // What was held back can be taken back: an error then answers in its place.
    public override bool CanSeek => IsHeldBack;

    public override bool CanWrite => true;

    public override long Length => _copy.WrittenCount;

    public override long Position
    {
        get => _copy.WrittenCount;
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_way == Way.Undecided)
            _way =
                !isWanted() ? Way.Passed
                : waits() ? Way.HeldBack
                : Way.Copied;
        if (_way != Way.Passed && _copy.WrittenCount + buffer.Length > longest)
        {
            if (_way == Way.HeldBack)
                await body.WriteAsync(_copy.WrittenMemory, cancellationToken);
            _copy.ResetWrittenCount();
            _way = Way.Passed;
        }

        if (_way != Way.Passed)
            _copy.Write(buffer.Span);
        if (_way != Way.HeldBack)
            await body.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        IsHeldBack ? Task.CompletedTask : body.FlushAsync(cancellationToken);

    public override void Flush() { }

    public override void SetLength(long value)
    {
        if (value != 0 || !CanSeek)
            throw new NotSupportedException();
        _copy.ResetWrittenCount();
        _way = Way.Undecided;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Answers are written asynchronously.");
}
