using System.Buffers;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// Copies a response body as it is written. The first write selects the mode: the body is buffered until it is complete, forwarded and
/// copied, or only forwarded. A body that exceeds the limit is forwarded without a copy.
/// </summary>
internal sealed class ResponseBodyTee(Stream body, Func<bool> shouldCopy, Func<bool> shouldBuffer, int maxBytes) : Stream
{
    private readonly ArrayBufferWriter<byte> _copy = new();
    private Mode _mode = Mode.Undecided;

    private enum Mode
    {
        Undecided,
        Buffered,
        Copied,
        Forwarded,
    }

    /// <summary>The complete body; null if it was not copied or exceeded the limit.</summary>
    public ReadOnlyMemory<byte>? Whole => _mode == Mode.Forwarded ? null : _copy.WrittenMemory;

    /// <summary>Whether nothing was sent so far.</summary>
    public bool IsBuffered => _mode is Mode.Buffered or Mode.Undecided;

    public override bool CanRead => false;

    // A buffered body can be discarded, so that an error response can replace it.
    public override bool CanSeek => IsBuffered;

    public override bool CanWrite => true;

    public override long Length => _copy.WrittenCount;

    public override long Position
    {
        get => _copy.WrittenCount;
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_mode == Mode.Undecided)
            _mode =
                !shouldCopy() ? Mode.Forwarded
                : shouldBuffer() ? Mode.Buffered
                : Mode.Copied;
        if (_mode != Mode.Forwarded && _copy.WrittenCount + buffer.Length > maxBytes)
        {
            if (_mode == Mode.Buffered)
                await body.WriteAsync(_copy.WrittenMemory, cancellationToken);
            _copy.ResetWrittenCount();
            _mode = Mode.Forwarded;
        }

        if (_mode != Mode.Forwarded)
            _copy.Write(buffer.Span);
        if (_mode != Mode.Buffered)
            await body.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        IsBuffered ? Task.CompletedTask : body.FlushAsync(cancellationToken);

    public override void Flush() { }

    public override void SetLength(long value)
    {
        if (value != 0 || !CanSeek)
            throw new NotSupportedException();
        _copy.ResetWrittenCount();
        _mode = Mode.Undecided;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Responses are written asynchronously.");
}
