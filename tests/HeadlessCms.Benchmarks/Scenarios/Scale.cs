namespace HeadlessCms.Benchmarks.Scenarios;

internal static class Scale
{
    public static Task<bool> RunAsync(Bench bench) => Task.FromResult(true);
}
