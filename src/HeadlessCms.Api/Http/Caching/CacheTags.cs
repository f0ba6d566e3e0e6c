using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>The tags of the change log (view <c>change_tags</c>), which responses carry too.</summary>
internal static class CacheTags
{
    /// <summary>
    /// The length of all tags of a response, with a separator each. Varnish takes header lines of 8 KiB by default; Fastly and Cloudflare
    /// ignore what is over 16 KiB.
    /// </summary>
    public const int MaxLength = 7_500;

    /// <summary>Lists of articles.</summary>
    public const string Articles = "articles";

    /// <summary>Searches of concepts.</summary>
    public const string Concepts = "concepts";

    /// <summary>Responses that depend on the descendants of a concept.</summary>
    public const string Tree = "tree";

    public const string Changes = "changes";

    private const string ArticlePrefix = "article:";
    private const string ConceptPrefix = "concept:";

    public static string Article(Guid id) => $"{ArticlePrefix}{id:D}";

    public static string Concept(Guid id) => $"{ConceptPrefix}{id:D}";

    /// <summary>Lists of the articles that mention a concept.</summary>
    public static string Naming(string kind, string idOrSlug) => Address.Ascii($"{kind}:{idOrSlug}");

    /// <summary>
    /// Replaces tags by broader ones until they are within the limits of headers: first those of concepts, which change rarely, then those
    /// of articles, then all that name something.
    /// </summary>
    public static IReadOnlyList<string> Limit(IEnumerable<string> tags)
    {
        string[] limited = [.. Broaden(tags, tag => tag.Length > CdnOptions.MaxTagLength)];
        foreach (var prefix in new[] { ConceptPrefix, ArticlePrefix, "" })
        {
            if (limited.Sum(tag => tag.Length + 1) <= MaxLength)
                break;
            limited =
            [
                .. Broaden(limited, tag => tag.Contains(':', StringComparison.Ordinal) && tag.StartsWith(prefix, StringComparison.Ordinal)),
            ];
        }

        return limited;
    }

    /// <summary>Tags of which each change has at least one that has <paramref name="tag"/>.</summary>
    public static IEnumerable<string> Broader(string tag) =>
        tag.StartsWith(ArticlePrefix, StringComparison.Ordinal) ? [Articles]
        : tag.StartsWith(ConceptPrefix, StringComparison.Ordinal) ? [Concepts]
        : tag.Contains(':', StringComparison.Ordinal) ? [Articles, Concepts]
        : [tag];

    private static IEnumerable<string> Broaden(IEnumerable<string> tags, Func<string, bool> isTooNarrow) =>
        tags.SelectMany(tag => isTooNarrow(tag) ? Broader(tag) : [tag]).Distinct();
}
