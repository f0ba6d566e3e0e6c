namespace HeadlessCms.Suggestions;

/// <summary>How good suggestions were on stories that were held out from what they were learned from.</summary>
/// <param name="Right">Suggestions that editors had tagged.</param>
/// <param name="Wrong">Suggestions that they had not.</param>
/// <param name="Missed">Tags that were not suggested.</param>
public readonly record struct Measure(int Right, int Wrong, int Missed)
{
    /// <summary>The share of suggestions that are right; 1 where nothing was suggested.</summary>
    public double Precision => Right + Wrong == 0 ? 1 : (double)Right / (Right + Wrong);

    /// <summary>The share of tags that were suggested; 1 where there are none.</summary>
    public double Recall => Right + Missed == 0 ? 1 : (double)Right / (Right + Missed);

    /// <summary>The harmonic mean of the two.</summary>
    public double F1 => Right == 0 ? 0 : 2.0 * Right / (2 * Right + Wrong + Missed);

    /// <summary>Both together.</summary>
    public static Measure operator +(Measure one, Measure other) => Add(one, other);

    /// <summary>Both together.</summary>
    public static Measure Add(Measure one, Measure other) =>
        new(one.Right + other.Right, one.Wrong + other.Wrong, one.Missed + other.Missed);
}
