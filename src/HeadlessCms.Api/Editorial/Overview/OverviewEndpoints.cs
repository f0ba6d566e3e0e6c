using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Overview;

/// <summary><c>/editorial/v1/overview</c>: what a desk looks at in the morning.</summary>
internal static class OverviewEndpoints
{
    private const int MostTopics = 10;

    public static void MapOverview(this RouteGroupBuilder editorial) =>
        editorial.MapGroup("/overview").WithTags("Overview").MapRead("/", Read, "readOverview").For(Role.Reader);

    /// <summary>Reads what a desk looks at: drafts, what is scheduled next, what is live, what expires soon, what is withdrawn, and the topics of the week.</summary>
    /// <remarks>Each section has its first ten articles, and says how many there are in all.</remarks>
    private static async Task<Ok<OverviewResponse>> Read(NewsroomDbContext db, CancellationToken cancellation)
    {
        var desk = await db.Desk.OrderBy(entry => entry.Rank).ToListAsync(cancellation);
        Guid[] ids = [.. desk.Select(entry => entry.ArticleId)];
        var articles = await db
            .WorkingCopies.Where(row => ids.Contains(row.Id))
            .Select(ArticleProjections.Item)
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

        return TypedResults.Ok(
            new OverviewResponse(
                Section(DeskSection.Drafts),
                Section(DeskSection.Scheduled),
                Section(DeskSection.Live),
                Section(DeskSection.Expiring),
                Section(DeskSection.Withdrawn),
                topics
            )
        );
    }
}

/// <summary>What a desk looks at.</summary>
/// <param name="Drafts">Never live, and nothing planned; newest saved first.</param>
/// <param name="Scheduled">Going live; soonest first.</param>
/// <param name="Live">What readers see; newest first.</param>
/// <param name="Expiring">Live, and ending within seven days without anything in its place; soonest first.</param>
/// <param name="Withdrawn">Taken down for cause; newest first.</param>
/// <param name="Topics">The topics of what went live in the last seven days, most used first.</param>
public sealed record OverviewResponse(
    DeskSectionResponse Drafts,
    DeskSectionResponse Scheduled,
    DeskSectionResponse Live,
    DeskSectionResponse Expiring,
    DeskSectionResponse Withdrawn,
    IReadOnlyList<TopicOfTheWeek> Topics
);

/// <summary>A section of the overview.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="Items">The first ten.</param>
public sealed record DeskSectionResponse(int Total, IReadOnlyList<ArticleListItem> Items);

/// <summary>A topic and how much it was used.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Articles">How many articles that went live in the last seven days name it.</param>
public sealed record TopicOfTheWeek(ConceptLink Topic, int Articles);
