using HeadlessCms.Api.Feeds.Pages;
using HeadlessCms.Core.Storage.Kinds;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>A concept as a category of a vocabulary.</summary>
/// <param name="Scheme">The IRI of the vocabulary.</param>
/// <param name="Term">The code in the vocabulary.</param>
/// <param name="Label">The display name.</param>
internal sealed record Category(string Scheme, string Term, string Label);

/// <summary>Maps the concepts that an article names to categories.</summary>
internal static class Vocabulary
{
    private const string MediaTopic = "medtop:";
    private const string MediaTopics = "http://cv.iptc.org/newscodes/mediatopic/";

    /// <summary>The IPTC Media Topic URI of a code; null if the code is of another vocabulary.</summary>
    public static string? MediaTopicUri(string? code) =>
        code?.StartsWith(MediaTopic, StringComparison.Ordinal) == true ? MediaTopics + code[MediaTopic.Length..] : null;

    /// <summary>The topics, each with its Media Topic if it has one, then the others.</summary>
    public static IEnumerable<Category> CategoriesOf(FeedStory story)
    {
        foreach (var (kind, _, concept) in story.Mentions.Items.OrderBy(mention => mention.Item is MentionedTopic ? 0 : 1))
        {
            yield return new Category(SchemeOf(story, kind.Plural), concept.Slug, concept.Name);
            if (concept is MentionedTopic { Code: { } code } && MediaTopicUri(code) is not null)
                yield return new Category(MediaTopics, code[MediaTopic.Length..], concept.Name);
        }
    }

    private static string SchemeOf(FeedStory story, string kind) =>
        story.Url is { } url ? $"{url[..url.LastIndexOf('/')]}/{kind}" : $"urn:headless-cms:{kind}";
}
