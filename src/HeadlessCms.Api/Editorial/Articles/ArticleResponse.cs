using HeadlessCms.Api.Platform;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>What every view of an article in Editorial has.</summary>
public abstract record ArticleBase
{
    /// <summary>UUID v7, for ever.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name in a URL; reaches readers with the next publication.</summary>
    public required string Slug { get; init; }

    /// <summary>The headline.</summary>
    public required string Headline { get; init; }

    /// <summary>The summary line or lines.</summary>
    public required string? Standfirst { get; init; }

    /// <summary>BCP 47 tag of the language that it is written in.</summary>
    public required string Language { get; init; }

    /// <summary>The form of the story.</summary>
    public required string? Genre { get; init; }

    /// <summary>The author line as printed.</summary>
    public required string? Byline { get; init; }

    /// <summary>The people who wrote it, in order.</summary>
    public required IReadOnlyList<ConceptLink> Authors { get; init; }

    /// <summary>Where it was written and who supplied it.</summary>
    public required Dateline? Dateline { get; init; }

    /// <summary>The picture that stands for it.</summary>
    public required Image? LeadImage { get; init; }

    /// <summary>The people that it names.</summary>
    public required IReadOnlyList<MentionedPerson> People { get; init; }

    /// <summary>The places that it names.</summary>
    public required IReadOnlyList<MentionedPlace> Places { get; init; }

    /// <summary>The topics that it names.</summary>
    public required IReadOnlyList<MentionedTopic> Topics { get; init; }

    /// <summary>Words in the body.</summary>
    public required int WordCount { get; init; }

    /// <summary>Before this instant no publication of this revision may be live.</summary>
    public required DateTimeOffset? EmbargoUntil { get; init; }

    /// <summary>Its name in another system.</summary>
    public required string? ExternalId { get; init; }

    /// <summary>What changed, for colleagues.</summary>
    public required string? Note { get; init; }

    /// <summary>The number of this revision.</summary>
    public required int Revision { get; init; }

    /// <summary>When it was saved.</summary>
    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>Who saved it.</summary>
    public required string SavedBy { get; init; }
}

/// <summary>Where an article stands.</summary>
public abstract record ArticleState : ArticleBase
{
    /// <summary>Where it stands now.</summary>
    public required ArticleStatus Status { get; init; }

    /// <summary>The revision that readers see; null where none is live.</summary>
    public required int? LiveRevision { get; init; }

    /// <summary>Whether the working copy is not what readers see.</summary>
    public required bool HasUnpublishedChanges { get; init; }

    /// <summary>The next boundary of its publications, and what happens then.</summary>
    public required Boundary? Next { get; init; }

    /// <summary>When the article was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }
}

/// <summary>A working copy in a list: without its text.</summary>
public sealed record ArticleListItem : ArticleState;

/// <summary>A working copy, whole.</summary>
public sealed record ArticleResponse : ArticleState
{
    /// <summary>The text as it was sent.</summary>
    public required BodyRequest? Body { get; init; }

    /// <summary>The safe HTML made of it.</summary>
    public required string? BodyHtml { get; init; }
}

/// <summary>A revision, whole.</summary>
public sealed record RevisionResponse : ArticleBase
{
    /// <summary>The text as it was sent.</summary>
    public required BodyRequest? Body { get; init; }

    /// <summary>The safe HTML made of it.</summary>
    public required string? BodyHtml { get; init; }
}
