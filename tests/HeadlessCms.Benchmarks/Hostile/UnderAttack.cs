using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using HeadlessCms.Benchmarks.Scenarios;
using HeadlessCms.Benchmarks.Servers;

namespace HeadlessCms.Benchmarks.Hostile;

/// <summary>Honest readers and editors, first by themselves and then with every attack under way.</summary>
internal static class UnderAttack
{
    private const double MostRatio = 3;
    private const int Hoarders = 44;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<bool> RunAsync(Bench bench)
    {
        var articles = bench.Options.Articles ?? Speed.UsualSize;
        await using var app = await AppServer.StartAsync(await bench.NewsroomOfAsync(articles), cached: true);
        var paths = Catalogue
            .Of(bench.Newsroom, articles)
            .Where(scenario => scenario.Cached)
            .SelectMany(scenario => scenario.Paths)
            .ToList();
        Honest[] groups = [Honest.Readers([.. paths, "/feeds/articles.rss", "/feeds/articles.json?limit=10"]), Honest.Editors()];
        var attacks = Attack.All(bench.Newsroom, await LongArticleAsync(app));
        var time = TimeSpan.FromSeconds(bench.Options.Seconds * 2);

        // What is compiled in the first seconds must count neither here nor there.
        await AttackedAsync(attacks, groups, app, WarmUp);
        await RunAsync(groups, app, WarmUp);
        var alone = await RunAsync(groups, app, time);
        var (attacked, statuses) = await AttackedAsync(attacks, groups, app, time);
        var lines = groups.Select((group, number) => new HostileLine(group.Name, alone[number], attacked[number], MostRatio)).ToList();
        Report.Write(lines, [.. attacks.Select((attack, number) => (attack.Name, statuses[number]))]);
        return lines.TrueForAll(line => line.Attacked.Requests > 0);
    }

    private static async Task<(Waits[] Waits, IReadOnlyList<IReadOnlyDictionary<int, int>> Statuses)> AttackedAsync(
        IReadOnlyList<Attack> attacks,
        Honest[] groups,
        AppServer app,
        TimeSpan time
    )
    {
        using var end = new CancellationTokenSource();
        var statuses = attacks.Select(_ => new ConcurrentDictionary<int, int>()).ToList();
        var hostile = attacks
            .Select((attack, number) => attack.RunAsync(app, Address(number), Pause, statuses[number], end.Token))
            .Append(Attack.HoardAsync(app, Address(100), "/feeds/articles.rss?limit=100", Hoarders, end.Token))
            .Append(Attack.HoardAsync(app, Address(101), "/content/v1/changes/stream", Hoarders, end.Token))
            .ToList();
        await Task.Delay(TimeSpan.FromSeconds(2));
        var attacked = await RunAsync(groups, app, time);
        await end.CancelAsync();
        await Task.WhenAll(hostile);
        return (attacked, statuses);
    }

    private static Task<Waits[]> RunAsync(Honest[] groups, AppServer app, TimeSpan time) =>
        Task.WhenAll(groups.Select(group => group.RunAsync(app, time)));

    private static IPAddress Address(int number) => IPAddress.Parse($"127.0.1.{number + 1}");

    private static async Task<string> LongArticleAsync(AppServer app)
    {
        var (first, second) = Attack.LongTexts();
        using var client = new HttpClient { BaseAddress = app.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", AppServer.AdminKey);
        using var created = await client.PostAsJsonAsync("/editorial/v1/articles", Article(first));
        created.EnsureSuccessStatusCode();
        using var saving = new HttpRequestMessage(HttpMethod.Put, created.Headers.Location)
        {
            Content = JsonContent.Create(Article(second)),
        };
        saving.Headers.IfMatch.Add(created.Headers.ETag!);
        using var saved = await client.SendAsync(saving);
        saved.EnsureSuccessStatusCode();
        return created.Headers.Location!.ToString().Split('/')[^1];

        static object Article(string text) => new { headline = "A long text", body = new { format = "text", content = text } };
    }
}

/// <summary>What a group of honest callers waited by itself and under attack.</summary>
internal sealed record HostileLine(string Name, Waits Alone, Waits Attacked, double Within)
{
    public double Ratio => Attacked.P99 / Alone.P99;

    public bool Met => Ratio <= Within && Attacked.Errors == 0;
}
