namespace HeadlessCms.Tests.Harness;

/// <summary>Waits for what comes true a moment later.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<Task<bool>> comesTrue, TimeSpan? patience = null)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!await comesTrue())
        {
            Assert.True(waited.Elapsed < (patience ?? Patience), "It did not come true in time.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
