using Microsoft.OpenApi;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>A door, as its document introduces it.</summary>
/// <param name="Name">The document's name.</param>
/// <param name="Info">Its introduction.</param>
/// <param name="Tags">Its chapters, in order.</param>
internal sealed record ApiDocument(string Name, OpenApiInfo Info, IReadOnlyList<(string Name, string Description)> Tags);

/// <summary>The three doors.</summary>
internal static class OpenApiDocuments
{
    private static readonly (string, string) People = ("People", "Those in the news, and those who write it.");
    private static readonly (string, string) Places = ("Places", "From a continent to a single site, each within another.");
    private static readonly (string, string) Topics = ("Topics", "What news is about, from broad to narrow.");

    public static readonly IReadOnlyList<ApiDocument> All =
    [
        new(
            "editorial",
            Info(
                "Editorial",
                """
                Where the newsroom writes. Send your key as `Authorization: Bearer cms_…`.

                Every save is a new revision. Read an article's `ETag`, send it back as `If-Match` when you save, and nobody's work is overwritten:
                who comes second gets 412 and can read what is new. Readers see nothing of it until it is published.

                A POST takes an `Idempotency-Key`: sent again with the same key and body, after a lost connection say, it does nothing more and gets
                the same answer, for a day.
                """
            ),
            [
                People,
                Places,
                Topics,
                ("Articles", "Working copies, their history, and what of it readers see."),
                ("Previews", "A look ahead, or back."),
                ("Overview", "What a desk looks at in the morning."),
                ("Audit", "Who did what to what, from where, when."),
                ("Keys", "Who gets in."),
                ("Webhooks", "Who is told, and what came of it."),
            ]
        ),
        new(
            "content",
            Info(
                "Content",
                """
                What frontends read: what is live now, by the clock of the database. Open to anyone, unless the site is private.

                Lists come a page at a time: follow `nextCursor`, or the `Link` header, until it is null.

                Ask for what you show: `fields=headline,slug,people.name` picks members of articles. No others are sent, and a text that nobody picks
                is not even read. `facets=topics,people` counts what the articles of a list name, for the next filter to offer.
                """
            ),
            [
                ("Articles", "What is live."),
                ("Search", "What a search box needs."),
                People,
                Places,
                Topics,
                ("Changes", "What became live, changed or went away, for who keeps a copy."),
            ]
        ),
        new(
            "feeds",
            Info(
                "Feeds",
                """
                What partners and crawlers pull: what is live now. Open to anyone, unless the site is private.

                A story keeps its identity, `urn:uuid:` and its id, whatever becomes of its headline and slug. Feeds come a page at a time: the `Link`
                header names the next one, and so do the formats that can.
                """
            ),
            [
                ("Articles", "All stories, and each by itself."),
                ("People", "What is said of those in the news."),
                ("Places", "What happens there, and within."),
                ("Topics", "What is written about them, and what is narrower."),
                ("Directories", "What there is, for feed readers and crawlers."),
            ]
        ),
    ];

    private static OpenApiInfo Info(string title, string description) =>
        new()
        {
            Title = $"Headless CMS: {title}",
            Version = "v1",
            Description = description,
            Contact = new OpenApiContact { Name = "Headless CMS" },
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
}
