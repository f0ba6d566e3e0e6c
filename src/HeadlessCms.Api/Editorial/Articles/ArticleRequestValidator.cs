using FluentValidation;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Articles;

internal sealed class ArticleRequestValidator : AbstractValidator<ArticleRequest>
{
    private const int MostOfAKind = 200;

    public ArticleRequestValidator()
    {
        RuleFor(article => article.Headline).NotEmpty().WithMessage("A headline is required.");
        RuleFor(article => article.Headline).IsText(300);
        RuleFor(article => article.Slug).IsSlug();
        RuleFor(article => article.Standfirst).IsText(2_000);
        RuleFor(article => article.Language).IsLanguage();
        RuleFor(article => article.Genre).IsText(50);
        RuleFor(article => article.Byline).IsText(300);
        RuleFor(article => article.Dateline!.Source).IsText(200).When(article => article.Dateline is not null);
        RuleFor(article => article.LeadImage!).SetValidator(new ImageValidator()).When(article => article.LeadImage is not null);
        RuleForEach(article => article.People)
            .ChildRules(person => person.RuleFor(mention => mention.Role).IsText(200))
            .When(article => article.People.Count <= MostOfAKind);
        RuleFor(article => article.ExternalId).IsText(200);
        RuleFor(article => article.ExternalId)
            .Must(id => id is null || id.Trim().Length > 0)
            .WithErrorCode("required")
            .WithMessage("It must not be empty.");
        RuleFor(article => article.Note).IsText(1_000);
        RuleFor(article => article)
            .CustomAsync(
                async (article, context, cancellation) =>
                {
                    var named = Named(article).ToList();
                    foreach (var list in named.GroupBy(reference => reference.List).Where(list => list.Count() > MostOfAKind).ToList())
                    {
                        context.Refuse(list.Key, "tooMany", $"At most {MostOfAKind}.");
                        named.RemoveAll(reference => reference.List == list.Key);
                    }

                    var references = context.Service<ConceptReferences>();
                    await references.LoadAsync(named.Select(reference => (reference.Kind, reference.Name)), cancellation);

                    var seen = new HashSet<(string, Guid)>();
                    foreach (var (list, path, kind, name) in named)
                    {
                        if (references.Find(kind, name) is not { } id)
                            context.Refuse(path, "unknown", ConceptReferences.NothingNamed(kind, name));
                        else if (!seen.Add((list, id)))
                            context.Refuse(path, "duplicate", "The concept is named twice.");
                    }
                }
            );
    }

    /// <summary>The concepts that a request names.</summary>
    public static IEnumerable<(ConceptKind Kind, string Name)> ConceptsOf(ArticleRequest article) =>
        Named(article).Select(reference => (reference.Kind, reference.Name));

    private static IEnumerable<(string List, string Path, ConceptKind Kind, string Name)> Named(ArticleRequest article) =>
        [
            .. article.Authors.Select((author, index) => ("Authors", $"Authors[{index}]", ConceptKind.Person, author)),
            .. article.Dateline?.Place is { } place
                ? [("Dateline", "Dateline.Place", ConceptKind.Place, place)]
                : Array.Empty<(string, string, ConceptKind, string)>(),
            .. article.Mentions.Select(mention => (mention.Kind.PluralTitle, mention.Path, mention.Kind.Kind, mention.IdOrSlug)),
        ];
}
