using HeadlessCms.Benchmarks.Load;
using HeadlessCms.Benchmarks.Servers;

namespace HeadlessCms.Benchmarks.Scenarios;

/// <summary>Runs a scenario alternately against the app and the yardsticks.</summary>
internal sealed class Runner(Bench bench, AppServer app, AppServer yardsticks)
{
    private const double WarmUpSeconds = 3;
    private const int MostWarmUps = 6;
    private const int WritesPerSecond = 3_000;

    /// <summary>The failures; if there are any, the figures are invalid.</summary>
    public List<string> Faults { get; } = [];

    public async Task<Line> RunAsync(Scenario scenario)
    {
        if (
            scenario is { HandWritten: true, Paths.Count: > 0 }
            && await SameAnswer.DifferenceAsync(app.Client, yardsticks.Client, scenario.Paths.Take(25)) is { } difference
        )
            Faults.Add($"{scenario.Name}: {difference}");

        var requests = scenario.Paths.Select(RequestFile.Get).ToList();
        Func<double, IReadOnlyList<byte[]>> next = scenario.Writes is { } write
            ? seconds => write((int)(seconds * WritesPerSecond))
            : _ => requests;
        var once = scenario.Writes is not null;
        await WarmUpAsync(app, next, once);
        var statements = await bench.Statements.CountAsync(app, next(1), SendAsync);
        if (scenario.HandWritten)
            await WarmUpAsync(yardsticks, next, once);

        var (ours, theirs, bare) = (new Turns(bench, app), new Turns(bench, yardsticks), new Turns(bench, yardsticks));
        var seconds = bench.Options.Seconds / bench.Options.Rounds;
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            await ours.TakeAsync(next(seconds), seconds, once);
            if (scenario.HandWritten)
                await theirs.TakeAsync(next(seconds), seconds, once);
            await bare.TakeAsync([RequestFile.Get($"/hello/{ours.Rounds[0].Bytes}")], seconds);
        }

        var line = new Line(
            scenario.Name,
            ours.Result(),
            scenario.HandWritten ? theirs.Result() : null,
            bare.Result(),
            scenario.HandWritten ? Ratio(ours, theirs) : null,
            Ratio(ours, bare),
            statements,
            app.Process.ResidentMegabytes
        );
        if (line.HandWritten is { Errors: > 0 } broken)
            Faults.Add($"{scenario.Name}, hand-written: {broken.Errors} answers were not 2xx but {broken.FirstError}");
        if (line.App.Errors > 0)
            Faults.Add($"{scenario.Name}: {line.App.Errors} answers were not 2xx but {line.App.FirstError}");
        return line with { Targets = [.. scenario.Targets(line), ("p99 ≤ 10 × p50", line.App.P99 <= 10 * line.App.P50)] };
    }

    // Warms up until the JIT has finished: a request takes no less processor time than in the load before.
    private async Task WarmUpAsync(AppServer server, Func<double, IReadOnlyList<byte[]>> next, bool once)
    {
        var before = double.MaxValue;
        for (var i = 0; i < MostWarmUps; i++)
        {
            var cpu = server.Process.Cpu;
            var load = await bench.LoadAsync(server, next(WarmUpSeconds), WarmUpSeconds, once: once);
            var cost = (server.Process.Cpu - cpu) / Math.Max(1, load.Requests);
            if (cost.TotalMicroseconds > 0.9 * before)
                return;
            before = cost.TotalMicroseconds;
        }
    }

    private static double Ratio(Turns ours, Turns theirs) =>
        Measured.Median(ours.Rounds.Zip(theirs.Rounds, (us, them) => us.PerSecond / them.PerSecond));

    private static async Task SendAsync(AppServer server, byte[] request)
    {
        using var connection = await HttpConnection.OpenAsync(server.Address);
        await connection.AskAsync(request);
    }

    private sealed class Turns(Bench bench, AppServer server)
    {
        private TimeSpan _app,
            _postgres;

        public List<LoadResult> Rounds { get; } = [];

        public async Task TakeAsync(IReadOnlyList<byte[]> requests, double seconds, bool once = false)
        {
            var (app, postgres) = (server.Process.Cpu, bench.Cpu.Read() ?? default);
            Rounds.Add(await bench.LoadAsync(server, requests, seconds, once: once));
            _app += server.Process.Cpu - app;
            _postgres += (bench.Cpu.Read() ?? default) - postgres;
        }

        public Measured Result() => Measured.Of(Rounds, _app, OperatingSystem.IsLinux() ? _postgres : null);
    }
}
