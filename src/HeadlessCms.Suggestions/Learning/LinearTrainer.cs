using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace HeadlessCms.Suggestions;

/// <summary>A linear model: the weight of each feature, and what is added.</summary>
internal sealed record LinearWeights(float[] Weights, float Bias);

/// <summary>Trains linear models. The same stories in the same order give the same model.</summary>
internal static class LinearTrainer
{
    private const int Seed = 1987;

    // By trial on held-out stories; decision 0019 has the figures.
    private const int Iterations = 10;
    private const float L2 = 1e-5f;
    private const float WeightOfTagged = 4;
    private const int MostTerms = 3_000;

    /// <summary>A model over the words of stories; its score is a margin.</summary>
    public static LinearWeights OverTerms(IReadOnlyList<TermVector> stories, IReadOnlyList<bool> labels, int terms)
    {
        var context = new MLContext(Seed);
        var rows = stories.Select(
            (story, index) =>
                new Row { Features = new VBuffer<float>(terms, story.Terms.Length, story.Values, story.Terms), Label = labels[index] }
        );
        var trainer = context.BinaryClassification.Trainers.SdcaLogisticRegression(
            new SdcaLogisticRegressionBinaryTrainer.Options
            {
                NumberOfThreads = 1,
                MaximumNumberOfIterations = Iterations,
                ConvergenceCheckFrequency = Iterations,
                L2Regularization = L2,
                L1Regularization = 0,
                PositiveInstanceWeight = WeightOfTagged,
                BiasLearningRate = 1f,
            }
        );
        var model = trainer.Fit(context.Data.LoadFromEnumerable(rows, Schema(terms))).Model.SubModel;
        return new(Strongest([.. model.Weights]), model.Bias);
    }

    // The others say little, and a model of all terms is ten times as large.
    private static float[] Strongest(float[] weights)
    {
        if (weights.Length <= MostTerms)
            return weights;
        var least = weights.Select(Math.Abs).OrderDescending().ElementAt(MostTerms);
        return [.. weights.Select(weight => Math.Abs(weight) > least ? weight : 0)];
    }

    /// <summary>A model over a few features; its score is the logarithm of the odds.</summary>
    public static LinearWeights OverFeatures(IReadOnlyList<float[]> rows, IReadOnlyList<bool> labels)
    {
        var context = new MLContext(Seed);
        var width = rows[0].Length;
        var trainer = context.BinaryClassification.Trainers.LbfgsLogisticRegression(
            new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                NumberOfThreads = 1,
                L1Regularization = 0,
                L2Regularization = 1,
                OptimizationTolerance = 1e-6f,
                MaximumNumberOfIterations = 300,
            }
        );
        var data = context.Data.LoadFromEnumerable(
            rows.Select((row, index) => new Row { Features = new VBuffer<float>(width, row), Label = labels[index] }),
            Schema(width)
        );
        var model = trainer.Fit(data).Model.SubModel;
        return new([.. model.Weights], model.Bias);
    }

    private static SchemaDefinition Schema(int width)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return schema;
    }

    private sealed class Row
    {
        public VBuffer<float> Features;
        public bool Label;
    }
}
