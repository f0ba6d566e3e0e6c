using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Http.Html;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.Overview;

/// <summary>The overview of a desk as a page.</summary>
internal static class OverviewPage
{
    public static HtmlPage Of(OverviewResponse overview) =>
        new(
            "Overview",
            Markup.Of(
                $"""
                <h1>Overview</h1>
                {Section("Drafts", overview.Drafts)}
                {Section("Scheduled", overview.Scheduled)}
                {Section("Live", overview.Live)}
                {Section("Expiring", overview.Expiring)}
                {Section("Withdrawn", overview.Withdrawn)}
                <section>
                <h2>Topics of the week</h2>
                <ul>{Markup.Join(overview.Topics.Select(Topic))}</ul>
                </section>
                """
            )
        );

    private static Markup Section(string title, DeskSectionResponse section) =>
        Markup.Of(
            $"""
            <section>
            <h2>{title}: {section.Total}</h2>
            <ol>{Markup.Join(section.Items.Select(Item))}</ol>
            </section>
            """
        );

    private static Markup Item(ArticleListItem article) =>
        Markup.Of(
            $"""
            <li><strong lang="{article.Language}" dir="auto">{article.Headline}</strong>
            <br><span class="meta"><code>{article.Slug}</code>, revision {article.Revision},
            saved {Markup.Of(article.SavedAt)} by {article.SavedBy}{Next(article.Next)}</span></li>

            """
        );

    private static Markup Topic(TopicOfTheWeek used) => Markup.Of($"<li>{used.Topic.Name}: {used.Articles}</li>");

    private static Markup Next(Boundary? next) =>
        next switch
        {
            null => Markup.None,
            { Event: BoundaryEvent.GoesLive } => Markup.Of($"; revision {next.Revision} goes live {Markup.Of(next.At)}"),
            { Event: BoundaryEvent.Expires } => Markup.Of($"; revision {next.Revision} expires {Markup.Of(next.At)}"),
            _ => throw new ArgumentOutOfRangeException(nameof(next), next.Event, null),
        };
}
