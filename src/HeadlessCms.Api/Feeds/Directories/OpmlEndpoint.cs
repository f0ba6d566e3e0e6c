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
            .WithDescription("The feed of all articles, and one for each concept that a live article names.");

    private sealed record Line(ConceptKind Kind, string Slug, string Name);

    private static Results<XmlResult<Line>, SiteMissingProblem> Read(LiveDbContext live, Site site)
    {
        if (site.Url is not { } url)
            return new SiteMissingProblem();
        var concepts = live
            .Concepts.Where(concept =>
                live.Appearances.Any(appears => appears.ConceptId == concept.Id && appears.Kind == AppearanceKind.Subject)
            )
            .OrderBy(concept => concept.Kind)
            .ThenBy(concept => EF.Functions.Collate(concept.Name, NameOrder.Collation))
            .ThenBy(concept => concept.Id)
            .Select(concept => new Line(concept.Kind, concept.Slug, concept.Name));
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
            concepts.AsAsyncEnumerable(),
            (xml, line) =>
            {
                var plural = ConceptKindNames.Of(line.Kind).Plural;
                Outline(
                    xml,
                    line.Name,
                    Address.Ascii($"{url}/feeds/{plural}/{line.Slug}.rss"),
                    Address.Ascii($"{url}/{plural}/{line.Slug}")
                );
            }
        );
    }

    private static void Outline(FeedXml xml, string text, string feed, string page) =>
        xml.Empty("outline", ("type", "rss"), ("text", text), ("title", text), ("xmlUrl", feed), ("htmlUrl", page));
}
