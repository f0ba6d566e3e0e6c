using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace HeadlessCms.Suggestions.Learning;

/// <summary>A linear model: the weight of each feature, and what is added.</summary>
internal sealed record LinearWeights(float[] Weights, float Bias);

/// <summary>Trains linear models. The same stories in the same order give the same model.</summary>
internal static class LinearTrainer
{
    private const int Seed = 1987;

    /// <summary>A model over the words of stories; its score is a margin.</summary>
    public static LinearWeights OverTerms(IReadOnlyList<TermVector> stories, IReadOnlyList<bool> labels, int terms)
    {
        var context = new MLContext(Seed);
        var rows = stories.Select(
            (story, index) =>
                new Row
                {
                    Features = new VBuffer<float>(terms, story.Terms.Length, story.Values, story.Terms),
                    Label = labels[index],
                }
        );
        var trainer = context.BinaryClassification.Trainers.SdcaLogisticRegression(
            new SdcaLogisticRegressionBinaryTrainer.Options
            {
                NumberOfThreads = 1,
                MaximumNumberOfIterations = Tuning.Iterations,
                ConvergenceCheckFrequency = Tuning.Iterations,
                L2Regularization = Tuning.L2,
                L1Regularization = Tuning.L1,
                PositiveInstanceWeight = Tuning.Positive,
                BiasLearningRate = 1f,
            }
        );
        var model = trainer.Fit(context.Data.LoadFromEnumerable(rows, Schema(terms))).Model.SubModel;
        return new([.. model.Weights], model.Bias);
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

internal static class Tuning
{
    public static int Iterations = 20;
    public static float? L2 = 1e-5f;
    public static float? L1 = 0f;
    public static float Positive = 4f;
}
