using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// A response body that is kept until it is complete, in memory up to a bound and beyond it in a temporary file, so that a slow client
/// holds up neither the database nor other requests.
/// </summary>
internal sealed class SpooledBody : Stream
{
    private const int MaxInMemory = 256 * 1024;

    private FileBufferingWriteStream _spool = new(MaxInMemory);
    private IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The weak entity tag of what was written.</summary>
    public string Tag => EncodedBody.TagOf(_hash.GetCurrentHash());

    public override bool CanRead => false;

    // It can be discarded, so that an error response can replace it.
    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _spool.Length;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    /// <summary>Sends what was written, once.</summary>
    public Task SendAsync(Stream to, CancellationToken cancellation) => _spool.DrainBufferAsync(to, cancellation);

    /// <summary>Takes what was written, once.</summary>
    public async Task<byte[]> TakeAsync(CancellationToken cancellation)
    {
        var bytes = new byte[Length];
        await _spool.DrainBufferAsync(new MemoryStream(bytes), cancellation);
        return bytes;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _hash.AppendData(buffer.Span);
        return _spool.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush() { }

    public override void SetLength(long value)
    {
        if (value != 0)
            throw new NotSupportedException();
        _spool.Dispose();
        _hash.Dispose();
        (_spool, _hash) = (new(MaxInMemory), IncrementalHash.CreateHash(HashAlgorithmName.SHA256));
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Responses are written asynchronously.");

    public override async ValueTask DisposeAsync()
    {
        await _spool.DisposeAsync();
        _hash.Dispose();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _spool.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
