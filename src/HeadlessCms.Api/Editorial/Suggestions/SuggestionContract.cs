using FluentValidation;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Suggestions;

namespace HeadlessCms.Api.Editorial.Suggestions;

/// <summary>A concept that a text names or means: one that the newsroom has, or a new one.</summary>
/// <param name="Id">
/// What <c>accept</c> and <c>refuse</c> name: the kind and the slug of the concept (<c>place:tokyo</c>), or the name of a new one
/// (<c>person:new:Ada Example</c>).
/// </param>
/// <param name="Kind">The kind of concept.</param>
/// <param name="Concept">The concept; null where the newsroom does not have it.</param>
/// <param name="New">The members of the concept that accepting it creates; null where the newsroom has it.</param>
/// <param name="Relation">How the article relates to it.</param>
/// <param name="Role">Of a person or an organisation: the role as the text has it.</param>
/// <param name="Score">How certain it is, from 0 to 1.</param>
/// <param name="Evidence">Where the text names it, in order; empty where the whole text means it.</param>
/// <param name="Why">Why it is suggested.</param>
public sealed record SuggestionResponse(
    string Id,
    ConceptKind Kind,
    ConceptLink? Concept,
    NewConcept? New,
    Relation Relation,
    string? Role,
    double Score,
    IReadOnlyList<SuggestionEvidence> Evidence,
    string Why
);

/// <summary>A concept that the newsroom does not have.</summary>
/// <param name="Name">The name.</param>
/// <param name="Title">Of a person: the position.</param>
/// <param name="Honorific">Of a person: the prefix of the name.</param>
/// <param name="GivenName">Of a person: the given name or names.</param>
/// <param name="FamilyName">Of a person: the family name.</param>
/// <param name="CountryCode">Of a place or an organisation: its country, ISO 3166-1 alpha-2.</param>
public sealed record NewConcept(string Name, string? Title, string? Honorific, string? GivenName, string? FamilyName, string? CountryCode)
{
    internal static NewConcept Of(ProposedConcept proposed) =>
        new(proposed.Name, proposed.Title, proposed.Honorific, proposed.GivenName, proposed.FamilyName, proposed.CountryCode);
}

/// <summary>Where a text names a concept.</summary>
/// <param name="Pointer">
/// The part of the article: <c>/headline</c>, <c>/standfirst</c>, <c>/caption</c>, <c>/dateline</c>, or <c>/body/3</c> for the fourth
/// paragraph of the body, where also headings, items of lists and cells of tables count as paragraphs.
/// </param>
/// <param name="Offset">The first character, from 0.</param>
/// <param name="Length">The number of characters.</param>
/// <param name="Text">The text.</param>
public sealed record SuggestionEvidence(string Pointer, int Offset, int Length, string Text)
{
    internal static SuggestionEvidence Of(Evidence evidence) => new(evidence.Pointer, evidence.Offset, evidence.Length, evidence.Text);
}

/// <summary>The suggestions for an article.</summary>
/// <param name="Revision">The number of the revision that they are for: the working copy.</param>
/// <param name="Items">The suggestions, most certain first, without what the article names already and what was refused for it.</param>
public sealed record SuggestionListResponse(int Revision, IReadOnlyList<SuggestionResponse> Items);

/// <summary>Which suggestions are accepted and which are refused.</summary>
public sealed record AcceptSuggestionsRequest
{
    /// <summary>The ids of those that are accepted; at most 200.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>Whether all that are not refused are accepted.</summary>
    public bool All { get; init; }

    /// <summary>The ids of those that are refused; at most 200.</summary>
    public IReadOnlyList<string> Refuse { get; init; } = [];
}

internal sealed class AcceptSuggestionsRequestValidator : AbstractValidator<AcceptSuggestionsRequest>
{
    public const int MostIds = 200;

    public AcceptSuggestionsRequestValidator()
    {
        RuleFor(request => request.Accept).HasAtMost(MostIds);
        RuleFor(request => request.Refuse).HasAtMost(MostIds);
        RuleFor(request => request)
            .Custom(
                (request, context) =>
                {
                    if (request is { All: false, Accept.Count: 0, Refuse.Count: 0 })
                        context.Refuse("Accept", "required", "Name a suggestion, or set `all`.");
                    for (var at = 0; at < Math.Min(request.Refuse.Count, MostIds); at++)
                        if (request.Accept.Contains(request.Refuse[at]))
                            context.Refuse($"Refuse[{at}]", "duplicate", "The suggestion is accepted too.");
                }
            );
    }
}

/// <summary>Which suggestions are refused.</summary>
public sealed record RefuseSuggestionsRequest
{
    /// <summary>The ids of those that are refused, 1 to 200.</summary>
    public required IReadOnlyList<string> Refuse { get; init; }
}

internal sealed class RefuseSuggestionsRequestValidator : AbstractValidator<RefuseSuggestionsRequest>
{
    public RefuseSuggestionsRequestValidator()
    {
        RuleFor(request => request.Refuse).NotEmpty().WithMessage("Name a suggestion.");
        RuleFor(request => request.Refuse).HasAtMost(AcceptSuggestionsRequestValidator.MostIds);
    }
}
