namespace HeadlessCms.Benchmarks.Generated;

/// <summary>Ranks from 0 in a Zipf distribution, like words, topics and people in the news.</summary>
internal sealed class Zipf
{
    private const int Slots = 1 << 16;
    private readonly int[] _ranks = new int[Slots];

    public Zipf(int count, double exponent = 1)
    {
        var weights = Enumerable.Range(1, count).Select(rank => 1 / Math.Pow(rank, exponent)).ToArray();
        var total = weights.Sum();
        double reached = 0;
        var slot = 0;
        for (var rank = 0; rank < count; rank++)
        {
            reached += weights[rank];
            for (var end = (int)Math.Round(reached / total * Slots); slot < end; slot++)
                _ranks[slot] = rank;
        }
    }

    public int Draw(Random random) => _ranks[random.Next(Slots)];
}
