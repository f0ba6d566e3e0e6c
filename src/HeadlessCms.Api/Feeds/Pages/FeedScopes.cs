using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Feeds.Pages;

/// <summary>Restricts a partner to the scope of its key.</summary>
internal static class FeedScopes
{
    /// <summary>Refuses formats outside the scope, and for a limited key also the directories, because they list everything.</summary>
    public static RouteGroupBuilder WithinScope(this RouteGroupBuilder api) =>
        api.AddEndpointFilter(
            async (invocation, next) =>
            {
                var context = invocation.HttpContext;
                return context.Features.Get<FeedScope>() is not { } scope || !scope.HasLimits() || Opens(scope, context.Request.Path.Value!)
                    ? await next(invocation)
                    : StatusProblems.Of(StatusCodes.Status403Forbidden);
            }
        );

    /// <summary>The <paramref name="rows"/> that feeds may have, within the scope of the caller's key.</summary>
    public static IQueryable<LiveArticle> Syndicated(this HttpContext context, IQueryable<LiveArticle> rows, LiveDbContext live) =>
        context.Scoped(rows.Where(row => !row.NoSyndication), live);

    /// <summary>The articles for the site's own pages: a partner gets only what feeds may have.</summary>
    public static IQueryable<LiveArticle> OnPages(this HttpContext context, LiveDbContext live) =>
        context.Features.Get<FeedScope>() is null ? live.Articles : context.Syndicated(live.Articles, live);

    /// <summary>The <paramref name="rows"/> within the scope of the caller's key.</summary>
    public static IQueryable<LiveArticle> Scoped(this HttpContext context, IQueryable<LiveArticle> rows, LiveDbContext live)
    {
        if (context.Features.Get<FeedScope>() is not { } scope)
            return rows;
        if (scope.Languages.Count > 0)
        {
            var prefixes = scope.Languages.Select(LanguageTag.Prefix).ToArray();
            rows = rows.Where(row => scope.Languages.Contains(row.Language) || prefixes.Any(prefix => row.Language.StartsWith(prefix)));
        }

        foreach (var any in scope.ConceptLists().Select(concepts => Now(live, concepts)))
        {
            rows = rows.Where(row =>
                live.Appearances.Any(appears =>
                    appears.Kind == AppearanceKind.Subject
                    && any.Contains(appears.ConceptId)
                    && appears.PublishedAt == row.PublishedAt
                    && appears.ArticleId == row.Id
                    && appears.PublicationId == row.PublicationId
                )
            );
        }

        return rows;
    }

    /// <summary>The concepts that the caller's key may know of: those of its scope, and those that an article within it names.</summary>
    public static IQueryable<LiveConcept> Scoped(this HttpContext context, IQueryable<LiveConcept> rows, LiveDbContext live)
    {
        if (context.Features.Get<FeedScope>() is not { } scope || !scope.HasLimits())
            return rows;
        var listed = Now(live, [.. scope.ConceptLists().SelectMany(concepts => concepts)]);
        var articles = context.Scoped(live.Articles, live);
        return rows.Where(row =>
            listed.Contains(row.Id)
            || live.Appearances.Any(appears =>
                appears.ConceptId == row.Id
                && articles.Any(article => article.Id == appears.ArticleId && article.PublicationId == appears.PublicationId)
            )
        );
    }

    /// <summary>
    /// The article as the caller's key may know of it: it names translations in the languages of the scope, and none where the scope is
    /// limited by concepts, because what a translation names is not read.
    /// </summary>
    public static FeedStory Scoped(this HttpContext context, FeedStory story) =>
        story.Story is not { } versions || context.Features.Get<FeedScope>() is not { } scope ? story
        : scope.ConceptLists().Any() ? story with { Story = versions with { Live = [] } }
        : scope.Languages.Count == 0 ? story
        : story with { Story = versions with { Live = [.. versions.Live.Where(version => TakesIn(scope.Languages, version.Language))] } };

    private static bool TakesIn(IReadOnlyList<string> languages, string tag) => LanguageTag.RangesOf(tag).Any(languages.Contains);

    /// <summary>The tombstones within the scope of the caller's key, by what the articles were while live.</summary>
    public static IQueryable<LiveTombstone> Scoped(this HttpContext context, IQueryable<LiveTombstone> rows, LiveDbContext live)
    {
        if (context.Features.Get<FeedScope>() is not { } scope)
            return rows;
        if (scope.Languages.Count > 0)
        {
            string[] languages = [.. scope.Languages];
            string[] prefixes = [.. languages.Select(LanguageTag.Prefix)];
            rows = rows.Where(row =>
                row.Languages.Any(language => languages.Contains(language) || prefixes.Any(prefix => language.StartsWith(prefix)))
            );
        }

        foreach (var any in scope.ConceptLists().Select(concepts => Now(live, concepts)))
            rows = rows.Where(row =>
                live.TombstoneConcepts.Any(mention =>
                    mention.ArticleId == row.ArticleId
                    && mention.PublishedAt == row.PublishedAt
                    && mention.Kind == AppearanceKind.Subject
                    && any.Contains(mention.ConceptId)
                )
            );
        return rows;
    }

    // A concept merged since the key was made counts as the concept it was merged into.
    private static IQueryable<Guid> Now(LiveDbContext live, IReadOnlyList<Guid> concepts) =>
        live
            .Concepts.Where(concept => concepts.Contains(concept.Id))
            .Select(concept => concept.Id)
            .Concat(live.ConceptMerges.Where(merge => concepts.Contains(merge.Id)).Select(merge => merge.MergedIntoId));

    private static bool Opens(FeedScope scope, string path) =>
        Enum.TryParse<FeedFormatName>(path[(path.LastIndexOf('.') + 1)..], ignoreCase: true, out var format)
        && (scope.Formats.Count == 0 || scope.Formats.Contains(format));
}
