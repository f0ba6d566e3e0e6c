using System.Diagnostics;
using System.Threading.RateLimiting;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>
/// Limits concurrent work, and rests after each piece of it as long as the piece took, up to a bound: however much of such work is
/// waiting, it takes at most half of the time of as many processors as it has permits.
/// </summary>
/// <remarks>The caller who was served does not wait for the rest; the next one does.</remarks>
internal sealed class RestingLimiter(ConcurrencyLimiterOptions options) : RateLimiter
{
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);
    private readonly ConcurrencyLimiter _work = new(options);

    public override TimeSpan? IdleDuration => _work.IdleDuration;

    public override RateLimiterStatistics? GetStatistics() => _work.GetStatistics();

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => Resting(_work.AttemptAcquire(permitCount));

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        Resting(await _work.AcquireAsync(permitCount, cancellationToken));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _work.Dispose();
        base.Dispose(disposing);
    }

    private static RateLimitLease Resting(RateLimitLease lease) => lease.IsAcquired ? new RestingLease(lease) : lease;

    private sealed class RestingLease(RateLimitLease lease) : RateLimitLease
    {
        private readonly long _begun = Stopwatch.GetTimestamp();
        private int _ended;

        public override bool IsAcquired => lease.IsAcquired;

        public override IEnumerable<string> MetadataNames => lease.MetadataNames;

        public override bool TryGetMetadata(string metadataName, out object? metadata) => lease.TryGetMetadata(metadataName, out metadata);

        protected override void Dispose(bool disposing)
        {
            if (disposing && Interlocked.Exchange(ref _ended, 1) == 0)
                _ = EndAsync();
            base.Dispose(disposing);
        }

        private async Task EndAsync()
        {
            var worked = Stopwatch.GetElapsedTime(_begun);
            await Task.Delay(worked < LongestRest ? worked : LongestRest);
            lease.Dispose();
        }
    }
}
