#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Tasks;
using HeadlessCms.Clients.Content;
using HeadlessCms.Clients.Editorial;
using Content = HeadlessCms.Clients.Content;
using Editorial = HeadlessCms.Clients.Editorial;

/// <summary>A day's work of a program with the clients that NSwag generated. It is compiled while a test runs.</summary>
public static class NSwagDay
{
    /// <summary>Returns what it saw as JSON.</summary>
    public static async Task<string> RunAsync(string address, string key)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var editorial = new EditorialClient(http) { BaseUrl = address };
        var content = new ContentClient(http) { BaseUrl = address };

        var person = await editorial.CreatePersonAsync(new PersonRequest { Name = "Ana Sousa", Title = "Lighthouse keeper" });
        var topic = await editorial.CreateTopicAsync(new TopicRequest { Name = "Lighthouses" });
        var draft = await editorial.CreateArticleAsync(
            new ArticleRequest
            {
                Headline = "Lighthouse to shine again",
                Body = new BodyRequest { Format = BodyFormat.Markdown, Content = "From **tonight** on." },
                People =
                [
                    new PersonMentionRequest
                    {
                        Person = person.Slug,
                        Relation = Editorial.Relation.About,
                        Role = "Keeper",
                    },
                ],
                Topics = [new TopicMentionRequest { Topic = topic.Slug, Relation = Editorial.Relation.About }],
            }
        );

        // It read another revision than the present one: the problem has the present entity tag.
        var standfirst = new ArticlePatch { Standfirst = "After ten years." };
        var stale = await RefusedAsync(() => editorial.PatchArticleAsync(draft.Slug, "\"other\"", standfirst));
        var corrected = await editorial.PatchArticleAsync(draft.Slug, stale.Current!.Etag, standfirst);
        var byline = new ArticlePatch { Byline = "By Jane Doe" };
        var again = await RefusedAsync(() => editorial.PatchArticleAsync(draft.Slug, stale.Current.Etag, byline));
        var signed = await editorial.PatchArticleAsync(draft.Slug, again.Current!.Etag, byline);
        var invalid = await RefusedAsync(() =>
            editorial.CreateArticleAsync(new ArticleRequest { Headline = "", Language = "english language" })
        );

        var since = (await content.ListChangesAsync(since: "latest")).NextCursor;
        var published = await editorial.PublishArticleAsync(draft.Slug, new PublicationRequest());
        var live = await content.ReadLiveArticleAsync(draft.Slug);
        var list = await content.ListLiveArticlesAsync(
            person: [person.Slug],
            topic: [topic.Slug],
            relation: Content.Relation.About,
            sort: ArticleListSort.MinuspublishedAt,
            facets: [ArticleFacet.People],
            count: true
        );
        var found = await content.SearchLiveContentAsync("lighthouse");

        var changes = new List<Change>();
        ChangePage page;
        do
        {
            page = await content.ListChangesAsync(since, limit: 1);
            changes.AddRange(page.Items);
            since = page.NextCursor;
        } while (page.More);

        return JsonSerializer.Serialize(
            new
            {
                saved = new[] { draft.Revision, corrected.Revision, signed.Revision },
                stale = ProblemOf(stale),
                invalid = ProblemOf(invalid),
                liveRevision = published.Revision,
                headline = live.Headline,
                standfirst = live.Standfirst,
                bodyHtml = live.BodyHtml,
                people = live.People.Select(mention => $"{mention.Name}, {mention.Role}"),
                list = list.Items.Select(item => item.Slug),
                total = list.Total,
                facet = list.Facets!.People!.Select(one => $"{one.Name}: {one.Count}"),
                found = found.Items.Select(item => item.Highlights.Headline),
                changes = changes.Select(change => $"{change.Event} {change.Href}"),
            }
        );
    }

    private static async Task<Editorial.Problem> RefusedAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Editorial.ApiException<Editorial.Problem> refused)
        {
            return refused.Result;
        }

        throw new InvalidOperationException("The request was not refused.");
    }

    private static object ProblemOf(Editorial.Problem problem) =>
        new { type = $"{problem.Type}", errors = problem.Errors?.Select(error => $"{error.Pointer}: {error.Code}") };
}
