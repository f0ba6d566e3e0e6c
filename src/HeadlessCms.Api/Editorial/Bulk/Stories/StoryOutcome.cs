using System.Text.Json.Serialization;
using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Editorial.Bulk.Stories;

/// <summary>What became of an item of an imported file.</summary>
public enum StoryStatus
{
    /// <summary>It was created.</summary>
    Created,

    /// <summary>A new revision was saved.</summary>
    Updated,

    /// <summary>Nothing changed.</summary>
    Unchanged,

    /// <summary>It was refused; others are not affected.</summary>
    Refused,

    /// <summary>It is no story, or the source has taken it back.</summary>
    Skipped,
}

/// <summary>What became of an item of an imported file.</summary>
/// <param name="Number">Its number in the file, from 1; translations of stories in the file are counted last.</param>
/// <param name="SourceId">Its id in the source.</param>
/// <param name="Status">The outcome.</param>
public sealed record StoryOutcome(int Number, string SourceId, StoryStatus Status)
{
    /// <summary>The id of the article.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Id { get; init; }

    /// <summary>The slug.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Slug { get; init; }

    /// <summary>The number of the revision.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Revision { get; init; }

    /// <summary>What of the source was left out or changed, and why.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>What the HTML for readers does not have of the text, or has otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SaveWarning>? Warnings { get; init; }

    /// <summary>The reason for the refusal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Problem? Problem { get; init; }

    /// <summary>Whether there is more to say than that it is there.</summary>
    internal bool HasNews => Status is StoryStatus.Refused or StoryStatus.Skipped || Notes is not null || Warnings is not null;
}
