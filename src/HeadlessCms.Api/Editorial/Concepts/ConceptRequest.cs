using FluentValidation;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Concepts;

/// <summary>The members of the requests of all kinds of concepts.</summary>
public abstract record ConceptRequest
{
    /// <summary>The display name, at most 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The slug. Where it is missing, a new concept gets one from its name, and another keeps its own.</summary>
    public string? Slug { get; init; }

    /// <summary>Alternative names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Its name in other languages, by BCP 47 tag.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>A short description; at most 2,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>A picture of it.</summary>
    public Image? Image { get; init; }

    /// <summary>The same thing elsewhere: https URIs, such as those of Wikidata.</summary>
    public IReadOnlyList<string> SameAs { get; init; } = [];

    /// <summary>Whether readers see it before an article that names it has been live.</summary>
    public bool Public { get; init; }

    /// <summary>The parent, by id or slug.</summary>
    internal virtual (string Member, string? Named) Parent => ("", null);

    /// <summary>The concepts of other kinds that it names, by id or slug, with the paths of the members.</summary>
    internal virtual IEnumerable<(string Path, ConceptKind Kind, string Named)> Ties => [];

    /// <summary>All concepts that a request for one of <paramref name="kind"/> names.</summary>
    internal IEnumerable<(string Path, ConceptKind Kind, string Named)> References(ConceptKind kind) =>
        Parent is (var member, { } parent) ? Ties.Prepend((member, kind, parent)) : Ties;

    internal static T Fill<T>(T request, Concept concept)
        where T : ConceptRequest =>
        request with
        {
            Slug = concept.Slug,
            Aliases = concept.Aliases,
            Labels = concept.Labels,
            Description = concept.Description,
            Image = concept.Image,
            SameAs = concept.SameAs,
            Public = concept.PublicFrom is not null,
        };

    /// <summary>Writes the members that all kinds have.</summary>
    internal void WriteShared(Concept concept)
    {
        concept.Name = Name.Trim();
        concept.Aliases = [.. Aliases];
        concept.Labels = Labels;
        concept.Description = Description;
        concept.Image = Image;
        concept.SameAs = [.. SameAs];
    }
}

/// <summary>A request for a kind of concept.</summary>
/// <typeparam name="TSelf">The request.</typeparam>
/// <typeparam name="TConcept">The concept.</typeparam>
internal interface IConceptRequest<TSelf, TConcept>
{
    /// <summary>The request that equals the concept, for a merge patch.</summary>
    static abstract TSelf Of(TConcept concept);

    /// <summary>Writes the members of this kind.</summary>
    /// <param name="concept">The concept, with all that it names.</param>
    /// <param name="references">The concepts that the request names.</param>
    void WriteTo(TConcept concept, ConceptReferences references);
}

/// <summary>The rules of all kinds of concepts.</summary>
internal abstract class ConceptRequestValidator<T> : AbstractValidator<T>
    where T : ConceptRequest
{
    private const int MaxAliases = 100;
    private const int MaxLabels = 200;
    private const int MaxSameAs = 50;

    /// <summary>The most concepts that a member may name.</summary>
    protected const int MostTies = 100;

    protected ConceptRequestValidator(ConceptKind kind)
    {
        RuleFor(concept => concept.Name).NotEmpty().WithMessage("A name is required.");
        RuleFor(concept => concept.Name).IsText(200);
        RuleFor(concept => concept.Slug).IsSlug();
        RuleFor(concept => concept.Aliases).HasAtMost(MaxAliases);
        When(
            concept => concept.Aliases.Count <= MaxAliases,
            () => RuleForEach(concept => concept.Aliases).NotEmpty().WithMessage("An alias must not be empty.").IsText(200)
        );
        RuleFor(concept => concept.Labels)
            .Must(labels => labels.Count <= MaxLabels)
            .WithErrorCode("tooMany")
            .WithMessage($"At most {MaxLabels}.");
        RuleFor(concept => concept.Labels)
            .Custom(
                (labels, context) =>
                {
                    var languages = new HashSet<string>();
                    foreach (var (language, label) in labels.Take(MaxLabels))
                    {
                        if (!LanguageTag.IsValid(language))
                            context.Refuse($"Labels.{language}", "invalidForm", "Its key must be a BCP 47 language tag.");
                        else if (!languages.Add(LanguageTag.Canonical(language)))
                            context.Refuse($"Labels.{language}", "duplicateMember", "Its key must not differ from another in case alone.");
                        if (string.IsNullOrWhiteSpace(label))
                            context.Refuse($"Labels.{language}", "required", "It must not be empty.");
                        else if (TextLength.Of(label) > 200)
                            context.Refuse($"Labels.{language}", "tooLong", "At most 200 characters.");
                    }
                }
            );
        RuleFor(concept => concept.Description).IsText(2_000);
        RuleFor(concept => concept.Image!).SetValidator(new ImageValidator()).When(concept => concept.Image is not null);
        RuleFor(concept => concept.SameAs).HasAtMost(MaxSameAs);
        RuleForEach(concept => concept.SameAs).IsWebAddress().When(concept => concept.SameAs.Count <= MaxSameAs);
        RuleFor(concept => concept)
            .CustomAsync(
                async (concept, context, cancellation) =>
                {
                    // A list that is too long is refused as a whole.
                    var named = concept
                        .References(kind)
                        .GroupBy(reference => reference.Path.Split('[')[0])
                        .Where(list => list.Count() <= MostTies)
                        .SelectMany(list => list)
                        .ToList();
                    var references = context.Service<ConceptReferences>();
                    await references.LoadAsync(named.Select(reference => (reference.Kind, reference.Named)), cancellation);
                    foreach (var (path, of, name) in named.Where(one => references.Find(one.Kind, one.Named) is null))
                        context.Refuse(path, "unknown", ConceptReferences.NothingNamed(of, name));
                }
            );
    }
}
