namespace HeadlessCms.Api.Editorial.Bulk.Stories;

/// <summary>Counts the outcomes of an import, and keeps the first of those that say more than that.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class StoryImportSummary(int most)
{
    private readonly int[] _counts = new int[Enum.GetValues<StoryStatus>().Length];
    private readonly List<StoryOutcome> _news = [];

    public int this[StoryStatus status] => _counts[(int)status];

    public int Total => _counts.Sum();

    /// <summary>Those that say more than that an item is there.</summary>
    public IReadOnlyList<StoryOutcome> News => _news;

    /// <summary>How many more there are.</summary>
    public int Unlisted { get; private set; }

    public void Add(StoryOutcome outcome)
    {
        _counts[(int)outcome.Status]++;
        if (!outcome.HasNews)
            return;
        if (_news.Count < most)
            _news.Add(outcome);
        else
            Unlisted++;
    }
}
