using System.Runtime.InteropServices;
using HeadlessCms.Benchmarks.Hostile;
using HeadlessCms.Benchmarks.Load;
using HeadlessCms.Benchmarks.Scenarios;
using HeadlessCms.Benchmarks.Servers;
using HeadlessCms.Benchmarks.Tagging;
using HeadlessCms.Benchmarks.Yardsticks;
using Microsoft.Extensions.Configuration;

namespace HeadlessCms.Benchmarks;

internal static class Program
{
    private const string Usage =
        "dotnet run -c Release --project tests/HeadlessCms.Benchmarks -- "
        + "[item|list|search|related|suggest|create|start|scale|hostile|varnish|nodes|all] [--articles 20000] [--seconds 5] "
        + "[--connections 16] [--rounds 3] [--data directory] | suggest TRAIN.ndjson.gz [TEST.ndjson.gz] [--places places.ndjson]";

    public static async Task<int> Main(string[] args)
    {
        var verb = args is [{ } first, ..] && !first.StartsWith('-') ? first : "all";
        var settings = new ConfigurationBuilder().AddCommandLine(args is [{ } word, ..] && word == verb ? args[1..] : args).Build();
        switch (verb)
        {
            case "suggest" when TaggingRun.Run(args[1..]) is { } met:
                return met ? 0 : 1;
            case "load":
                return await LoadGenerator.RunAsync(settings.Get<LoadOrder>()!);
            case "yardsticks":
                return await YardstickServer.RunAsync(settings["urls"]!, settings["database"]!);
        }

        var options = settings.Get<Options>() ?? new Options();
        if (verb is not ("all" or "scale" or "hostile" or "varnish" or "nodes") && !Speed.Names.Contains(verb))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        await using var bench = await Bench.StartAsync(options);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Leave);
        var sound = true;
        if (verb is not ("scale" or "hostile" or "varnish" or "nodes"))
            sound &= await Speed.RunAsync(bench, verb);
        if (verb is "scale" or "all")
            sound &= await Scale.RunAsync(bench);
        if (verb is "hostile" or "all")
            sound &= await UnderAttack.RunAsync(bench);
        if (verb is "varnish" or "all")
            sound &= await BehindVarnish.RunAsync(bench);
        if (verb is "nodes" or "all")
            sound &= await ManyNodes.RunAsync(bench);
        return sound ? 0 : 1;

        // Child processes must not outlive this one.
        void Leave(PosixSignalContext signal)
        {
            ChildProcess.StopAllAsync().GetAwaiter().GetResult();
            bench.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Environment.Exit(130);
        }
    }
}
