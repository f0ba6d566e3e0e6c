using FluentValidation;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Http.Input;
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

    /// <summary>The concepts that it names.</summary>
    public ByKind<MentionRequest> Mentions { get; init; } = new();

    /// <summary>The series that it is a part of; null is none.</summary>
    public PartRequest? Series { get; init; }

    /// <summary>The embargo: no publication of this revision may be live before this instant.</summary>
    public DateTimeOffset? EmbargoUntil { get; init; }

    /// <summary>Its id in another system, unique among articles; at most 200 characters.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Who may read the whole body: <c>free</c> is anyone; others get its first words, as many as the site sets.</summary>
    public AccessTier Access { get; init; }

    /// <summary>Whether it shows or tells of what some readers may not want to see.</summary>
    public bool Sensitive { get; init; }

    /// <summary>Whether search engines must leave it out: it is in no sitemap.</summary>
    public bool NoIndex { get; init; }

    /// <summary>Whether it is in no feed.</summary>
    public bool NoSyndication { get; init; }

    /// <summary>The editorial urgency, 1 (most urgent) to 9.</summary>
    public int? Urgency { get; init; }

    /// <summary>What others may do with it, at most 2,000 characters.</summary>
    public string? UsageTerms { get; init; }

    /// <summary>Who holds the copyright, at most 200 characters.</summary>
    public string? CopyrightHolder { get; init; }

    /// <summary>How artificial intelligence was used.</summary>
    public AiUse AiUse { get; init; }

    /// <summary>
    /// The person who reviewed what artificial intelligence did, at most 200 characters; only where <c>aiUse</c> is not <c>none</c>.
    /// </summary>
    public string? ReviewedBy { get; init; }

    /// <summary>The instant at which readers can no longer comment.</summary>
    public DateTimeOffset? CommentsUntil { get; init; }

    /// <summary>A note for colleagues; at most 1,000 characters. A note alone does not create a revision.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// The article that this one is a translation of, by id or slug. That article must not be a translation itself, and the languages of a
    /// story's articles differ.
    /// </summary>
    public string? IsTranslationOf { get; init; }

    /// <summary>
    /// The number of the revision that was translated. Where it is missing, a new translation has the working copy of the original, and
    /// another keeps its own.
    /// </summary>
    public int? TranslatesRevision { get; init; }

    /// <summary>The request that equals <paramref name="saved"/>, for a merge patch.</summary>
    internal static ArticleRequest Of(WorkingCopy saved)
    {
        var flags = saved.Flags ?? new();
        return new()
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
            Mentions = new([
                .. saved
                    .Concepts.Items.Where(mention => !mention.Kind.HasParts)
                    .Select(mention => MentionRequest.Of(mention.Kind, mention.Item)),
            ]),
            Series = PartRequest.Of(saved.Concepts),
            Access = flags.Access,
            Sensitive = flags.Sensitive,
            NoIndex = flags.NoIndex,
            NoSyndication = flags.NoSyndication,
            Urgency = flags.Urgency,
            UsageTerms = flags.UsageTerms,
            CopyrightHolder = flags.CopyrightHolder,
            AiUse = flags.AiUse,
            ReviewedBy = flags.ReviewedBy,
            CommentsUntil = flags.CommentsUntil,
            EmbargoUntil = saved.EmbargoUntil,
            ExternalId = saved.ExternalId,
            IsTranslationOf = saved.Original?.Slug,
        };
    }

    /// <summary>The content that the request asks for, with concepts by their ids.</summary>
    internal ArticleContent ToContent(string slug, Body? body, string siteLanguage, ConceptReferences references) =>
        new()
        {
            Slug = slug,
            Headline = Headline.Trim(),
            Standfirst = Standfirst,
            Body = body,
            Language = Language ?? siteLanguage,
            Genre = Genre,
            Byline = Byline,
            DatelinePlaceId = Dateline?.Place is { } place ? references.Get(ConceptKind.Place, place) : null,
            DatelineSource = Dateline?.Source,
            LeadImage = LeadImage,
            EmbargoUntil = EmbargoUntil,
            ExternalId = ExternalId,
            Flags = new StoryFlags
            {
                Access = Access,
                Sensitive = Sensitive,
                NoIndex = NoIndex,
                NoSyndication = NoSyndication,
                Urgency = Urgency,
                UsageTerms = UsageTerms,
                CopyrightHolder = CopyrightHolder,
                AiUse = AiUse,
                ReviewedBy = ReviewedBy,
                CommentsUntil = CommentsUntil,
            },
            AuthorIds = [.. Authors.Select(author => references.Get(ConceptKind.Person, author))],
            Mentions =
            [
                .. Mentions.Items.Select(mention => new MentionContent(
                    references.Get(mention.Kind.Kind, mention.Item.Concept),
                    mention.Item.Relation,
                    mention.Item.Role
                )),
                .. Series is { } part
                    ? [MentionContent.PartOf(references.Get(ConceptKind.Series, part.Series), part.Part)]
                    : Array.Empty<MentionContent>(),
            ],
        };
}

