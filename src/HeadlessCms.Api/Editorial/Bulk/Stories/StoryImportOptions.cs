using System.Collections.Concurrent;
using HeadlessCms.Api.Editorial.Bulk.Formats;

namespace HeadlessCms.Api.Editorial.Bulk.Stories;

/// <summary>How stories of another system are imported, and what an import knows of its file.</summary>
/// <param name="Publish">Whether what the source has published is published, at its dates.</param>
/// <param name="IsDryRun">Whether nothing is kept.</param>
/// <param name="Map">What is said of names in the file.</param>
internal sealed record StoryImportOptions(bool Publish, bool IsDryRun, ImportMap Map)
{
    /// <summary>The concepts that were created: kind and slug.</summary>
    public ConcurrentDictionary<string, bool> Created { get; } = [];

    /// <summary>The ids of the originals in the file.</summary>
    public HashSet<Guid> Originals { get; } = [];

    /// <summary>In a dry run a translation cannot name an original that the run has not kept.</summary>
    public bool IsOriginalOnlyInFile(ImportedStory story) => IsDryRun && story.TranslationOf is { } id && Originals.Contains(id);
}
