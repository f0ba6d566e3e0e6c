namespace HeadlessCms.Postgres;

/// <summary>A lock between processes: an open file, so that the operating system releases it however the process ends.</summary>
internal static class FileLock
{
    /// <summary>Waits for the lock.</summary>
    public static async Task<FileStream> ExclusiveAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            if (TryExclusive(path) is { } held)
                return held;
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
        }
    }

    /// <summary>The lock; null where another process holds or shares it.</summary>
    public static FileStream? TryExclusive(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Shares the lock with other processes that share it.</summary>
    public static FileStream Shared(string path)
    {
        using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite)) { }
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }
}
