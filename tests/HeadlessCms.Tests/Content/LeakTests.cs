using System.Net;
using HeadlessCms.Core.Storage;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Content;

public sealed class LeakTests(PublicNewsroom newsroom) : IClassFixture<PublicNewsroom>
{
    private const string Canary = "canary";

    [Fact]
    public async Task What_is_not_live_is_in_no_anonymous_answer_header_count_list_or_error()
    {
        var editor = newsroom.Admin;
        async Task<string> ConceptAsync(string kinds) =>
            await editor.ConceptAsync(
                kinds,
                new
                {
                    name = $"{Canary} {kinds}",
                    aliases = new[] { Canary },
                    description = Canary,
                }
            );
        var hidden = new
        {
            person = await ConceptAsync("people"),
            place = await ConceptAsync("places"),
            topic = await ConceptAsync("topics"),
        };
        object Content(string what) =>
            new
            {
                headline = $"{Canary} {what}",
                standfirst = Canary,
                body = new { format = "text", content = Canary },
                byline = Canary,
                externalId = $"{Canary}:{what}",
                note = Canary,
                authors = new[] { hidden.person },
                people = new[] { new { hidden.person, role = Canary } },
                places = new[] { new { hidden.place } },
                topics = new[] { new { hidden.topic } },
                dateline = new { hidden.place, source = Canary },
            };

        var draft = await editor.ArticleAsync(Content("draft"));
        var scheduled = await editor.ArticleAsync(Content("scheduled"));
        await editor.PublishAsync(scheduled, new { liveFrom = "2999-01-01T00:00:00Z" });
        var shown = await editor.ArticleAsync(new { headline = "Shown", slug = "shown" }, publish: true);
        (await editor.PutAsync($"/editorial/v1/articles/{shown}", Content("ahead"), "\"r1\"")).Expect(HttpStatusCode.OK);
        (await editor.PatchAsync($"/editorial/v1/articles/{shown}", new { slug = $"{Canary}-new-slug" }, "\"r2\"")).Expect(
            HttpStatusCode.OK
        );

        (
            await editor.SendAsync(HttpMethod.Put, $"/editorial/v1/articles/{shown}/autosave", new { headline = $"{Canary} not saved" })
        ).Expect(HttpStatusCode.OK);

        // An article that was once live keeps its concepts visible, so these articles name no hidden ones.
        var unpublished = await editor.ArticleAsync(new { headline = $"{Canary} unpublished" }, publish: true);
        (await editor.PostAsync($"/editorial/v1/articles/{unpublished}/unpublish")).Expect(HttpStatusCode.OK);
        var trashed = await editor.ArticleAsync(new { headline = $"{Canary} trashed" }, publish: true);
        (await editor.DeleteAsync($"/editorial/v1/articles/{trashed}", "\"r1\"")).Expect(HttpStatusCode.NoContent);

        string[] slugs = [draft, scheduled, unpublished, trashed];
        var ids = await Task.WhenAll(
            slugs.Select(async slug => (await editor.ReadAsync($"/editorial/v1/articles/{slug}")).Json["id"]!.GetValue<string>())
        );
        string[] articles = [.. slugs.Concat(ids).Append($"{Canary}-new-slug").Select(name => $"/content/v1/articles/{name}")];
        string[] concepts =
        [
            $"/content/v1/people/{hidden.person}",
            $"/content/v1/places/{hidden.place}",
            $"/content/v1/topics/{hidden.topic}",
        ];
        var hiddenFeeds = concepts
            .Select(concept => $"{concept.Replace("/content/v1", "/feeds", StringComparison.Ordinal)}.ninjs")
            .Concat(articles.Select(article => $"{article.Replace("/content/v1", "/feeds", StringComparison.Ordinal)}.ninjs"));
        foreach (var path in articles.Concat(concepts).Concat(concepts.Select(concept => $"{concept}/articles")).Concat(hiddenFeeds))
        {
            var answer = await newsroom.Anyone.ReadAsync(path);
            Assert.Equal("notFound", answer.Problem(HttpStatusCode.NotFound));
            NoCanary(path, answer);
        }

        string[] lists =
        [
            "/content/v1/articles?count=true&limit=100",
            "/content/v1/articles?facets=topics,people,places,language&fields=bodyHtml,headline,people,authors",
            "/content/v1/people?count=true",
            "/content/v1/places?count=true",
            "/content/v1/topics?count=true",
            $"/content/v1/articles/{shown}",
            $"/content/v1/articles?count=true&person={hidden.person}",
            $"/content/v1/articles?count=true&author={hidden.person}",
            $"/content/v1/articles?count=true&place={hidden.place}",
            $"/content/v1/articles?count=true&topic={hidden.topic}",
            $"/content/v1/articles/{shown}/related",
            "/openapi/content.json",
            "/openapi/feeds.json",
            "/health/ready",
        ];
        string[] feeds =
        [
            .. new[] { "rss", "atom", "json", "ninjs" }.SelectMany(type =>
                new[] { $"/feeds/articles.{type}?limit=100", $"/feeds/articles.{type}?person={hidden.person}" }
            ),
            "/feeds/opml",
            "/sitemap.xml",
            "/sitemaps/articles.xml",
            "/sitemap-news.xml",
        ];
        foreach (var path in lists.Concat(feeds))
        {
            var answer = await newsroom.Anyone.ReadAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            NoCanary(path, answer);
            if (path.Contains("count=true", StringComparison.Ordinal))
                Assert.Equal(
                    path.StartsWith("/content/v1/articles?count=true&limit", StringComparison.Ordinal) ? 1 : 0,
                    answer.Json["total"]!.GetValue<int>()
                );
        }

        foreach (var sort in new[] { "", "&sort=relevance" })
            Assert.Equal(
                0,
                (await newsroom.Anyone.ReadAsync($"/content/v1/articles?q={Canary}&count=true{sort}")).Json["total"]!.GetValue<int>()
            );
        var found = (await newsroom.Anyone.ReadAsync($"/content/v1/search?q={Canary}&count=true")).Expect(HttpStatusCode.OK);
        Assert.Equal((0, 0, 0), (found["items"]!.AsArray().Count, found["concepts"]!.AsArray().Count, found["total"]!.GetValue<int>()));
        Assert.Empty(
            (await newsroom.Anyone.ReadAsync($"/content/v1/suggest?q={Canary[..4]}")).Expect(HttpStatusCode.OK)["items"]!.AsArray()
        );
        Assert.Equal("shown", (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{shown}")).Json["slug"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("select * from articles")]
    [InlineData("select * from revisions")]
    [InlineData("select * from revision_contents")]
    [InlineData("select * from working_copies")]
    [InlineData("select * from publications")]
    [InlineData("select * from mentions")]
    [InlineData("select * from concepts")]
    [InlineData("select * from api_keys")]
    [InlineData("select * from changes")]
    [InlineData("select * from visible_concepts")]
    [InlineData("select * from withdrawals")]
    [InlineData("select * from audit_entries")]
    [InlineData("select * from idempotency_records")]
    [InlineData("select * from autosaves")]
    [InlineData("select * from suggestion_refusals")]
    [InlineData("select * from signing_keys")]
    [InlineData("select * from preview_tokens")]
    [InlineData("select * from live_publications")]
    [InlineData("select * from websub_pings")]
    [InlineData("select * from cdn_purges")]
    [InlineData("select * from cdn_targets")]
    [InlineData("select * from touched_feeds")]
    [InlineData("select * from publication_texts")]
    [InlineData("select * from working_copy_texts")]
    [InlineData("select * from working_copy_matches('draft')")]
    [InlineData("select * from concept_names")]
    [InlineData("select * from story_counts")]
    public async Task Postgres_itself_refuses_the_read_sides_role_all_but_the_live_views(string sql)
    {
        await using var source = NpgsqlDataSource.Create(StorageOptions.ForLive(newsroom.ConnectionString, withRole: true));

        await using (var allowed = source.CreateCommand("select count(*) from live.articles"))
            await allowed.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        await using var refused = source.CreateCommand(sql);
        var error = await Assert.ThrowsAsync<PostgresException>(() => refused.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }

    [Fact]
    public async Task The_read_side_enters_with_that_role_and_can_write_nothing()
    {
        await using var source = NpgsqlDataSource.Create(
            newsroom.Service<HeadlessCms.Api.Hosting.Storage.Database>().Live.ConnectionString
                + ";Password="
                + new NpgsqlConnectionStringBuilder(newsroom.ConnectionString).Password
        );
        await using var command = source.CreateCommand("select current_user || ' ' || current_setting('transaction_read_only')");

        Assert.Equal("cms_live on", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private static void NoCanary(string path, Answer answer)
    {
        // Links and tags of the response may contain the parameters of the request.
        var parameters = path.Contains('?', StringComparison.Ordinal) ? path.Split('?')[1].Split('&') : [];
        Assert.False(Said(answer.Text).Contains(Canary, StringComparison.OrdinalIgnoreCase), $"{path}: {answer.Text}");
        Assert.DoesNotContain(answer.Headers.Concat(answer.ContentHeaders).SelectMany(header => header.Value), value =>
            Said(value).Contains(Canary, StringComparison.OrdinalIgnoreCase)
        );
        string Said(string text) =>
            parameters.Aggregate(text, (rest, parameter) =>
                rest.Replace(parameter, "", StringComparison.Ordinal).Replace($":{parameter.Split('=')[^1]}", "", StringComparison.Ordinal)
            );
    }
}
