namespace HeadlessCms.Core.Suggestions;

/// <summary>
/// What was learned from the newsroom's stories about when it tags what, so that suggestions can say it of new ones. A model is never
/// changed: training stores a new one. Models are neither in the audit trail nor in the change log.
/// </summary>
public sealed class TopicModel
{
    /// <summary>The maximum length of <see cref="Model"/> in bytes.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>The number of models that are kept; the oldest give way.</summary>
    public const int MaxKept = 10;

    private TopicModel() { }

    /// <summary>A model that was trained now.</summary>
    /// <param name="trainedAt">When.</param>
    /// <param name="stories">The number of stories that it was trained on.</param>
    /// <param name="format">The version of the format of <paramref name="model"/>.</param>
    /// <param name="precision">The share of topics right among those that it suggests, on stories that were held out.</param>
    /// <param name="recall">The share of topics that it suggests, on stories that were held out.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its bounds.</exception>
    public TopicModel(DateTimeOffset trainedAt, int stories, int format, double precision, double recall, byte[] model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stories);
        ArgumentOutOfRangeException.ThrowIfNegative(precision);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(recall);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(recall, 1);
        ArgumentOutOfRangeException.ThrowIfZero(model.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(model.Length, MaxBytes);
        (TrainedAt, Stories, Format, Precision, Recall, Model) = (trainedAt, stories, format, precision, recall, model);
    }

    /// <summary>The version: models are numbered from 1 in the order in which they are stored, possibly with gaps.</summary>
    public int Version { get; private set; }

    /// <summary>When it was trained.</summary>
    public DateTimeOffset TrainedAt { get; private set; }

    /// <summary>The number of stories that it was trained on.</summary>
    public int Stories { get; private set; }

    /// <summary>The version of the format of <see cref="Model"/>.</summary>
    public int Format { get; private set; }

    /// <summary>The share of topics right among those that it suggests, on stories that were held out.</summary>
    public double Precision { get; private set; }

    /// <summary>The share of topics that it suggests, on stories that were held out.</summary>
    public double Recall { get; private set; }

    /// <summary>The model, at most <see cref="MaxBytes"/>.</summary>
    public byte[] Model { get; private set; } = [];
}
