using System.Diagnostics;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Suggestions;

namespace HeadlessCms.Benchmarks.Tagging;

/// <summary>What the names of a large vocabulary take: 100,000 concepts with three names each, of two or three words.</summary>
internal static class IndexMemory
{
    private const int Concepts = 100_000;
    private const int MostMegabytes = 100;

    private static readonly string[] Syllables =
    [
        .. "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru sa se si so su".Split(
            ' '
        ),
    ];

    /// <returns>Whether it takes less than it may.</returns>
    public static bool Run()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var index = new NameIndex(Enumerable.Range(0, Concepts).Select(Concept));
        watch.Stop();
        var megabytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1_048_576.0;
        Console.WriteLine($"{index.Count} concepts with 300,000 names: {megabytes:F1} MB, indexed in {watch.Elapsed.TotalSeconds:F1} s.");
        GC.KeepAlive(index);
        return megabytes < MostMegabytes;
    }

    private static ConceptEntry Concept(int number)
    {
        var kind = Enum.GetValues<ConceptKind>()[number % Enum.GetValues<ConceptKind>().Length];
        var family = Word(number % 30_000, 4);
        return new(
            Guid.CreateVersion7(),
            kind,
            $"{Word(number % 900, 3)} {family}",
            [$"{Word(number % 700, 3)} {Word(number % 50, 2)} {family}", $"{family} {Word(number % 1_100, 3)}"],
            Prior: number % 50
        );
    }

    private static string Word(int number, int syllables)
    {
        var word = "";
        for (var index = 0; index < syllables; index++, number /= Syllables.Length)
            word += Syllables[number % Syllables.Length];
        return char.ToUpperInvariant(word[0]) + word[1..];
    }
}
