using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Bulk.Formats;
using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Bulk.Stories;

/// <summary>Makes the request that saves a story, with its concepts by their ids, and says what it changes.</summary>
internal static class StoryRequest
{
    private const int MostOfAKind = 200;

    /// <summary>All concepts that a story names.</summary>
    public static IEnumerable<ImportedConcept> ConceptsOf(ImportedStory story) =>
        [
            .. story.Authors,
            .. story.DatelinePlace is { } place ? [place] : Array.Empty<ImportedConcept>(),
            .. story.Mentions.Select(mention => mention.Concept),
        ];

    public static ArticleRequest Of(ImportedStory story, ConceptMatcher concepts, List<string> notes)
    {
        foreach (var concept in ConceptsOf(story).Where(concept => concepts.Find(concept) is null).Distinct())
            notes.Add($"The map leaves out the {concept.Scheme} {concept.Name}.");
        var image = Picture(story.LeadImage, notes);
        return new ArticleRequest
        {
            Headline = story.Headline,
            Standfirst = story.Standfirst,
            Body = story.Body,
            Language = story.Language,
            Genre = story.Genre,
            Byline = Byline(story),
            Authors =
            [
                .. story
                    .Authors.Where(author => concepts.KindOf(author) == ConceptKind.Person)
                    .Select(concepts.Find)
                    .OfType<Guid>()
                    .Distinct()
                    .Select(Text),
            ],
            Dateline =
                story.DatelinePlace is null && story.DatelineSource is null
                    ? null
                    : new(
                        story.DatelinePlace is { } place && concepts.KindOf(place) == ConceptKind.Place && concepts.Find(place) is { } id
                            ? Text(id)
                            : null,
                        story.DatelineSource
                    ),
            LeadImage = image,
            Mentions = Mentions(story, concepts, notes),
            Access = story.Access,
            Sensitive = story.Sensitive,
            Urgency = story.Urgency is >= 1 and <= 9 ? story.Urgency : null,
            UsageTerms = story.UsageTerms,
            CopyrightHolder = story.CopyrightHolder,
            AiUse = story.AiUse,
            EmbargoUntil = story.EmbargoUntil,
            ExternalId = story.ExternalId,
            IsTranslationOf = story.TranslationOf is { } original ? Text(original) : null,
        };
    }

    // A byline that has the names of the authors alone would be said twice.
    private static string? Byline(ImportedStory story) =>
        story.Authors.Count > 0 && story.Byline == string.Join(", ", story.Authors.Select(author => author.Name)) ? null : story.Byline;

    private static ByKind<MentionRequest> Mentions(ImportedStory story, ConceptMatcher concepts, List<string> notes)
    {
        var mentions = new List<MentionRequest>();
        var seen = new Dictionary<Guid, int>();
        var counts = new Dictionary<ConceptKind, int>();
        foreach (var mention in story.Mentions)
        {
            if (concepts.Find(mention.Concept) is not { } id)
                continue;
            if (seen.TryGetValue(id, out var index))
            {
                // The closer relation and the role win, whichever of the two names it.
                var first = mentions[index];
                mentions[index] = first with
                {
                    Relation = (Core.Articles.Relation)Math.Min((int)first.Relation, (int)mention.Relation),
                    Role = first.Role ?? mention.Role,
                };
                continue;
            }

            var names = ConceptKindNames.Of(concepts.KindOf(mention.Concept));
            var count = counts[names.Kind] = counts.GetValueOrDefault(names.Kind) + 1;
            if (count > MostOfAKind)
            {
                notes.Add($"More than {MostOfAKind} {names.Plural}: {mention.Concept.Name} is left out.");
                continue;
            }

            seen[id] = mentions.Count;
            mentions.Add(
                (MentionRequest)Activator.CreateInstance(ByKind.ItemOf(typeof(ByKind<MentionRequest>), names))! with
                {
                    Concept = Text(id),
                    Relation = mention.Relation,
                    Role = names.HasRole ? mention.Role : null,
                }
            );
        }

        return new(mentions);
    }

    private static Image? Picture(Image? image, List<string> notes)
    {
        if (image is null)
            return null;
        if (!Uri.TryCreate(image.Url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
        {
            notes.Add($"The picture is left out, because it has no URL of its own: {image.Url}");
            return null;
        }

        if (uri.Scheme == Uri.UriSchemeHttps)
            return image;
        notes.Add($"The picture is asked for over https: {image.Url}");
        return image with { Url = "https" + image.Url[image.Url.IndexOf(':', StringComparison.Ordinal)..] };
    }

    private static string Text(Guid id) => id.ToString("D");
}