internal sealed class ArticleRequestValidator : AbstractValidator<ArticleRequest>
{
    private const int MostOfAKind = 200;
    private const int LongestRole = 200;

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
        RuleFor(article => article.Series!.Part)
            .InclusiveBetween(1, StorySeries.MaxPart)
            .WithMessage("From 1 to 100,000.")
            .When(article => article.Series is not null);
        RuleFor(article => article.ExternalId).IsText(200);
        RuleFor(article => article.ExternalId)
            .Must(id => id is null || id.Trim().Length > 0)
            .WithErrorCode("required")
            .WithMessage("It must not be empty.");
        RuleFor(article => article.Note).IsText(1_000);
        RuleFor(article => article.Urgency).InclusiveBetween(1, 9).WithMessage("From 1 to 9.");
        RuleFor(article => article.UsageTerms).IsText(2_000);
        RuleFor(article => article.CopyrightHolder).IsText(200);
        RuleFor(article => article.ReviewedBy).IsText(200);
        RuleFor(article => article.ReviewedBy)
            .Must((article, name) => name is null || article.AiUse != AiUse.None)
            .WithErrorCode("outOfRange")
            .WithMessage("Only what artificial intelligence was used for is reviewed; set aiUse.");
        RuleFor(article => article)
            .CustomAsync(
                async (article, context, cancellation) =>
                {
                    foreach (var mention in article.Mentions.Items.Where(mention => TextLength.Of(mention.Item.Role) > LongestRole))
                        context.Refuse($"{mention.Kind.Plural}[{mention.Index}].Role", "tooLong", $"At most {LongestRole} characters.");
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
        RuleFor(article => article).CustomAsync(OriginalReferences.CheckAsync);
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
            .. article.Mentions.Items.Select(mention =>
                (
                    mention.Kind.Plural,
                    $"{mention.Kind.Plural}[{mention.Index}].{mention.Kind.Singular}",
                    mention.Kind.Kind,
                    mention.Item.Concept
                )
            ),
            .. article.Series is { } part
                ? [("Series", "Series.Series", ConceptKind.Series, part.Series)]
                : Array.Empty<(string, string, ConceptKind, string)>(),
        ];
}

/// <summary>A text and its format.</summary>
/// <param name="Format">The format of the content.</param>
/// <param name="Content">
/// The text. HTML keeps paragraphs, headings (an <c>h1</c> becomes an <c>h2</c>, and deeper ones follow), lists, tables, quotations, code
/// with its language, details, ruby and marks within a line; ids and links to them, with a prefix; players and posts of the services in
/// <c>Cms:Embeds</c>. It is nested at most 100 levels deep, with at most 20,000 HTML elements, 10,000 cells in Markdown tables and
/// 2 Mi characters of HTML.
/// </param>
public sealed record BodyRequest(
    [property: FormDefault("markdown")] BodyFormat Format,
    [property: FormNamesake(IsLongText = true)] string Content
);

/// <summary>Where an article was written and who supplied it.</summary>
/// <param name="Place">The place, by id or slug.</param>
/// <param name="Source">Who supplied it, at most 200 characters.</param>
public sealed record DatelineRequest(string? Place = null, string? Source = null);
