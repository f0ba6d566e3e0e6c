using HeadlessCms.Api.Feeds.Pages;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage.Kinds;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>A concept as a category of a vocabulary.</summary>
/// <param name="Scheme">The IRI of the vocabulary.</param>
/// <param name="Term">The code in the vocabulary.</param>
/// <param name="Label">The display name; for a code, the code.</param>
internal sealed record Category(string Scheme, string Term, string Label);

/// <summary>Maps the concepts that an article names to categories.</summary>
internal static class Vocabulary
{
    private const string MediaTopic = "medtop:";
    private const string MediaTopics = "http://cv.iptc.org/newscodes/mediatopic/";
    private const int MediaTopicDigits = 8;

    /// <summary>The IPTC Media Topic URI of a code; null if the code is of another vocabulary or has not eight digits.</summary>
    public static string? MediaTopicUri(string? code) => MediaTopicOf(code) is { } digits ? MediaTopics + digits : null;

    /// <summary>
    /// The named concepts, then the Media Topics of the topics. Those have their code as a name: readers that show names only would
    /// otherwise show a topic twice.
    /// </summary>
    public static IEnumerable<Category> CategoriesOf(FeedStory story) =>
        NamedBy(story)
            .Concat(
                story
                    .Mentions.Items.Select(mention => MediaTopicOf((mention.Item as MentionedTopic)?.Code))
                    .OfType<string>()
                    .Distinct()
                    .Select(digits => new Category(MediaTopics, digits, MediaTopic + digits))
            );

    /// <summary>The topics, then the other concepts, each name once.</summary>
    public static IEnumerable<Category> NamedBy(FeedStory story) =>
        story
            .Mentions.Items.OrderBy(mention => mention.Item is MentionedTopic ? 0 : 1)
            .Select(mention => new Category(SchemeOf(story, mention.Kind.Plural), mention.Item.Slug, mention.Item.Name.Trim()))
            .DistinctBy(category => category.Label, StringComparer.OrdinalIgnoreCase);

    /// <summary>The term of IPTC's vocabulary of digital sources; null for what people wrote alone.</summary>
    public static string? DigitalSourceOf(AiUse use) =>
        use switch
        {
            AiUse.None => null,
            AiUse.Assisted => "compositeWithTrainedAlgorithmicMedia",
            AiUse.Generated => "trainedAlgorithmicMedia",
            _ => throw new ArgumentOutOfRangeException(nameof(use), use, null),
        };

    private static string? MediaTopicOf(string? code) =>
        code?.StartsWith(MediaTopic, StringComparison.Ordinal) == true
        && code.Length == MediaTopic.Length + MediaTopicDigits
        && code.AsSpan(MediaTopic.Length).IndexOfAnyExceptInRange('0', '9') < 0
            ? code[MediaTopic.Length..]
            : null;

    private static string SchemeOf(FeedStory story, string kind) =>
        story.Url is { } url ? $"{url[..url.LastIndexOf('/')]}/{kind}" : $"urn:headless-cms:{kind}";
}
