using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Kinds;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>A concept that an article names.</summary>
public abstract record MentionRequest
{
    /// <summary>The concept, by id or slug.</summary>
    [KindName]
    public string Concept { get; init; } = "";

    /// <summary>How the article relates to the concept.</summary>
    public Relation Relation { get; init; } = Relation.Mentions;

    /// <summary>The role of the concept at the time, at most 200 characters.</summary>
    [KindRole]
    public string? Role { get; init; }

    /// <summary>The request that equals a mention, for a merge patch.</summary>
    internal static MentionRequest Of(ConceptKindNames kind, IMention mention) => Of(kind, mention.Slug, mention.Relation, mention.Role);

    /// <summary>A mention of a concept of a kind.</summary>
    internal static MentionRequest Of(ConceptKindNames kind, string concept, Relation relation, string? role) =>
        (MentionRequest)Activator.CreateInstance(ByKind.ItemOf(typeof(ByKind<MentionRequest>), kind))! with
        {
            Concept = concept,
            Relation = relation,
            Role = role,
        };
}

/// <summary>A concept that an article names.</summary>
/// <typeparam name="TConcept">The entity.</typeparam>
public sealed record MentionRequest<TConcept> : MentionRequest
    where TConcept : Concept;

/// <summary>The series that an article is a part of.</summary>
/// <param name="Series">The series, by id or slug.</param>
/// <param name="Part">
/// The number of the part, 1 to 100,000. Without it, the article comes after the numbered ones. Articles with the same part, and those
/// without one, come in the order of their first publication.
/// </param>
public sealed record PartRequest([property: FormNamesake] string Series, int? Part = null)
{
    /// <summary>The request that equals the part of a saved article.</summary>
    internal static PartRequest? Of(ByKind<IMention> concepts) =>
        MentionedSeries.Among(concepts) is { } series ? new(series.Slug, series.Part) : null;
}
