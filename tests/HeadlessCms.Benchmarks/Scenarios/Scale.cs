using HeadlessCms.Benchmarks.Load;
using HeadlessCms.Benchmarks.Servers;

namespace HeadlessCms.Benchmarks.Scenarios;

/// <summary>
/// Compares a newsroom with one fifty times as large. Both are asked for the same pages in turn over one connection, so that a time is the
/// server's time for one response.
/// </summary>
internal static class Scale
{
    private const int LargeSize = 1_000_000;
    private const double WarmUpSeconds = 1;

    public static async Task<bool> RunAsync(Bench bench)
    {
        var sizes = (Small: Speed.UsualSize, Large: bench.Options.Articles ?? LargeSize);
        var (small, large) = (await bench.NewsroomOfAsync(sizes.Small), await bench.NewsroomOfAsync(sizes.Large));
        await using var ofSmall = await AppServer.StartAsync(small);
        await using var ofLarge = await AppServer.StartAsync(large);
        var rare = await Pages.RareTopicAsync(ofSmall, bench.Newsroom);
        var (smallPages, largePages) = (
            await Pages.OfAsync(ofSmall, bench.Newsroom, sizes.Small, rare),
            await Pages.OfAsync(ofLarge, bench.Newsroom, sizes.Large, rare)
        );

        var (lines, faults) = (new List<ScaleLine>(), new List<string>());
        foreach (
            var (page, largePage) in smallPages.Join(
                largePages,
                page => page.Name,
                page => page.Name,
                (page, largePage) => (page, largePage)
            )
        )
        {
            var (ours, theirs) = (new Turns(bench, ofSmall, page), new Turns(bench, ofLarge, largePage));
            foreach (var (app, of) in new[] { (ofSmall, page), (ofLarge, largePage) })
                if (of.HasItems && !await Pages.HasItemsAsync(app.Client, of.Paths[0]))
                    faults.Add($"{of.Name}: {of.Paths[0]} finds nothing");
            if (!await ours.WarmUpAsync(WarmUpSeconds) || !await theirs.WarmUpAsync(WarmUpSeconds))
            {
                faults.Add($"{page.Name}: it is not there");
                continue;
            }

            for (var round = 0; round < bench.Options.Rounds; round++)
            {
                await ours.TakeAsync(bench.Options.Seconds / bench.Options.Rounds / 2);
                await theirs.TakeAsync(bench.Options.Seconds / bench.Options.Rounds / 2);
            }

            lines.Add(new ScaleLine(page.Name, ours.Median, theirs.Median, page.Within));
            faults.AddRange(ours.Faults.Concat(theirs.Faults));
            Console.Error.WriteLine($"{page.Name}: {ours.Median:0.00} ms, {theirs.Median:0.00} ms");
        }

        Report.Write(sizes, lines, faults);
        return faults.Count == 0;
    }

    private sealed class Turns(Bench bench, AppServer app, ScalePage page)
    {
        private readonly List<LoadResult> _rounds = [];
        private readonly List<byte[]> _requests = [.. page.Paths.Select(RequestFile.Get)];

        public double Median => Measured.Median(_rounds.Select(round => round.P50));

        public IEnumerable<string> Faults =>
            _rounds
                .Where(round => round.Errors > 0)
                .Select(round => $"{page.Name}: {round.Errors} answers were no 2xx but {round.FirstError}")
                .Take(1);

        public async Task<bool> WarmUpAsync(double seconds) =>
            await bench.LoadAsync(app, _requests, seconds, connections: 1) is { FirstError: not "404" };

        public async Task TakeAsync(double seconds) => _rounds.Add(await bench.LoadAsync(app, _requests, seconds, connections: 1));
    }
}

/// <summary>The times of a page in milliseconds, and the maximum ratio of the large newsroom to the small one.</summary>
internal sealed record ScaleLine(string Name, double Small, double Large, double Within)
{
    public double Ratio => Large / Small;

    public bool Met => Ratio <= Within;
}
