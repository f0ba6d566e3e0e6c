using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>From which score on a story is about a concept.</summary>
internal static class Thresholds
{
    private const int LeastPositives = 10;
    private const float Trust = 20;

    // A wrong person or organisation costs more than a missing one.
    private static double PrecisionOf(ConceptKind kind) =>
        kind is ConceptKind.Person or ConceptKind.Organisation ? 0.9 : ConceptModel.LeastPrecision;

    /// <summary>The threshold with the best F1 among those with enough precision.</summary>
    public static float Best(IEnumerable<(float LogOdds, bool IsTagged)> scored, int missed, ConceptKind kind)
    {
        var ordered = scored.OrderByDescending(one => one.LogOdds).ToList();
        var all = ordered.Count(one => one.IsTagged) + missed;
        var (right, wrong, best, threshold) = (0, 0, -1.0, float.PositiveInfinity);
        for (var index = 0; index < ordered.Count; index++)
        {
            if (ordered[index].IsTagged)
                right++;
            else
                wrong++;
            var measure = new Measure(right, wrong, all - right);
            if (
                measure.F1 > best
                && measure.Precision >= PrecisionOf(kind)
                && (index + 1 == ordered.Count || ordered[index + 1].LogOdds < ordered[index].LogOdds)
            )
            {
                best = measure.F1;
                threshold = index + 1 < ordered.Count ? (ordered[index].LogOdds + ordered[index + 1].LogOdds) / 2 : ordered[index].LogOdds;
            }
        }
        return threshold;
    }

    /// <summary>The threshold of one concept, drawn to that of its kind where it has few stories.</summary>
    public static float Of(IReadOnlyList<(float LogOdds, bool IsTagged)> scored, int missed, float ofKind, ConceptKind kind)
    {
        var positives = scored.Count(one => one.IsTagged);
        if (positives < LeastPositives || kind is ConceptKind.Person or ConceptKind.Organisation)
            return ofKind;
        var own = Best(scored, missed, kind);
        return float.IsFinite(own) ? (positives * own + Trust * ofKind) / (positives + Trust) : ofKind;
    }

    public static Measure Measure(IReadOnlyList<(float LogOdds, bool IsTagged)> scored, int missed, float threshold)
    {
        var right = scored.Count(one => one.IsTagged && one.LogOdds >= threshold);
        return new(
            right,
            scored.Count(one => !one.IsTagged && one.LogOdds >= threshold),
            scored.Count(one => one.IsTagged) - right + missed
        );
    }
}
