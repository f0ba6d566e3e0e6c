using FluentValidation;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Feeds;

namespace HeadlessCms.Api.Editorial.Keys;

/// <summary>
/// The part of Feeds that a partner's key is limited to: stories that name one of the topics and one of the places and are in one of the
/// languages, in one of the formats. A missing or empty list sets no limit.
/// </summary>
/// <param name="Topics">Ids or slugs of topics, at most 50; narrower topics count.</param>
/// <param name="Places">Ids or slugs of places, at most 50; places within them count.</param>
/// <param name="Languages">BCP 47 tags, at most 50; en takes in en-GB.</param>
/// <param name="Formats">The formats.</param>
public sealed record FeedScopeRequest(
    IReadOnlyList<string>? Topics = null,
    IReadOnlyList<string>? Places = null,
    IReadOnlyList<string>? Languages = null,
    IReadOnlyList<FeedFormatName>? Formats = null
)
{
    internal FeedScope Scope(ConceptReferences concepts) =>
        new(
            [.. (Topics ?? []).Select(named => concepts.Get(ConceptKind.Topic, named)).Distinct()],
            [.. (Places ?? []).Select(named => concepts.Get(ConceptKind.Place, named)).Distinct()],
            [.. (Languages ?? []).Distinct()],
            [.. (Formats ?? []).Distinct()]
        );
}

internal sealed class FeedScopeRequestValidator : AbstractValidator<FeedScopeRequest>
{
    public FeedScopeRequestValidator()
    {
        AtMost(scope => scope.Topics);
        AtMost(scope => scope.Places);
        AtMost(scope => scope.Languages);
        AtMost(scope => scope.Formats);
        When(scope => scope.Languages is { Count: <= FeedScope.MaxLength }, () => RuleForEach(scope => scope.Languages).IsLanguage());
        Known(scope => scope.Topics, ConceptKind.Topic);
        Known(scope => scope.Places, ConceptKind.Place);

        void AtMost<T>(System.Linq.Expressions.Expression<Func<FeedScopeRequest, IReadOnlyList<T>?>> list) =>
            RuleFor(list)
                .Must(values => values is null or { Count: <= FeedScope.MaxLength })
                .WithErrorCode("tooMany")
                .WithMessage($"At most {FeedScope.MaxLength}.");

        void Known(System.Linq.Expressions.Expression<Func<FeedScopeRequest, IEnumerable<string>?>> list, ConceptKind kind)
        {
            var names = list.Compile();
            RuleForEach(list)
                .MustAsync(
                    async (_, named, context, cancellation) =>
                    {
                        var concepts = context.Service<ConceptReferences>();
                        await concepts.LoadAsync([(kind, named)], cancellation);
                        return concepts.Find(kind, named) is not null;
                    }
                )
                .WithErrorCode("unknown")
                .WithMessage((_, named) => ConceptReferences.NothingNamed(kind, named))
                .When(scope => names(scope)?.Count() <= FeedScope.MaxLength);
        }
    }
}
