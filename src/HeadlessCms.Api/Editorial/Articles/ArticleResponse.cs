using System.Linq.Expressions;
using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Kinds;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>The members of all views of an article in Editorial.</summary>
public abstract record ArticleBase
{
    private protected static readonly Expression<Func<EditorialRevision, ArticleBase>> OfAnyRevision = row => new Members
    {
        Id = row.Id,
        Slug = row.Slug,
        Headline = row.Headline,
        Standfirst = row.Standfirst,
        Language = row.Language,
        Genre = row.Genre,
        Byline = row.Byline,
        Authors = row.Authors,
        Dateline = Dateline.Of(row.DatelinePlace, row.DatelineSource),
        LeadImage = row.LeadImage,
        Mentions = row.Concepts,
        WordCount = row.WordCount,
        EmbargoUntil = row.EmbargoUntil,
        ExternalId = row.ExternalId,
        Flags = row.Flags!,
        Note = row.Note,
        Revision = row.Revision,
        SavedAt = row.SavedAt,
        SavedBy = row.SavedBy,
        IsTranslationOf = row.Original,
    };

    /// <summary>UUID v7; never changes.</summary>
    public Guid Id { get; init; }

    /// <summary>The slug; readers see a change with the next publication.</summary>
    public string Slug { get; init; } = "";

    /// <summary>The headline.</summary>
    public string Headline { get; init; } = "";

    /// <summary>The summary line or lines.</summary>
    public string? Standfirst { get; init; }

    /// <summary>BCP 47 tag of its language.</summary>
    public string Language { get; init; } = "";

    /// <summary>The genre.</summary>
    public string? Genre { get; init; }

    /// <summary>The author line as printed.</summary>
    public string? Byline { get; init; }

    /// <summary>The people who wrote it, in order.</summary>
    public IReadOnlyList<ConceptLink> Authors { get; init; } = [];

    /// <summary>Where it was written and who supplied it.</summary>
    public Dateline? Dateline { get; init; }

    /// <summary>The lead picture.</summary>
    public Image? LeadImage { get; init; }

    /// <summary>The concepts that it names.</summary>
    public ByKind<IMention> Mentions { get; init; } = new();

    /// <summary>The series that it is a part of; null for an article that is in none.</summary>
    public MentionedSeries? Series => MentionedSeries.Among(Mentions);

    /// <summary>Words in the body.</summary>
    public int WordCount { get; init; }

    /// <summary>The embargo: no publication of this revision may be live before this instant.</summary>
    public DateTimeOffset? EmbargoUntil { get; init; }

    /// <summary>Its id in another system.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Who may read the whole body.</summary>
    public AccessTier Access => Flags.Access;

    /// <summary>Whether it shows or tells of what some readers may not want to see.</summary>
    public bool Sensitive => Flags.Sensitive;

    /// <summary>Whether search engines must leave it out.</summary>
    public bool NoIndex => Flags.NoIndex;

    /// <summary>Whether it is in no feed.</summary>
    public bool NoSyndication => Flags.NoSyndication;

    /// <summary>The editorial urgency, 1 (most urgent) to 9.</summary>
    public int? Urgency => Flags.Urgency;

    /// <summary>What others may do with it.</summary>
    public string? UsageTerms => Flags.UsageTerms;

    /// <summary>Who holds the copyright.</summary>
    public string? CopyrightHolder => Flags.CopyrightHolder;

    /// <summary>How artificial intelligence was used.</summary>
    public AiUse AiUse => Flags.AiUse;

    /// <summary>The person who reviewed what artificial intelligence did.</summary>
    public string? ReviewedBy => Flags.ReviewedBy;

    /// <summary>The instant at which readers can no longer comment; null is never.</summary>
    public DateTimeOffset? CommentsUntil => Flags.CommentsUntil;

    /// <summary>A note for colleagues about what changed.</summary>
    public string? Note { get; init; }

    /// <summary>The number of this revision.</summary>
    public int Revision { get; init; }

