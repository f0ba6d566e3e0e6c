using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary><c>POST /editorial/v1/articles/parse</c>: a report that is pasted as it is becomes an article.</summary>
public sealed class ReportTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Path = "/editorial/v1/articles/parse";

    private const string Report = """
        March 1, 2026

        Harbour of Port Harlow Reopens a Week After the Storm

        Ada Example

        Nordhaven, The Harbour Post: The harbour of Port Harlow reopened on Sunday, said Ada Example, its director.

        Two ships entered it before noon, and a third one waits outside for a pilot who is ill.

        “We are glad,” she said.
        """;

    private const string Html = """
        <h1>Le port rouvre une semaine après la tempête</h1>
        <p><img src="https://images.example.com/port.jpg" alt="Une grue"></p>
        <p><strong>NORDHAVEN, March 1 (Agence du Nord) —</strong> Le port a rouvert dimanche, a dit <a href="https://example.com/ada">sa
        directrice</a>. Les premiers navires sont arrivés avant midi.</p>
        <ul><li>deux navires</li><li>un remorqueur</li></ul>
        """;

    [Fact]
    public async Task A_pasted_text_is_what_a_save_takes_and_nothing_is_saved()
    {
        await newsroom.Admin.ConceptAsync("places", new { name = "Nordhaven" });

        var parsed = (await ParseAsync(Report, "text/plain")).Expect(HttpStatusCode.OK);
        var article = parsed["article"]!;

        Assert.Equal("2026-03-01", Text(parsed["date"]));
        Assert.Equal(("Ada Example", "Nordhaven"), (Text(parsed["caption"]), Text(parsed["datelinePlace"])));
        Assert.Null(parsed["saved"]);
        Assert.Equal("Harbour of Port Harlow Reopens a Week After the Storm", Text(article["headline"]));
        Assert.Equal(("nordhaven", "The Harbour Post"), (Text(article["dateline"]!["place"]), Text(article["dateline"]!["source"])));
        Assert.Equal("en", Text(article["language"]));
        Assert.Equal("Date of the report: 2026-03-01\nCaption: Ada Example", Text(article["note"]));
        Assert.Equal(
            "The harbour of Port Harlow reopened on Sunday, said Ada Example, its director.\n\n"
                + "Two ships entered it before noon, and a third one waits outside for a pilot who is ill.\n\n“We are glad,” she said.",
            Text(article["body"]!["content"])
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await newsroom.Admin.ReadAsync("/editorial/v1/articles/harbour-of-port-harlow-reopens-a-week-after-the-storm")).Status
        );

        var saved = (await newsroom.Admin.PostAsync("/editorial/v1/articles", article)).Expect(HttpStatusCode.Created);
        Assert.Equal("Nordhaven", Text(saved["dateline"]!["place"]!["name"]));
    }

    [Fact]
    public async Task With_save_a_draft_is_made_with_the_picture_and_the_place_of_the_dateline()
    {
        var answer = await newsroom.Admin.PostAsync(
            $"{Path}?save=true",
            new
            {
                text = Report
                    .Replace("Nordhaven", "EASTHAVEN", StringComparison.Ordinal)
                    .Replace("a Week", "a Month", StringComparison.Ordinal),
                leadImage = new { url = "https://images.example.com/port.jpg", credit = "A. Example" },
            }
        );
        var saved = answer.Expect(HttpStatusCode.Created)["saved"]!;

        Assert.Equal($"/editorial/v1/articles/{Text(saved["slug"])}", answer.Headers.Location!.ToString());
        Assert.Equal(("draft", 1), (Text(saved["status"]), saved["revision"]!.GetValue<int>()));
        Assert.Equal(("Ada Example", "A. Example"), (Text(saved["leadImage"]!["caption"]), Text(saved["leadImage"]!["credit"])));
        Assert.Equal("Easthaven", Text(saved["dateline"]!["place"]!["name"]));
        Assert.Equal("Date of the report: 2026-03-01", Text(saved["note"]));
        Assert.Empty(saved["people"]!.AsArray());
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await newsroom.Anyone.ReadAsync("/content/v1/places/easthaven")).Status // hidden until a story of it goes live
        );
    }

    [Fact]
    public async Task Html_keeps_its_links_and_lists_and_its_picture_and_language_are_found()
    {
        var parsed = (await ParseAsync(Html, "text/html; charset=utf-8")).Expect(HttpStatusCode.OK);
        var article = parsed["article"]!;

        Assert.Equal("Le port rouvre une semaine après la tempête", Text(article["headline"]));
        Assert.Equal("fr", Text(article["language"]));
        Assert.Equal("Agence du Nord", Text(article["dateline"]!["source"]));
        Assert.Equal(
            ("https://images.example.com/port.jpg", "Une grue"),
            (Text(article["leadImage"]!["url"]), Text(article["leadImage"]!["alt"]))
        );
        Assert.Equal("html", Text(article["body"]!["format"]));
        Assert.StartsWith("<p>Le port a rouvert dimanche, a dit <a href=", Text(article["body"]!["content"]), StringComparison.Ordinal);
        Assert.Contains("<li>un remorqueur</li>", Text(article["body"]!["content"]), StringComparison.Ordinal);
        Assert.Equal(
            article["body"]!.ToJsonString(),
            (await ParseAsync(Html, "application/json", "html")).Expect(HttpStatusCode.OK)["article"]!["body"]!.ToJsonString()
        );
    }

    [Theory]
    [InlineData("en", "The harbour reopened on Sunday, a week after the storm that had closed it for every ship.")]
    [InlineData("de", "Der Hafen ist am Sonntag wieder geöffnet worden, eine Woche nach dem Sturm, der ihn geschlossen hatte.")]
    [InlineData("es", "El puerto volvió a abrir el domingo, una semana después de la tormenta que lo había cerrado.")]
    [InlineData("ru", "Порт вновь открылся в воскресенье, через неделю после шторма, который закрыл его для всех судов.")]
    [InlineData(
        "tg",
        "Бандар рӯзи якшанбе, як ҳафта пас аз тӯфон, ки онро барои ҳамаи киштиҳо баста буд, ба кор шурӯъ намуд ва ҷашн гирифт."
    )]
    [InlineData("ja", "港は日曜日に再開した。嵐のために一週間すべての船に対して閉鎖されていた。")]
    [InlineData("ar", "أعيد فتح الميناء يوم الأحد بعد أسبوع من العاصفة التي أغلقته أمام جميع السفن.")]
    [InlineData(null, "Ships")]
    public async Task The_language_is_detected_unless_the_text_is_too_short(string? language, string text) =>
        Assert.Equal(language, Text((await ParseAsync(text, "text/plain")).Expect(HttpStatusCode.OK)["article"]!["language"]));

    [Fact]
    public async Task A_given_language_goes_before_the_detected_one()
    {
        var parsed = await newsroom.Admin.PostAsync(Path, new { text = Report, language = "en-GB" });

        Assert.Equal("en-GB", Text(parsed.Expect(HttpStatusCode.OK)["article"]!["language"]));
    }

    [Fact]
    public async Task A_form_is_taken_too()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Report), "text" },
            { new StringContent("https://images.example.com/port.jpg"), "leadImageUrl" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = form };

        var article = (await newsroom.Admin.AnswerAsync(request)).Expect(HttpStatusCode.OK)["article"]!;

        Assert.Equal("Ada Example", Text(article["leadImage"]!["caption"]));
    }

    [Theory]
    [InlineData("", "text/plain", HttpStatusCode.UnprocessableEntity, "/text: required")]
    [InlineData(" \r\n\t", "text/plain", HttpStatusCode.UnprocessableEntity, "/text: required")]
    [InlineData("a\u0000b", "text/plain", HttpStatusCode.BadRequest, "/text: nul")]
    [InlineData("{}", "application/json", HttpStatusCode.UnprocessableEntity, "/text: required")]
    [InlineData("""{"text":"a","format":"word"}""", "application/json", HttpStatusCode.UnprocessableEntity, "/format: unknownValue")]
    [InlineData("""{"text":"a","language":"english!"}""", "application/json", HttpStatusCode.UnprocessableEntity, "/language: invalidForm")]
    public async Task What_is_no_report_is_refused_with_the_reason(string body, string mediaType, HttpStatusCode status, string error) =>
        Assert.Equal([error], (await newsroom.Admin.SendAsync(HttpMethod.Post, Path, body, mediaType: mediaType)).Errors(status));

    [Fact]
    public async Task A_text_must_be_utf8_and_of_a_known_type_and_not_too_large()
    {
        using var latin = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent([0x48, 0xE9]) };
        latin.Content.Headers.ContentType = new("text/plain");
        var word = await ParseAsync("a", "application/msword", raw: true);

        Assert.Equal(["/text: invalidText"], (await newsroom.Admin.AnswerAsync(latin)).Errors(HttpStatusCode.BadRequest));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, word.Status);
        Assert.Equal(
            "application/json, multipart/form-data, application/x-www-form-urlencoded, text/html, text/plain",
            string.Join(", ", word.Headers.GetValues("Accept-Post"))
        );
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await ParseAsync(new string('a', (1 << 20) + 1), "text/plain")).Status);
        Assert.Equal(
            ["/text: tooDeep"],
            (await ParseAsync(string.Concat(Enumerable.Repeat("<div>", 500)) + "a", "text/html")).Errors(HttpStatusCode.UnprocessableEntity)
        );
    }

    [Fact]
    public async Task A_text_with_an_idempotency_key_is_saved_once()
    {
        var key = Guid.CreateVersion7().ToString();

        var first = await SaveAsync();
        var second = await SaveAsync();

        Assert.Equal(first.Expect(HttpStatusCode.Created).ToJsonString(), second.Expect(HttpStatusCode.Created).ToJsonString());
        return;
        Task<Answer> SaveAsync() =>
            newsroom.Admin.SendAsync(HttpMethod.Post, $"{Path}?save=true", "Once\n\nIt is saved once.", null, "text/plain", key);
    }

    [Fact]
    public async Task An_author_may_paste_and_a_reader_may_not()
    {
        var (author, reader) = (await newsroom.AsAsync(Role.Author), await newsroom.AsAsync(Role.Reader));

        Assert.Equal(HttpStatusCode.Created, (await author.PostAsync($"{Path}?save=true", new { text = Report })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync(Path, new { text = Report })).Status);
    }

    [Fact]
    public async Task What_is_as_certain_as_the_setting_says_is_accepted_when_a_report_is_saved()
    {
        var editor = newsroom.Client(Newsroom.AdminKey, newsroom.AnotherNode(("Cms:Suggestions:Accept", "0.5")));
        await editor.ConceptAsync("places", new { name = "Lower Wexmouth" });
        const string text = "Lower Wexmouth floods again\n\nLower Wexmouth is flooded. The river left its bed in Lower Wexmouth at dawn.";

        var parsed = (await editor.PostAsync(Path, new { text })).Expect(HttpStatusCode.OK);
        var saved = (await editor.PostAsync($"{Path}?save=true", new { text })).Expect(HttpStatusCode.Created);

        var suggestions = parsed["suggestions"]!.AsArray().ToDictionary(one => Text(one!["id"])!, one => one!["score"]!.GetValue<double>());
        Assert.InRange(suggestions["place:lower-wexmouth"], 0.5, 1);
        Assert.Equal(["lower-wexmouth"], saved["saved"]!["places"]!.AsArray().Select(place => Text(place!["slug"])));
        Assert.Equal(1, saved["saved"]!["revision"]!.GetValue<int>());
        Assert.Equal(
            suggestions.Where(one => one.Value < 0.5).Select(one => one.Key),
            saved["suggestions"]!.AsArray().Select(one => Text(one!["id"])!)
        );
    }

    [Fact]
    public async Task A_place_of_the_dateline_that_is_also_proposed_by_the_text_becomes_one_place()
    {
        var editor = newsroom.Client(Newsroom.AdminKey, newsroom.AnotherNode(("Cms:Suggestions:Accept", "0")));
        const string text = "Storm closes the port\n\nNETHERBY, Dec 19 (Wire) - The port of Netherby closed. In Netherby shops closed too.";
        var parsed = (await editor.PostAsync(Path, new { text })).Expect(HttpStatusCode.OK);
        Assert.Contains(parsed["suggestions"]!.AsArray(), one => Text(one!["kind"]) == "place" && one["new"] is not null);

        var saved = (await editor.PostAsync($"{Path}?save=true", new { text })).Expect(HttpStatusCode.Created)["saved"]!;

        var place = Assert.Single(await editor.SlugsAsync("/editorial/v1/places?q=netherby"));
        Assert.Equal(place, Text(saved["dateline"]!["place"]!["slug"]));
        Assert.Equal([place], saved["places"]!.AsArray().Select(one => Text(one!["slug"])));
    }

    private Task<Answer> ParseAsync(string text, string mediaType, string? format = null, bool raw = false) =>
        format is null || raw
            ? newsroom.Admin.SendAsync(HttpMethod.Post, Path, text, mediaType: mediaType)
            : newsroom.Admin.PostAsync(Path, new { text, format });

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}
