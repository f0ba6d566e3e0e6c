using System.Diagnostics;

namespace HeadlessCms.Tests.Harness;

/// <summary>Waits for a condition.</summary>
public static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(waited.Elapsed < Patience.Limit, $"The condition did not hold within {Patience.Limit}.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
