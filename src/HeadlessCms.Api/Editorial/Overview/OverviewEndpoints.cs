using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Http.Html;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Overview;

/// <summary><c>/editorial/v1/overview</c>: the overview of a desk.</summary>
internal static class OverviewEndpoints
{
    private const int MostTopics = 10;

    public static void MapOverview(this RouteGroupBuilder editorial) =>
        editorial.MapGroup("/overview").WithTags("Overview").MapRead("/", Read, "readOverview").AlsoAsPage().For(Role.Reader);

    /// <summary>
    /// Reads the overview of a desk: drafts, scheduled, live, expiring and withdrawn articles, and the topics of the week.
    /// </summary>
    /// <remarks>
    /// Each section has its first ten articles and its total. A client that prefers <c>text/html</c> gets a page.
    /// </remarks>
    private static async Task<PageOrJsonResult<OverviewResponse>> Read(NewsroomDbContext db, CancellationToken cancellation)
    {
        var desk = await db.Desk.OrderBy(entry => entry.Rank).ToListAsync(cancellation);
        Guid[] ids = [.. desk.Select(entry => entry.ArticleId)];
        var articles = await db
            .WorkingCopies.Where(row => ids.Contains(row.Id))
            .Select(ArticleListItem.Of)
            .ToDictionaryAsync(row => row.Id, cancellation);
        var topics = await (
            from publication in db.Publications
            where
                publication.LiveFrom <= DatabaseClock.Now()
                && publication.LiveFrom > DatabaseClock.Now().AddDays(-7)
                && (publication.LiveUntil == null || publication.LiveUntil > publication.LiveFrom)
            join mention in db.Mentions
                on new { publication.ArticleId, publication.Revision } equals new { mention.ArticleId, mention.Revision }
            join topic in db.Set<Topic>() on mention.ConceptId equals topic.Id
            group mention.ArticleId by new
            {
                topic.Id,
                topic.Slug,
                topic.Name,
            } into used
            orderby used.Distinct().Count() descending, used.Key.Name
            select new TopicOfTheWeek(new ConceptLink(used.Key.Id, used.Key.Slug, used.Key.Name), used.Distinct().Count())
        )
            .Take(MostTopics)
            .ToListAsync(cancellation);

        DeskSectionResponse Section(DeskSection section)
        {
            var entries = desk.FindAll(entry => entry.Section == section);
            return new(entries.Count == 0 ? 0 : entries[0].Total, [.. entries.Select(entry => articles[entry.ArticleId])]);
        }

        var overview = new OverviewResponse(
            Section(DeskSection.Drafts),
            Section(DeskSection.Scheduled),
            Section(DeskSection.Live),
            Section(DeskSection.Expiring),
            Section(DeskSection.Withdrawn),
            topics
        );
        return new(overview, () => OverviewPage.Of(overview));
    }
}

/// <summary>The sections of the overview.</summary>
/// <param name="Drafts">Never live, and not scheduled; newest saved first.</param>
/// <param name="Scheduled">Going live; soonest first.</param>
/// <param name="Live">Live; newest first.</param>
/// <param name="Expiring">Live, and ending within seven days without a successor; soonest first.</param>
/// <param name="Withdrawn">Taken down for cause; newest first.</param>
/// <param name="Topics">The topics of articles that went live in the last seven days, most used first.</param>
public sealed record OverviewResponse(
    DeskSectionResponse Drafts,
    DeskSectionResponse Scheduled,
    DeskSectionResponse Live,
    DeskSectionResponse Expiring,
    DeskSectionResponse Withdrawn,
    IReadOnlyList<TopicOfTheWeek> Topics
);

/// <summary>A section of the overview.</summary>
/// <param name="Total">The total number.</param>
/// <param name="Items">The first ten.</param>
public sealed record DeskSectionResponse(int Total, IReadOnlyList<ArticleListItem> Items);

/// <summary>A topic and its usage.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Articles">The number of articles that went live in the last seven days and name it.</param>
public sealed record TopicOfTheWeek(ConceptLink Topic, int Articles);
