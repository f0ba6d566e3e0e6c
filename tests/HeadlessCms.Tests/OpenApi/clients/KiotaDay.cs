#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using HeadlessCms.Clients.Content;
using HeadlessCms.Clients.Content.Models;
using HeadlessCms.Clients.Editorial;
using HeadlessCms.Clients.Editorial.Models;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;
using EditorialModels = HeadlessCms.Clients.Editorial.Models;

/// <summary>A day's work of a program with the clients that Kiota generated. It is compiled while a test runs.</summary>
public static class KiotaDay
{
    /// <summary>Returns what it saw as JSON.</summary>
    public static async Task<string> RunAsync(string address, string key)
    {
        using var editors = new HttpClientRequestAdapter(new BaseBearerTokenAuthenticationProvider(new Key(key))) { BaseUrl = address };
        using var readers = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider()) { BaseUrl = address };
        var (editorial, content) = (new EditorialClient(editors).Editorial.V1, new ContentClient(readers).Content.V1);

        var person = await editorial.People.PostAsync(new PersonRequest { Name = "Omar Haddad", Title = "Harbour master" });
        var topic = await editorial.Topics.PostAsync(new TopicRequest { Name = "Ferries" });
        var draft = await editorial.Articles.PostAsync(
            new ArticleRequest
            {
                Headline = "Ferry to sail on Sundays",
                Body = new BodyRequest { Format = BodyFormat.Markdown, Content = "The first sails **at nine**." },
                People =
                [
                    new PersonMentionRequest
                    {
                        Person = person!.Slug,
                        Relation = EditorialModels.Relation.About,
                        Role = "Harbour master",
                    },
                ],
                Topics = [new TopicMentionRequest { Topic = topic!.Slug, Relation = EditorialModels.Relation.About }],
            },
            request => request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString())
        );

        // Two editors save at once: the second gets the current state, and builds on it.
        var article = editorial.Articles[draft!.Slug!];
        var read = new HeadersInspectionHandlerOption { InspectResponseHeaders = true };
        await article.GetAsync(request => request.Options.Add(read));
        var first = read.ResponseHeaders["ETag"].Single();
        var corrected = await article.PatchAsync(new ArticlePatch { Standfirst = "Until October." }, request =>
            request.Headers.Add("If-Match", first)
        );
        var byline = new ArticlePatch { Byline = "By Jane Doe" };
        var stale = await RefusedAsync(() => article.PatchAsync(byline, request => request.Headers.Add("If-Match", first)));
        var signed = await article.PatchAsync(byline, request => request.Headers.Add("If-Match", stale.Current!.Etag!));
        var invalid = await RefusedAsync(() =>
            editorial.Articles.PostAsync(new ArticleRequest { Headline = "", Language = "english language" })
        );

        var start = await content.Changes.GetAsync(request => request.QueryParameters.Since = "latest");
        var published = await article.Publications.PostAsync(new PublicationRequest());
        var live = await content.Articles[draft.Slug!].GetAsync();
        var list = await content.Articles.GetAsync(request =>
        {
            request.QueryParameters.Person = [person.Slug!];
            request.QueryParameters.Topic = [topic.Slug!];
            request.QueryParameters.RelationAsRelation = HeadlessCms.Clients.Content.Models.Relation.About;
            request.QueryParameters.SortAsArticleListSort = ArticleListSort.Minus_publishedAt;
            request.QueryParameters.FacetsAsArticleFacet = [ArticleFacet.People];
            request.QueryParameters.Count = true;
        });
        var found = await content.Search.GetAsync(request => request.QueryParameters.Q = "ferry");

        var changes = new List<Change>();
        var page = start!;
        do
        {
            page = (
                await content.Changes.GetAsync(request =>
                    (request.QueryParameters.Since, request.QueryParameters.Limit) = (page.NextCursor, 1)
                )
            )!;
            changes.AddRange(page.Items!);
        } while (page.More == true);

        return JsonSerializer.Serialize(
            new
            {
                saved = new[] { draft.Revision, corrected!.Revision, signed!.Revision },
                stale = ProblemOf(stale),
                invalid = ProblemOf(invalid),
                liveRevision = published!.Revision,
                headline = live!.Headline,
                standfirst = live.Standfirst,
                bodyHtml = live.BodyHtml,
                people = live.People!.Select(mention => $"{mention.Name}, {mention.Role}"),
                list = list!.Items!.Select(item => item.Slug),
                total = list.Total,
                facet = list.Facets!.People!.Select(one => $"{one.Name}: {one.Count}"),
                found = found!.Items!.Select(item => item.Highlights!.Headline),
                changes = changes.Select(change => $"{change.Event} {change.Href}"),
            }
        );
    }

    private static async Task<EditorialModels.Problem> RefusedAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (EditorialModels.Problem problem)
        {
            return problem;
        }

        throw new InvalidOperationException("The request was not refused.");
    }

    private static object ProblemOf(EditorialModels.Problem problem) =>
        new { type = problem.Type.ToString(), errors = problem.Errors?.Select(error => $"{error.Pointer}: {error.Code}") };

    private sealed class Key(string key) : IAccessTokenProvider
    {
        public AllowedHostsValidator AllowedHostsValidator { get; } = new();

        public Task<string> GetAuthorizationTokenAsync(
            Uri uri,
            Dictionary<string, object>? additionalAuthenticationContext = null,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(key);
    }
}
