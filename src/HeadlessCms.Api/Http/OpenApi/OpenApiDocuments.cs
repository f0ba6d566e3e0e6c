using HeadlessCms.Core.Concepts;
using Microsoft.OpenApi;

namespace HeadlessCms.Api.Http.OpenApi;

internal sealed record ApiDocument(string Name, OpenApiInfo Info, IReadOnlyList<(string Name, string Description)> Tags)
{
    /// <summary>Whether the public site serves its paths, because what it describes names itself by that site's URL.</summary>
    public bool IsOnSite { get; init; }
}

internal static class OpenApiDocuments
{
    /// <summary>The tag of what is not part of an editor's day.</summary>
    public const string Administration = "Administration";

    private static readonly IEnumerable<(string, string)> Kinds = ConceptKindNames.All.Select(kind => (kind.PluralTitle, kind.About));

    public static readonly IReadOnlyList<ApiDocument> All =
    [
        new(
            "editorial",
            Info(
                "Editorial",
                """
                The API for writing and publishing. Send an API key as `Authorization: Bearer cms_…`.

                Every save creates a new revision. Send the `ETag` of an article as `If-Match` when you save it. If another change was saved
                first, the response is 412 and nothing is overwritten. Readers see a revision only after it is published.

                A write accepts an `Idempotency-Key`. Repeated with the same key, `If-Match` and body within a day, for example after a lost
                connection, it returns the same response and has no further effect.

                A JSON body can also be sent as a form, `multipart/form-data` or `application/x-www-form-urlencoded` in UTF-8, with a field
                for each member and the same rules and errors. The members of an object have its name before theirs: `datelinePlace`,
                `leadImageUrl`; `body` is the content of the body and `bodyFormat` its format. The items of a list repeat its name; an item
                that is an object is an id or slug, or JSON: `people=jane-doe`, `people={"person":"jane-doe","role":"Reporter"}`. An empty
                field is as if it was not sent; in a PATCH it empties the member. A form has at most 2,000 fields, 1 MiB and no files.
                """
            ),
            [
                ("Overview", "Drafts, scheduled, live, expiring and withdrawn articles, and the topics of the week."),
                ("Articles", "Working copies, revisions and publications."),
                .. Kinds,
                ("Suggestions", "Type-ahead over all concepts."),
                ("Previews", "Preview tokens for a working copy, or for the site as of an instant."),
                (Administration, "Bulk requests, purging, the audit trail, API keys, webhooks and their deliveries."),
            ]
        ),
        new(
            "content",
            Info(
                "Content",
                """
                The API for frontends. It returns live content, by the database clock. It is open to anyone, unless the site is private.

                Lists are paged: follow `nextCursor`, or the `Link` header, until there is no next page.

                `fields=headline,slug,people.name` selects members of articles: the response omits all others, and a body that is not
                selected is not read from the database. `facets=topics,people` counts the concepts of a list, to offer further filters.
                """
            ),
            [
                ("Articles", "Live articles."),
                ("Search", "Full-text search and type-ahead."),
                .. Kinds,
                ("Changes", "The change log: content that became live, changed or was removed, for clients that keep a copy."),
            ]
        ),
        new(
            "feeds",
            Info(
                "Feeds",
                """
                The API for partners and crawlers. It returns live articles. It is open to anyone, unless the site is private.

                The identifier of an article, `urn:uuid:` and its id, does not change with its headline or slug. Feeds are paged: the `Link`
                header contains the next page, as do the formats that support it.
                """
            ),
            [
                ("Articles", "Feeds of all articles, and single articles."),
                .. ConceptKindNames.All.Select(kind =>
                    (kind.PluralTitle, kind.Describe("Feeds of the articles that name concepts or those below them."))
                ),
                ("Directories", "Lists of feeds and sitemaps, for feed readers and crawlers."),
            ]
        )
        {
            IsOnSite = true,
        },
    ];

    /// <summary>The path of a document for the page of Swagger UI.</summary>
    public static string PathOf(string name) => $"/openapi/page/{name}.json";

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
