using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>When a newsroom tags its stories with concepts of a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Weights">The weights of <see cref="TagFeatures"/>.</param>
/// <param name="Rate">How often a concept of the kind is tagged when it is named.</param>
/// <param name="Threshold">The log-odds from which on a story is about a concept.</param>
internal sealed record TagModel(ConceptKind Kind, LinearWeights Weights, float Rate, float Threshold)
{
    public float LogOdds(float[] features)
    {
        var odds = Weights.Bias;
        for (var index = 0; index < features.Length; index++)
            odds += features[index] * Weights.Weights[index];
        return odds;
    }

    public static double Probability(float logOdds) => 1 / (1 + Math.Exp(-logOdds));

    /// <summary>What holds before there are stories to learn from: headline, first paragraph and repetition speak for a concept.</summary>
    public static TagModel Untrained(ConceptKind kind)
    {
        var weights = new float[TagFeatures.Count];
        weights[0] = 1.5f; // in the headline
        weights[1] = 0.3f; // in the dateline
        weights[2] = 1.0f; // in the first paragraph
        weights[3] = 0.9f; // times in the body
        weights[6] = -0.7f; // only in lines of capitals
        weights[8] = -0.7f; // others have the name
        weights[9] = -0.8f; // a surname alone
        weights[10] = -1.2f; // after another capital
        weights[32] = -0.8f; // before another capital
        weights[16] = 0.5f; // named by what lies in it
        weights[17] = 0.8f; // in the headline
        weights[18] = 0.5f; // in the dateline
        weights[20] = 0.5f; // in the first paragraph
        weights[19] = -0.5f; // and only so
        weights[28] = 0.8f; // after a title
        return new(kind, new(weights, -1.2f), 0.5f, 0);
    }
}
