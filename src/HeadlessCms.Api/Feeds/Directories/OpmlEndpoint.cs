using HeadlessCms.Api.Feeds.Formats;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Feeds.Directories;

/// <summary><c>/feeds/opml</c>: the list of feeds.</summary>
internal static class OpmlEndpoint
{
    public static void Map(RouteGroupBuilder feeds) =>
        feeds
            .MapRead("/opml", Read, "feedOpml")
            .WithTags("Directories")
            .WithMetadata(StandardFormat.Opml)
            .WithSummary("Lists all feeds as OPML, for feed readers.")
            .WithDescription(
                "The feed of all articles, one for each concept that a live article names, and one for each author of a live article."
            );

    private sealed record Line
    {
        public required ConceptKind Kind { get; init; }

        public required string Slug { get; init; }

        public required string Name { get; init; }

        /// <summary>0 where articles name the concept, 1 where the person wrote them: set operations take no enum as a constant.</summary>
        public required int As { get; init; }
    }

    private static Results<XmlResult<Line>, SiteMissingProblem> Read(LiveDbContext live, Site site)
    {
        if (site.Url is not { } url)
            return new SiteMissingProblem();
        var lines = Appearing(live, AppearanceKind.Subject)
            .Concat(Appearing(live, AppearanceKind.Author))
            .OrderBy(line => line.As)
            .ThenBy(line => line.Kind)
            .ThenBy(line => EF.Functions.Collate(line.Name, NameOrder.Collation))
            .ThenBy(line => line.Slug);
        return new XmlResult<Line>(
            StandardFormat.Opml,
            output =>
            {
                var xml = new FeedXml(output, "opml", "");
                xml.Attribute("version", "2.0");
                xml.Start("head");
                xml.Element("title", site.Name);
                xml.End();
                xml.Start("body");
                Outline(xml, site.Name, $"{url}/feeds/articles.rss", $"{url}/");
                return xml;
            },
            lines.AsAsyncEnumerable(),
            (xml, line) =>
            {
                var plural = ConceptKindNames.Of(line.Kind).Plural;
                var folder = line.As == 1 ? ConceptFeedEndpoints.Authors : plural;
                Outline(
                    xml,
                    line.Name,
                    Address.Ascii($"{url}/feeds/{folder}/{line.Slug}.rss"),
                    Address.Ascii($"{url}/{plural}/{line.Slug}")
                );
            }
        );
    }

    private static IQueryable<Line> Appearing(LiveDbContext live, AppearanceKind kind) =>
        live
            .Concepts.Where(concept => live.Appearances.Any(appears => appears.ConceptId == concept.Id && appears.Kind == kind))
            .Select(concept => new Line
            {
                Kind = concept.Kind,
                Slug = concept.Slug,
                Name = concept.Name,
                As = kind == AppearanceKind.Author ? 1 : 0,
            });

    private static void Outline(FeedXml xml, string text, string feed, string page) =>
        xml.Empty("outline", ("type", "rss"), ("text", text), ("title", text), ("xmlUrl", feed), ("htmlUrl", page));
}
