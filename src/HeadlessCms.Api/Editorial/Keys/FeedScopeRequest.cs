using FluentValidation;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Feeds;

namespace HeadlessCms.Api.Editorial.Keys;

/// <summary>
/// The part of Feeds that a partner's key is limited to: stories that name one of the concepts of each kind and are in one of the
/// languages, in one of the formats. A missing or empty list sets no limit.
/// </summary>
public sealed record FeedScopeRequest
{
    /// <summary>Ids or slugs of concepts, at most 50 of a kind; those below them count.</summary>
    public ByKind<string> Concepts { get; init; } = new();

    /// <summary>BCP 47 tags, at most 50; en takes in en-GB.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>The formats.</summary>
    public IReadOnlyList<FeedFormatName> Formats { get; init; } = [];

    internal FeedScope Scope(ConceptReferences references) =>
        new(
            Concepts
                .Items.GroupBy(one => one.Kind.Kind, one => references.Get(one.Kind.Kind, one.Item))
                .ToDictionary(kind => kind.Key, IReadOnlyList<Guid> (kind) => [.. kind.Distinct()]),
            [.. Languages.Distinct()],
            [.. Formats.Distinct()]
        );
}

internal sealed class FeedScopeRequestValidator : AbstractValidator<FeedScopeRequest>
{
    public FeedScopeRequestValidator()
    {
        RuleFor(scope => scope)
            .CustomAsync(
                async (scope, context, cancellation) =>
                    await ConceptReferences.CheckAsync(scope.Concepts, FeedScope.MaxLength, context, cancellation)
            );
        RuleFor(scope => scope.Languages).HasAtMost(FeedScope.MaxLength);
        RuleFor(scope => scope.Formats).HasAtMost(FeedScope.MaxLength);
        When(scope => scope.Languages.Count <= FeedScope.MaxLength, () => RuleForEach(scope => scope.Languages).IsLanguage());
    }
}

/// <summary>The part of Feeds that a partner's key is limited to. An empty list sets no limit.</summary>
/// <param name="Concepts">The ids of concepts; those below them count.</param>
/// <param name="Languages">Language ranges; en takes in en-GB.</param>
/// <param name="Formats">The formats.</param>
public sealed record FeedScopeResponse(ByKind<string> Concepts, IReadOnlyList<string> Languages, IReadOnlyList<FeedFormatName> Formats)
{
    internal static FeedScopeResponse Of(FeedScope scope) =>
        new(new(kind => scope.Concepts.GetValueOrDefault(kind.Kind, []).Select(id => id.ToString("D"))), scope.Languages, scope.Formats);
}
