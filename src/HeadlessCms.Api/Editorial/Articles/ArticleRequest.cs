using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>The content of an article. Only the headline is required.</summary>
public record ArticleRequest
{
    /// <summary>The headline, at most 300 characters.</summary>
    public required string Headline { get; init; }

    /// <summary>The slug. Where it is missing, a new article gets one from its headline, and another keeps its own.</summary>
    public string? Slug { get; init; }

    /// <summary>The summary line or lines, at most 2,000 characters.</summary>
    public string? Standfirst { get; init; }

    /// <summary>The text.</summary>
    public BodyRequest? Body { get; init; }

    /// <summary>BCP 47 tag of its language; the site's language by default.</summary>
    public string? Language { get; init; }

    /// <summary>The genre: <c>news</c>, <c>analysis</c>, <c>interview</c> … At most 50 characters.</summary>
    public string? Genre { get; init; }

    /// <summary>The author line as printed, at most 300 characters.</summary>
    public string? Byline { get; init; }

    /// <summary>The people who wrote it, in order, by id or slug.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>Where it was written and who supplied it.</summary>
    public DatelineRequest? Dateline { get; init; }

    /// <summary>The lead picture.</summary>
    public Image? LeadImage { get; init; }

    /// <summary>The people that it names.</summary>
    public IReadOnlyList<PersonMentionRequest> People { get; init; } = [];

    /// <summary>The places that it names.</summary>
    public IReadOnlyList<PlaceMentionRequest> Places { get; init; } = [];

    /// <summary>The topics that it names.</summary>
    public IReadOnlyList<TopicMentionRequest> Topics { get; init; } = [];

    /// <summary>The embargo: no publication of this revision may be live before this instant.</summary>
    public DateTimeOffset? EmbargoUntil { get; init; }

    /// <summary>Its id in another system, unique among articles; at most 200 characters.</summary>
    public string? ExternalId { get; init; }

    /// <summary>A note for colleagues; at most 1,000 characters. A note alone does not create a revision.</summary>
    public string? Note { get; init; }

    internal IEnumerable<AnyMentionRequest> Mentions =>
        [
            .. People.Select((one, index) => new AnyMentionRequest(ConceptKindNames.People, index, one.Person, one.Relation, one.Role)),
            .. Places.Select((one, index) => new AnyMentionRequest(ConceptKindNames.Places, index, one.Place, one.Relation, null)),
            .. Topics.Select((one, index) => new AnyMentionRequest(ConceptKindNames.Topics, index, one.Topic, one.Relation, null)),
        ];

    /// <summary>The request that equals <paramref name="saved"/>, for a merge patch.</summary>
    internal static ArticleRequest Of(WorkingCopy saved) =>
        new()
        {
            Headline = saved.Headline,
            Slug = saved.Slug,
            Standfirst = saved.Standfirst,
            Body = saved.BodyFormat is { } format ? new BodyRequest(format, saved.BodySource!) : null,
            Language = saved.Language,
            Genre = saved.Genre,
            Byline = saved.Byline,
            Authors = [.. saved.Authors.Select(author => author.Slug)],
            Dateline =
                saved.DatelinePlace is null && saved.DatelineSource is null
                    ? null
                    : new DatelineRequest(saved.DatelinePlace?.Slug, saved.DatelineSource),
            LeadImage = saved.LeadImage,
            People = [.. saved.People.Select(person => new PersonMentionRequest(person.Slug, person.Relation, person.Role))],
            Places = [.. saved.Places.Select(place => new PlaceMentionRequest(place.Slug, place.Relation))],
            Topics = [.. saved.Topics.Select(topic => new TopicMentionRequest(topic.Slug, topic.Relation))],
            EmbargoUntil = saved.EmbargoUntil,
            ExternalId = saved.ExternalId,
        };
}

/// <summary>A text and its format.</summary>
/// <param name="Format">The format of the content.</param>
/// <param name="Content">
/// The text, nested at most 100 levels deep, with at most 20,000 HTML elements, 10,000 cells in Markdown tables and 2 Mi characters
/// of HTML.
/// </param>
public sealed record BodyRequest(BodyFormat Format, string Content);

/// <summary>Where an article was written and who supplied it.</summary>
/// <param name="Place">The place, by id or slug.</param>
/// <param name="Source">Who supplied it, at most 200 characters.</param>
public sealed record DatelineRequest(string? Place = null, string? Source = null);

/// <summary>A person that an article names.</summary>
/// <param name="Person">The person, by id or slug.</param>
/// <param name="Relation">How the article relates to the person.</param>
/// <param name="Role">The role of the person at the time, at most 200 characters.</param>
public sealed record PersonMentionRequest(string Person, Relation Relation = Relation.Mentions, string? Role = null);

/// <summary>A place that an article names.</summary>
/// <param name="Place">The place, by id or slug.</param>
/// <param name="Relation">How the article relates to the place.</param>
public sealed record PlaceMentionRequest(string Place, Relation Relation = Relation.Mentions);

/// <summary>A topic that an article names.</summary>
/// <param name="Topic">The topic, by id or slug.</param>
/// <param name="Relation">How the article relates to the topic.</param>
public sealed record TopicMentionRequest(string Topic, Relation Relation = Relation.Mentions);

/// <summary>A concept that an article names, of whatever kind.</summary>
internal sealed record AnyMentionRequest(ConceptKindNames Kind, int Index, string IdOrSlug, Relation Relation, string? Role)
{
    /// <summary>Where the request names it: <c>People[0].Person</c>.</summary>
    public string Path => $"{Kind.PluralTitle}[{Index}].{Kind.SingularTitle}";
}
