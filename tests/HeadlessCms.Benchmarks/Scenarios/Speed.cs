using HeadlessCms.Benchmarks.Servers;

namespace HeadlessCms.Benchmarks.Scenarios;

/// <summary>Measures the speed of one newsroom.</summary>
internal static class Speed
{
    public const int UsualSize = 20_000;

    private const double MostMegabytes = 200,
        MostSecondsToStart = 1.5;
    private const int Starts = 5;

    public static readonly string[] Names = ["item", "list", "search", "related", "suggest", "create", "start"];

    public static async Task<bool> RunAsync(Bench bench, string verb)
    {
        var articles = verb == "all" ? UsualSize : bench.Options.Articles ?? UsualSize;
        var database = await bench.NewsroomOfAsync(articles);
        var scenarios = Catalogue
            .Of(bench.Newsroom, articles)
            .Where(scenario => verb == "all" || scenario.Name.StartsWith(verb, StringComparison.Ordinal))
            .ToList();
        var (lines, faults, facts) = (new List<Line>(), new List<string>(), new List<(string, string, string, bool)>());
        await using (var yardsticks = await AppServer.StartYardsticksAsync(database))
        {
            foreach (var cached in new[] { false, true })
            {
                var some = scenarios.Where(scenario => scenario.Cached == cached).ToList();
                if (some.Count == 0)
                    continue;
                await using var app = await AppServer.StartAsync(database, cached);
                var runner = new Runner(bench, app, yardsticks);
                foreach (var scenario in some)
                {
                    if (!await IsThereAsync(app, scenario))
                    {
                        Console.Error.WriteLine($"{scenario.Name}: the app does not have this endpoint.");
                        continue;
                    }

                    lines.Add(await runner.RunAsync(scenario));
                    Console.Error.WriteLine(Report.Brief(lines[^1]));
                }

                faults.AddRange(runner.Faults);
                var memory = app.Process.ResidentMegabytes;
                facts.Add(
                    (
                        $"memory after all of it{(cached ? ", cached" : "")}",
                        $"{memory:0} MB",
                        $"≤ {MostMegabytes:0} MB",
                        memory <= MostMegabytes
                    )
                );
            }
        }

        if (verb is "start" or "all")
        {
            var seconds = new List<double>();
            for (var i = 0; i < Starts; i++)
            {
                await using var app = await AppServer.StartAsync(database);
                seconds.Add(app.Start.TotalSeconds);
            }

            var median = Measured.Median(seconds);
            facts.Add(("start to the first 200", $"{median:0.00} s", $"≤ {MostSecondsToStart} s", median <= MostSecondsToStart));
        }

        Report.Write(articles, bench.Options, lines, facts, faults);
        return faults.Count == 0;
    }

    private static async Task<bool> IsThereAsync(AppServer app, Scenario scenario)
    {
        if (scenario.Paths.Count == 0)
            return true;
        using var answer = await app.Client.GetAsync(scenario.Paths[0]);
        return answer.StatusCode != System.Net.HttpStatusCode.NotFound;
    }
}