    /// <summary>When it was saved.</summary>
    public DateTimeOffset SavedAt { get; init; }

    /// <summary>Who saved it.</summary>
    public string SavedBy { get; init; } = "";

    /// <summary>What it is a translation of, and whether that has another text since; null for an article that is none.</summary>
    public TranslatedRevision? IsTranslationOf { get; init; }

    /// <summary>The members from <see cref="Access"/> to <see cref="CommentsUntil"/>.</summary>
    internal StoryFlags Flags
    {
        get;
        init => field = value ?? new();
    } = new();

    private sealed record Members : ArticleBase;
}

/// <summary>The state of an article.</summary>
public abstract record ArticleState : ArticleBase
{
    /// <summary>Where it stands now.</summary>
    public ArticleStatus Status { get; init; }

    /// <summary>The revision that readers see; null where none is live.</summary>
    public int? LiveRevision { get; init; }

    /// <summary>Whether the working copy differs from the live revision.</summary>
    public bool HasUnpublishedChanges { get; init; }

    /// <summary>The next boundary of its publications.</summary>
    public Boundary? Next { get; init; }

    /// <summary>When the article was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who created it.</summary>
    public string CreatedBy { get; init; } = "";
}

/// <summary>A working copy in a list, without its text.</summary>
public sealed record ArticleListItem : ArticleState
{
    /// <summary>The projection. Members that it leaves out are not read.</summary>
    internal static readonly Expression<Func<WorkingCopy, ArticleListItem>> Of = OfAnyRevision.With(
        (WorkingCopy row) =>
            new ArticleListItem
            {
                Status = row.Status,
                LiveRevision = row.LiveRevision,
                HasUnpublishedChanges = row.LiveRevision != row.Revision,
                Next = row.Next,
                CreatedAt = row.CreatedAt,
                CreatedBy = row.CreatedBy,
            }
    );

    /// <summary>The same with <see cref="SeriesPlace"/>.</summary>
    internal static readonly Expression<Func<WorkingCopy, ArticleListItem>> OfPart = Of.With(
        (WorkingCopy row) => new ArticleListItem { SeriesPlace = row.SeriesPlace }
    );

    /// <summary>Its place in the order of its series.</summary>
    internal string? SeriesPlace { get; init; }
}

/// <summary>A working copy.</summary>
public sealed record ArticleResponse : ArticleState
{
    internal static readonly Expression<Func<WorkingCopy, ArticleResponse>> Of = ArticleListItem.Of.With(
        (WorkingCopy row) =>
            new ArticleResponse
            {
                Body = row.BodyFormat == null ? null : new BodyRequest(row.BodyFormat.Value, row.BodySource!),
                BodyHtml = row.BodyHtml,
                Translations = row.Translations,
            }
    );

    /// <summary>The text as the editor sent it.</summary>
    public BodyRequest? Body { get; init; }

    /// <summary>The safe HTML rendered from it.</summary>
    public string? BodyHtml { get; init; }

    /// <summary>The articles whose working copies are translations of it, by language; those in the trash are left out.</summary>
    public IReadOnlyList<TranslationState> Translations { get; init; } = [];

    /// <summary>
    /// In the response to a save: what the HTML for readers does not have of the text, or has otherwise. One warning for each kind of
    /// thing, at most 51. Other responses have none.
    /// </summary>
    public IReadOnlyList<SaveWarning> Warnings { get; init; } = [];
}

/// <summary>A revision.</summary>
public sealed record RevisionResponse : ArticleBase
{
    internal static readonly Expression<Func<RevisionContent, RevisionResponse>> Of = OfAnyRevision.With(
        (RevisionContent row) =>
            new RevisionResponse
            {
                Body = row.BodyFormat == null ? null : new BodyRequest(row.BodyFormat.Value, row.BodySource!),
                BodyHtml = row.BodyHtml,
            }
    );

    /// <summary>The text as the editor sent it.</summary>
    public BodyRequest? Body { get; init; }

    /// <summary>The safe HTML rendered from it.</summary>
    public string? BodyHtml { get; init; }
}
