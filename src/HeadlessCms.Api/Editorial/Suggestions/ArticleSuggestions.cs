using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Suggestions;

/// <summary>A suggestion with the id that requests name it by.</summary>
/// <param name="Id">The id.</param>
/// <param name="Found">The suggestion.</param>
/// <param name="Concept">The concept; null where it is new.</param>
internal sealed record ArticleSuggestion(string Id, Suggestion Found, ConceptLink? Concept)
{
    public ConceptKindNames Kind { get; } = ConceptKindNames.Of(Found.Kind);

    /// <summary>The role, where the kind has one.</summary>
    public string? Role => Kind.HasRole ? Found.Role : null;

    /// <summary>The names by which the text means it.</summary>
    public IEnumerable<string> Names =>
        Found.New is { } proposed ? [proposed.Name]
        : Found.Evidence.Count > 0 ? Found.Evidence.Select(evidence => evidence.Text).Distinct(StringComparer.Ordinal)
        : [Concept!.Name];

    /// <summary>Whether a request means it by an id: that of the new concept too, which somebody else may have created meanwhile.</summary>
    public bool IsNamed(string id) => id == Id || Concept is { } concept && id == NewId(Kind, concept.Name);

    /// <summary>The id of a new concept. A slug has no colon, so that it is never one of another.</summary>
    public static string NewId(ConceptKindNames kind, string name) => $"{kind.Singular}:new:{name}";

    public SuggestionResponse ToResponse() =>
        new(
            Id,
            Found.Kind,
            Concept,
            Found.New is { } proposed ? NewConcept.Of(proposed) : null,
            Found.Relation,
            Role,
            Math.Round(Found.Score, 3),
            [.. Found.Evidence.Select(SuggestionEvidence.Of)],
            Found.Why
        );
}

/// <summary>Makes the suggestions for articles and reports.</summary>
internal sealed class ArticleSuggestions(Vocabulary vocabulary, NewsroomDbContext db)
{
    /// <summary>The suggestions for a working copy, without what it names already and what was refused for it.</summary>
    public async Task<IReadOnlyList<ArticleSuggestion>> OfAsync(WorkingCopy saved, CancellationToken cancellation)
    {
        var found = await OfAsync(StoryOf(saved), cancellation);
        var named = saved.Concepts.Items.Select(mention => mention.Item.Id).ToHashSet();
        var refused = (await db.RefusedNames(saved.Id).ToListAsync(cancellation)).ToLookup(name => name.Kind);
        return
        [
            .. found.Where(one =>
                !(one.Concept is { } concept && named.Contains(concept.Id)) && !refused[one.Found.Kind].Any(name => IsSame(name, one))
            ),
        ];
    }

    /// <summary>The suggestions for a text, most certain first.</summary>
    public async Task<IReadOnlyList<ArticleSuggestion>> OfAsync(StoryText story, CancellationToken cancellation)
    {
        var found = (await vocabulary.EngineAsync(cancellation)).Suggest(story);
        Guid[] ids = [.. found.Select(one => one.Concept).OfType<Guid>()];
        var concepts = await db
            .Concepts.Where(concept => ids.Contains(concept.Id) && concept.MergedIntoId == null)
            .Select(concept => new ConceptLink(concept.Id, concept.Slug, concept.Name))
            .ToDictionaryAsync(concept => concept.Id, cancellation);
        return
        [
            .. found
                .Select(Fitting)
                .OfType<Suggestion>()
                .Where(one => one.Concept is not { } id || concepts.ContainsKey(id)) // one may be deleted meanwhile
                .Select(one => Named(one, one.Concept is { } id ? concepts[id] : null))
                .DistinctBy(one => one.Id),
        ];
    }

    // What a save would refuse must not be proposed: a text can have names and roles of any length.
    private static Suggestion? Fitting(Suggestion found) =>
        found.New is { } proposed && !Fits(proposed.Name, 200)
            ? null
            : found with
            {
                Role = Fitting(found.Role, 200),
                New = found.New is null
                    ? null
                    : found.New with
                    {
                        Title = Fitting(found.New.Title, 200),
                        Honorific = Fitting(found.New.Honorific, 50),
                        GivenName = Fitting(found.New.GivenName, 100),
                        FamilyName = Fitting(found.New.FamilyName, 100),
                    },
            };

    private static string? Fitting(string? text, int longest) => Fits(text, longest) ? text : null;

    private static bool Fits(string? text, int longest) => TextLength.Of(text) <= longest;

    private static ArticleSuggestion Named(Suggestion found, ConceptLink? concept) =>
        new(IdOf(ConceptKindNames.Of(found.Kind), found, concept), found, concept);

    private static StoryText StoryOf(WorkingCopy saved) =>
        new(
            saved.Headline,
            saved.Standfirst,
            saved.LeadImage?.Caption,
            saved.BodyHtml is { } html ? BodyParagraphs.Of(html) : [],
            saved.Language,
            DateOnly.FromDateTime(saved.SavedAt.UtcDateTime),
            saved.DatelinePlace?.Name
        );

    private static bool IsSame(RefusedName refused, ArticleSuggestion suggestion) =>
        suggestion.Concept is { } concept
            ? refused.Concept == concept.Id
            : refused.Concept is null && string.Equals(refused.Name, suggestion.Found.New!.Name, StringComparison.OrdinalIgnoreCase);

    private static string IdOf(ConceptKindNames kind, Suggestion suggestion, ConceptLink? concept) =>
        concept is null ? ArticleSuggestion.NewId(kind, suggestion.New!.Name) : $"{kind.Singular}:{concept.Slug}";
}
