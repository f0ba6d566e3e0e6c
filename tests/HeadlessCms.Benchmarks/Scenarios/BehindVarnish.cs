using HeadlessCms.Benchmarks.Load;
using HeadlessCms.Benchmarks.Servers;

namespace HeadlessCms.Benchmarks.Scenarios;

/// <summary>Cached responses from the app's memory and from Varnish before it; the ratio is the median of the rounds.</summary>
internal sealed record VarnishLine(string Name, Measured Memory, Measured Varnish, double Ratio, double HitRate);

/// <summary>Compares the app's own cache with Varnish before it, in turn on the same machine.</summary>
internal static class BehindVarnish
{
    private const double WarmUpSeconds = 3;

    public static async Task<bool> RunAsync(Bench bench)
    {
        if (!VarnishServer.IsInstalled)
        {
            await Console.Error.WriteLineAsync("varnishd is not installed; Varnish is left out.");
            return true;
        }

        var articles = bench.Options.Articles ?? Speed.UsualSize;
        var database = await bench.NewsroomOfAsync(articles);
        var port = ChildProcess.FreePort();
        await using var app = await AppServer.StartAsync(
            database,
            cached: true,
            "--Cms:Cdn:Provider=varnish",
            $"--Cms:Cdn:Addresses=http://127.0.0.1:{port}"
        );
        await using var varnish = await VarnishServer.StartAsync(app.Address, port);
        var (lines, faults) = (new List<VarnishLine>(), new List<string>());
        foreach (var scenario in Catalogue.Of(bench.Newsroom, articles).Where(scenario => scenario.Cached))
        {
            var line = await RunAsync(bench, app, varnish, scenario);
            if (line.Memory.Errors + line.Varnish.Errors > 0)
                faults.Add($"{scenario.Name}: answers were not 2xx but {line.Memory.FirstError ?? line.Varnish.FirstError}");
            lines.Add(line);
        }

        Report.Write(lines, faults);
        return faults.Count == 0;
    }

    private static async Task<VarnishLine> RunAsync(Bench bench, AppServer app, VarnishServer varnish, Scenario scenario)
    {
        var requests = scenario.Paths.Select(RequestFile.GetCompressed).ToList();
        foreach (var address in new[] { app.Address, varnish.Address, app.Address, varnish.Address })
            await bench.LoadAsync(address, requests, WarmUpSeconds);
        var (ours, theirs) = (new List<LoadResult>(), new List<LoadResult>());
        var seconds = bench.Options.Seconds / bench.Options.Rounds;
        var before = await varnish.CountAsync();
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            ours.Add(await bench.LoadAsync(app.Address, requests, seconds));
            theirs.Add(await bench.LoadAsync(varnish.Address, requests, seconds));
        }

        var after = await varnish.CountAsync();
        double hits = after.Hits - before.Hits;
        return new VarnishLine(
            scenario.Name,
            Measured.Of(ours, TimeSpan.Zero, null),
            Measured.Of(theirs, TimeSpan.Zero, null),
            Measured.Median(theirs.Zip(ours, (them, us) => them.PerSecond / us.PerSecond)),
            hits / Math.Max(1, hits + after.Misses - before.Misses)
        );
    }
}
