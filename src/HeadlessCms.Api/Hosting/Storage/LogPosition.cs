namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>
/// The newest position of the change log that this node has answered with, has committed, or has evicted cached responses for. No later
/// read may be older.
/// </summary>
internal sealed class LogPosition
{
    private long _newest;

    public long Newest => Interlocked.Read(ref _newest);

    public void Reach(long position)
    {
        for (var newest = Newest; position > newest; newest = Newest)
            Interlocked.CompareExchange(ref _newest, position, newest);
    }

    /// <summary>
    /// Goes back from <paramref name="newest"/>, unless it has moved since, because the primary itself is only at
    /// <paramref name="position"/>: what came after it was lost in a failover or undone by a restore.
    /// </summary>
    public void GoBack(long newest, long position) => Interlocked.CompareExchange(ref _newest, position, newest);
}
