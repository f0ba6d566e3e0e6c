using HeadlessCms.Api.Editorial.Bulk.Formats;

namespace HeadlessCms.Api.Editorial.Bulk.Stories;

/// <summary>A story of a file, with what its import has to say.</summary>
/// <param name="story">The story.</param>
internal sealed class ReadStory(ImportedStory story)
{
    public ImportedStory Story { get; } = story;

    /// <summary>What was left out or changed.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Forgets what an attempt said that was rolled back.</summary>
    public void Begin()
    {
        Notes.Clear();
        Notes.AddRange(Story.Losses);
    }
}
