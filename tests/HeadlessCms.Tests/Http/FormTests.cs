using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Tests.Harness;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Tests.Http;

public sealed class FormTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/editorial/v1/articles";

    public static TheoryData<string> Kinds => [.. ConceptKindNames.All.Select(kind => kind.Plural)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_story_sent_as_a_form_is_the_story_sent_as_json_in_every_member(bool isUrlEncoded)
    {
        var (json, form) = (await StoryAsync(), await StoryAsync());
        var members = newsroom.Service<IOptions<JsonOptions>>().Value.SerializerOptions.GetTypeInfo(typeof(ArticleRequest)).Properties;
        Assert.Equal(members.Select(member => member.Name), json.Select(member => member.Key));

        var asJson = (await newsroom.Admin.PostAsync(Articles, json)).Expect(HttpStatusCode.Created);
        var asForm = (await newsroom.Admin.SendFormAsync(HttpMethod.Post, Articles, Forms.Of(form), isUrlEncoded: isUrlEncoded)).Expect(
            HttpStatusCode.Created
        );

        Assert.Equal(form["slug"]!.GetValue<string>(), asForm["slug"]!.GetValue<string>());
        foreach (var (sent, saved) in new[] { (json, asJson), (form, asForm) })
            Assert.Equal(
                (Text(sent["isTranslationOf"]), 1),
                (Text(saved["isTranslationOf"]!["slug"]), saved["isTranslationOf"]!["revision"]!.GetValue<int>())
            );
        Assert.Equal(Content(asJson), Content(asForm));
    }

    [Fact]
    public async Task A_text_of_600_words_with_quotes_crlf_and_lists_is_pasted_as_it_is()
    {
        var paragraph = "\"We're 100% sure\", he said; see <https://a.example/?b=c&d=e> & 'the rest' – {\"not\": [\"json\"]} ".PadRight(99);
        var text = string.Join("\r\n\r\n", Enumerable.Range(0, 60).Select(_ => $"{paragraph}\r\n\r\n- one\r\n- two\r\n  1. three"));

        var saved = (await newsroom.Admin.SendFormAsync(HttpMethod.Post, Articles, [("headline", "Pasted"), ("body", text)])).Expect(
            HttpStatusCode.Created
        );

        Assert.Equal("markdown", saved["body"]!["format"]!.GetValue<string>());
        Assert.Equal(text.Replace("\r\n", "\n", StringComparison.Ordinal), saved["body"]!["content"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_item_is_a_slug_or_its_json()
    {
        var person = await newsroom.Admin.ConceptAsync("people", new { name = "Taro Aso" });
        var other = await newsroom.Admin.ConceptAsync("people", new { name = "Hanako Aso" });

        var saved = (
            await newsroom.Admin.PostFormAsync(
                Articles,
                $$"""headline=Items&people={{person}}&people= {"person":"{{other}}","relation":"about","role":"Minister"}&people="""
            )
        ).Expect(HttpStatusCode.Created);

        Assert.Equal(
            [(person, "mentions", null), (other, "about", "Minister")],
            saved["people"]!.AsArray().Select(item => (Text(item!["slug"])!, Text(item["relation"])!, Text(item["role"])))
        );
    }

    [Fact]
    public async Task A_put_takes_an_empty_field_as_missing_and_a_patch_empties_it()
    {
        var person = await newsroom.Admin.ConceptAsync("people", new { name = "Patched Author" });
        var slug = await newsroom.Admin.ArticleAsync(
            new
            {
                headline = "Patched",
                standfirst = "Stays",
                byline = "Goes",
                body = new { format = "html", content = "<p>Text</p>" },
                leadImage = new
                {
                    url = "https://a.example/a.jpg",
                    alt = "Goes",
                    credit = "Stays",
                },
                dateline = new { source = "Wire" },
                authors = new[] { person },
                people = new[] { new { person } },
            }
        );
        var path = $"{Articles}/{slug}";

        var patched = (await newsroom.Admin.PatchFormAsync(path, "byline=&leadImageAlt=&people=&body=<p>New</p>", "\"r1\"")).Expect(
            HttpStatusCode.OK
        );
        Assert.Equal(("Patched", "Stays", null), (Text(patched["headline"]), Text(patched["standfirst"]), Text(patched["byline"])));
        Assert.Equal(("html", "<p>New</p>"), (Text(patched["body"]!["format"]), Text(patched["body"]!["content"])));
        Assert.Equal((null, "Stays"), (Text(patched["leadImage"]!["alt"]), Text(patched["leadImage"]!["credit"])));
        Assert.Empty(patched["people"]!.AsArray());
        Assert.Single(patched["authors"]!.AsArray());

        var emptied = (
            await newsroom.Admin.PatchFormAsync(path, "body=&bodyFormat=&leadImageUrl=&leadImageCredit=&datelineSource=", "\"r2\"")
        ).Expect(HttpStatusCode.OK);
        Assert.Equal((null, null), (emptied["body"], emptied["leadImage"]));
        Assert.Null(emptied["dateline"]);
        Assert.Equal("Stays", Text(emptied["standfirst"]));

        var replaced = (
            await newsroom.Admin.SendFormAsync(HttpMethod.Put, path, Forms.Of("headline=Put&standfirst=&body=&authors="), "\"r3\"")
        ).Expect(HttpStatusCode.OK);
        Assert.Equal(("Put", null), (Text(replaced["headline"]), Text(replaced["standfirst"])));
        Assert.Equal(
            ["/headline: required"],
            (await newsroom.Admin.PatchFormAsync(path, "headline=", "\"r4\"")).Errors((HttpStatusCode)422)
        );
    }

    [Theory]
    [InlineData("headline=x&standfrist=y", "/standfrist: unknownMember")]
    [InlineData("headline=x&standfrist=", "/standfrist: unknownMember")]
    [InlineData("headline=x&dateline={}", "/dateline: unknownMember")]
    [InlineData("headline=a&headline=b", "/headline: duplicateMember")]
    [InlineData("headline=x&leadImageUrl=https://a.example/a&leadImageUrl=https://a.example/b", "/leadImage/url: duplicateMember")]
    [InlineData("headline=x&people={", "/people/0: malformed")]
    [InlineData("headline=x&people=a&people={} {}", "/people/1: malformed")]
    [InlineData("headline=x&people={\"person\":\"y\",\"age\":1}", "/people/0/age: unknownMember")]
    [InlineData("headline=x&people={\"person\":7}", "/people/0/person: wrongType")]
    [InlineData("headline=x&people={\"person\":[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]}", "/people/0: malformed")]
    [InlineData("headline=a\0b", "/headline: nul")]
    [InlineData("=x&headline=y", "/: unknownMember")]
    public async Task A_form_that_cannot_be_read_is_refused_with_pointers_of_the_json(string fields, string error) =>
        Assert.Equal(error, (await newsroom.Admin.PostFormAsync(Articles, fields)).Errors(HttpStatusCode.BadRequest)[0]);

    [Theory]
    [InlineData("headline=", "/headline: required")]
    [InlineData("headline=x&embargoUntil=tomorrow", "/embargoUntil: invalidInstant")]
    [InlineData("headline=x&body=y&bodyFormat=Html", "/body/format: unknownValue")]
    [InlineData("headline=x&people=nobody-at-all", "/people/0/person: unknown")]
    [InlineData("headline=x&leadImageUrl=http://a.example/a.jpg", "/leadImage/url: invalidForm")]
    [InlineData("headline=a\u0001b", "/headline: controlCharacter")]
    public async Task A_value_that_is_not_valid_is_refused_as_in_json(string fields, string error) =>
        Assert.Equal(error, (await newsroom.Admin.PostFormAsync(Articles, fields)).Errors(HttpStatusCode.UnprocessableEntity)[0]);

    [Theory]
    [InlineData("name=x&latitude=north", "/latitude: wrongType")]
    [InlineData("name=x&latitude=1e1", "/latitude: wrongType")]
    [InlineData("name=x&public=yes", "/public: wrongType")]
    [InlineData("name=x&labels=ja", "/labels: malformed")]
    [InlineData("name=x&labels=7", "/labels: wrongType")]
    [InlineData("name=x&labels={\"ja\":\"a\"}&labels={\"ja\":\"b\"}", "/labels/ja: duplicateMember")]
    public async Task A_text_that_is_no_value_of_its_member_is_refused(string fields, string error) =>
        Assert.Equal([error], (await newsroom.Admin.PostFormAsync("/editorial/v1/places", fields)).Errors(HttpStatusCode.BadRequest));

    [Fact]
    public async Task An_unknown_field_is_told_the_nearest_field()
    {
        var refused = await newsroom.Admin.PostFormAsync(Articles, "headline=x&lead_image_url=y&standfrist=z&genre=a&genre=b");

        Assert.Equal(
            [("/genre", null), ("/lead_image_url", "leadImageUrl"), ("/standfrist", "standfirst")],
            refused.Expect(HttpStatusCode.BadRequest)["errors"]!
                .AsArray()
                .Select(error => (Text(error!["pointer"]), Text(error["didYouMean"])))
        );
    }

    [Fact]
    public async Task A_file_is_refused()
    {
        using var form = Forms.Parts([("headline", "x")]);
        form.Add(new ByteArrayContent([0xFF, 0xD8]), "leadImageUrl", "a.jpg");
        using var request = new HttpRequestMessage(HttpMethod.Post, Articles) { Content = form };

        Assert.Equal(["/leadImage/url: wrongType"], (await newsroom.Admin.AnswerAsync(request)).Errors(HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"headline\"\r\n\r\n\xFF\r\n--b--\r\n")]
    [InlineData("application/x-www-form-urlencoded", "headline=\xFF")]
    [InlineData("application/x-www-form-urlencoded", "headline=%FF")]
    public async Task A_text_that_is_not_utf_8_is_refused(string type, string body) =>
        Assert.Equal(
            ["/headline: invalidText"],
            (await newsroom.Admin.PostFormAsync(Articles, Encoding.Latin1.GetBytes(body), type)).Errors(HttpStatusCode.BadRequest)
        );

    [Fact]
    public async Task A_form_of_a_browser_without_fields_is_read() =>
        Assert.Equal(
            ["/headline: required"],
            (await newsroom.Admin.PostFormAsync(Articles, "--b--\r\n"u8.ToArray(), "multipart/form-data; boundary=b")).Errors(
                HttpStatusCode.UnprocessableEntity
            )
        );

    [Theory]
    [InlineData("multipart/form-data", "")]
    [InlineData("multipart/form-data; boundary=b", "")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"headline\"\r\n\r\nx")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nnonsense\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "{\"headline\":\"x\"}")]
    public async Task A_body_that_is_no_form_is_refused(string type, string body) =>
        Assert.Equal(
            [": malformed"],
            (await newsroom.Admin.PostFormAsync(Articles, Encoding.UTF8.GetBytes(body), type)).Errors(HttpStatusCode.BadRequest)
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_has_at_most_one_mebibyte_and_2000_fields(bool isUrlEncoded)
    {
        async Task<Answer> PostAsync(params IEnumerable<(string, string)> fields) =>
            await newsroom.Admin.SendFormAsync(HttpMethod.Post, Articles, fields, isUrlEncoded: isUrlEncoded);

        Assert.Equal(
            "tooLarge",
            (await PostAsync(("headline", "x"), ("body", new string('a', 1_048_600)))).Problem(HttpStatusCode.RequestEntityTooLarge)
        );
        var many = isUrlEncoded ? 20_000 : 8_000; // within a mebibyte
        Assert.Equal(
            [": tooMany"],
            (await PostAsync(Enumerable.Range(0, many).Select(number => ($"f{number}", "")))).Errors(HttpStatusCode.BadRequest)
        );
        Assert.Equal([": tooMany"], (await PostAsync(Enumerable.Repeat(("authors", ""), 2_001))).Errors(HttpStatusCode.BadRequest));
        (await PostAsync([("headline", "x"), .. Enumerable.Repeat(("authors", ""), 1_999)])).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_form_with_an_idempotency_key_is_saved_once()
    {
        var fields = Forms.Of("headline=Once&body=Text");
        var first = await newsroom.Admin.SendFormAsync(HttpMethod.Post, Articles, fields, idempotencyKey: "form-1");
        // Another boundary makes no other request.
        var again = await newsroom.Admin.SendFormAsync(HttpMethod.Post, Articles, fields, idempotencyKey: "form-1");
        var other = await newsroom.Admin.SendFormAsync(HttpMethod.Post, Articles, Forms.Of("headline=Twice"), idempotencyKey: "form-1");

        Assert.Equal(first.Expect(HttpStatusCode.Created).ToJsonString(), again.Expect(HttpStatusCode.Created).ToJsonString());
        Assert.Equal("idempotencyKeyReused", other.Problem(HttpStatusCode.UnprocessableEntity));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_concept_of_each_kind_is_created_saved_patched_and_merged_by_forms(string kinds)
    {
        var path = $"/editorial/v1/{kinds}";
        var made = await newsroom.Admin.PostFormAsync(
            path,
            "name=Formed&aliases=One&aliases=Two, three&labels={\"ja\":\"一\"}&labels={\"tg\":\"як\"}&imageUrl=https://a.example/a.jpg"
                + "&imageAlt=&sameAs=https://www.wikidata.org/wiki/Q1&public=true"
        );
        var concept = made.Expect(HttpStatusCode.Created);
        Assert.Equal(["One", "Two, three"], concept["aliases"]!.AsArray().Select(Text));
        Assert.Equal(("一", "як"), (Text(concept["labels"]!["ja"]), Text(concept["labels"]!["tg"])));
        Assert.Equal("https://a.example/a.jpg", Text(concept["image"]!["url"]));
        Assert.Equal("https://www.wikidata.org/wiki/Q1", Text(concept["sameAs"]![0]));

        var slug = Text(concept["slug"])!;
        var patched = await newsroom.Admin.PatchFormAsync($"{path}/{slug}", "aliases=&imageUrl=&description=New", made.Tag);
        Assert.Empty(patched.Expect(HttpStatusCode.OK)["aliases"]!.AsArray());
        Assert.Null(patched.Json["image"]);
        Assert.Equal(("一", "New"), (Text(patched.Json["labels"]!["ja"]), Text(patched.Json["description"])));

        var saved = await newsroom.Admin.SendFormAsync(HttpMethod.Put, $"{path}/{slug}", Forms.Of("name=Saved&public=true"), patched.Tag);
        Assert.Null(saved.Expect(HttpStatusCode.OK)["description"]);

        var target = await newsroom.Admin.ConceptAsync(kinds, new { name = "Target" });
        var merged = await newsroom.Admin.PostFormAsync($"{path}/{slug}/merge", $"into={target}");
        Assert.Equal(target, Text(merged.Expect(HttpStatusCode.OK)["slug"]));
    }

    [Fact]
    public async Task A_story_is_published_unpublished_and_withdrawn_by_forms()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Published by forms" });
        var path = $"{Articles}/{slug}";

        var published = (
            await newsroom.Admin.PostFormAsync(
                $"{path}/publications",
                "revision=1&liveFrom=2001-02-03T04:05:06Z&liveUntil=&keepScheduled=false&correctionKind=update&correctionText=Note"
            )
        ).Expect(HttpStatusCode.Created);
        Assert.Equal("2001-02-03T04:05:06Z", Text(published["liveFrom"]));
        Assert.Equal(("update", "Note"), (Text(published["correction"]!["kind"]), Text(published["correction"]!["text"])));

        (await newsroom.Admin.PostFormAsync($"{path}/unpublish", "at=")).Expect(HttpStatusCode.OK);
        (await newsroom.Admin.PostFormAsync($"{path}/withdraw", "reason=Wrong")).Expect(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Gone, await newsroom.Anyone.LiveStatusAsync(slug));
    }

    [Fact]
    public async Task A_key_a_preview_and_a_webhook_are_made_by_forms()
    {
        var key = (
            await newsroom.Admin.PostFormAsync(
                "/editorial/v1/keys",
                "name=form-partner&role=reader&feedsLanguages=en&feedsLanguages=tg&feedsFormats=rss&requestsPerMinute=60"
            )
        ).Expect(HttpStatusCode.Created)["details"]!;
        Assert.Equal(["en", "tg"], key["feeds"]!["languages"]!.AsArray().Select(Text));
        Assert.Equal(60, key["requestsPerMinute"]!.GetValue<int>());

        var preview = await newsroom.Admin.PostFormAsync("/editorial/v1/previews", "asOf=2030-01-01T06:00:00Z&expiresIn=60");
        Assert.Equal("2030-01-01T06:00:00Z", Text(preview.Expect(HttpStatusCode.Created)["asOf"]));

        var made = await newsroom.Admin.PostFormAsync(
            "/editorial/v1/webhooks",
            "name=form-hook&url=https://hooks.example.com/a&events=article.published&events=article.updated&enabled=false"
        );
        var hook = made.Expect(HttpStatusCode.Created)["details"]!;
        Assert.Equal(["article.published", "article.updated"], hook["events"]!.AsArray().Select(Text));
        Assert.False(hook["enabled"]!.GetValue<bool>());
        var patched = await newsroom.Admin.PatchFormAsync(
            "/editorial/v1/webhooks/form-hook",
            "languages=en&events=article.updated",
            made.Tag
        );
        Assert.Equal(["article.updated"], patched.Expect(HttpStatusCode.OK)["events"]!.AsArray().Select(Text));
    }

    [Fact]
    public void Every_json_body_of_the_editorial_api_is_documented_as_a_form_first()
    {
        var editorial = newsroom.Documents.Single(document => document.Name == "editorial");
        foreach (var operation in editorial.Operations.Where(operation => operation.RequestBody is not null))
        {
            var content = operation.RequestBody!.Value.GetProperty("content").EnumerateObject().ToList();
            if (content is [{ Name: "application/x-ndjson" or "application/octet-stream" }] || operation.Id == "storeAutosave")
                continue; // lines, files of other systems, and what a program keeps as it is
            Assert.Equal("multipart/form-data", content[0].Name);
            Assert.EndsWith("json", content[1].Name, StringComparison.Ordinal);
            Assert.Equal(operation.Id == "parseReport" ? ["text/plain", "text/html"] : [], content.Skip(2).Select(media => media.Name));
            var form = editorial.Follow(content[0].Value.GetProperty("schema"));
            Assert.All(form.GetProperty("properties").EnumerateObject(), field =>
            {
                Assert.True(field.Value.TryGetProperty("description", out _), $"{operation.Id} {field.Name}");
                Assert.NotEqual("object", field.Value.GetProperty("type").GetString());
                var isList = field.Value.GetProperty("type").GetString() == "array";
                Assert.Equal(
                    isList,
                    content[0].Value.TryGetProperty("encoding", out var encoding) && encoding.TryGetProperty(field.Name, out _)
                );
            });
        }
    }

    [Fact]
    public void The_page_draws_long_texts_with_several_lines()
    {
        var editorial = newsroom.Documents.Single(document => document.Name == "editorial");
        var form = editorial.Schemas.Resolve("#/components/schemas/ArticleForm").GetProperty("properties");

        Assert.Equal(
            ["body", "leadImageAlt", "leadImageCaption", "note", "standfirst", "usageTerms"],
            form.EnumerateObject()
                .Where(field => field.Value.TryGetProperty("x-multiline", out _))
                .Select(field => field.Name)
                .Order(StringComparer.Ordinal)
        );
    }

    private static string? Text(JsonNode? value) => value?.GetValue<string>();

    // What differs between two stories that are the same.
    private static string Content(JsonNode article)
    {
        var content = article.AsObject();
        foreach (var member in new[] { "id", "slug", "externalId", "isTranslationOf", "createdAt", "savedAt" })
            Assert.True(content.Remove(member), member);
        return content.ToJsonString();
    }

    private async Task<JsonObject> StoryAsync()
    {
        var mentions = new JsonObject();
        foreach (var kind in ConceptKindNames.All.Where(kind => !kind.HasParts))
        {
            var (first, second) = (await ConceptAsync(kind, "First"), await ConceptAsync(kind, "Second"));
            mentions[kind.Plural] = new JsonArray(
                new JsonObject { [kind.Singular] = first, ["relation"] = "about" },
                new JsonObject { [kind.Singular] = second, ["relation"] = "mentions" }
            );
        }

        var (author, place, number) = (await ConceptAsync(ConceptKindNames.All[0], "Author"), "tokyo", Guid.CreateVersion7());
        await newsroom.Admin.PostAsync("/editorial/v1/places", new { name = "Tokyo", slug = place });
        var story = new JsonObject
        {
            ["headline"] = "A \"form\" & more: 100 % こんにちは",
            ["slug"] = $"form-{number}",
            ["standfirst"] = "First line\nSecond line",
            ["body"] = new JsonObject { ["format"] = "html", ["content"] = "<p>One</p>\n<ul><li>Two</li></ul>" },
            ["language"] = "en-GB",
            ["genre"] = "news",
            ["byline"] = "By A, B and C",
            ["authors"] = new JsonArray(author),
            ["dateline"] = new JsonObject { ["place"] = place, ["source"] = "true" },
            ["leadImage"] = new JsonObject
            {
                ["url"] = "https://a.example/a.jpg?b=c&d=e",
                ["alt"] = "{}",
                ["caption"] = "7",
                ["credit"] = "null",
            },
        };
        foreach (var (member, items) in mentions)
            story[member] = items!.DeepClone();
        story["series"] = new JsonObject { ["series"] = await ConceptAsync(ConceptKindNames.Series, "First"), ["part"] = 3 };
        story["embargoUntil"] = "2040-01-01T00:00:00Z";
        story["externalId"] = $"urn:uuid:{number}";
        story["access"] = "subscriber";
        story["sensitive"] = true;
        story["noIndex"] = true;
        story["noSyndication"] = true;
        story["urgency"] = 2;
        story["usageTerms"] = "Not for resale";
        story["copyrightHolder"] = "The Wire";
        story["aiUse"] = "assisted";
        story["reviewedBy"] = "Jane Doe";
        story["commentsUntil"] = "2041-01-01T00:00:00Z";
        story["note"] = "For colleagues";
        var original = await newsroom.Admin.ArticleAsync(new { headline = "Original of a form", language = "fr" });
        (await newsroom.Admin.PatchAsync($"{Articles}/{original}", new { genre = "news" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        story["isTranslationOf"] = original;
        story["translatesRevision"] = 1;
        return story;
    }

    private async Task<string> ConceptAsync(ConceptKindNames kind, string name)
    {
        var slug = $"form-{kind.Singular}-{name.ToLowerInvariant()}";
        var made = await newsroom.Admin.PostAsync($"/editorial/v1/{kind.Plural}", new { name, slug });
        Assert.True(made.Status is HttpStatusCode.Created or HttpStatusCode.Conflict, made.Text);
        return slug;
    }
}
