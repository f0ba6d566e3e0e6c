using System.Diagnostics;
using CsCheck;
using HeadlessCms.Api.Editorial.Reports;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Reports in the forms in which newsrooms receive them are taken apart, and nothing of them is lost.</summary>
public sealed class ReportParserTests
{
    private static readonly DateOnly Today = new(2026, 3, 10);

    private static readonly string[] Breaks = ["\n", "\n\n", "\r\n\r\n", "\n \n\n"];

    private static readonly string[] Pieces =
    [
        "December 23, 2025",
        "Subject: Fwd: Ferries",
        "From: Ada Example <ada@example.com>",
        "To: desk@example.com",
        "Caption: A crane",
        "X-Priority: 1",
        "By Ada Example",
        "Ada Example",
        "FERRIES RETURN TO PORT HARLOW",
        "Ferries return to Port Harlow",
        "A short line",
        "TOKYO, Dec 19 (Wire) - The harbour reopened.",
        "Tokyo, The Harbour Post: The harbour reopened.",
        "The harbour of Port Harlow reopened on Sunday, a week after the storm that had closed it for all ships.",
        "  An indented line that begins a paragraph in the manner of the agencies",
        "港は日曜日に再開した。",
        "«Guillemets» “quotes” — dash… 100 %",
    ];

    [Fact]
    public void The_head_of_a_papers_report_is_a_date_a_headline_a_caption_and_a_dateline()
    {
        var report = Parse(
            """
            March 1, 2026

            Harbour of Port Harlow Reopens a Week After the Storm

            Ada Example

            Port Harlow, The Harbour Post: The harbour reopened on Sunday, said Ada Example, its director.

            Two ships entered it before noon. A third waits.

            “We are glad,” she said.
            """
        );

        Assert.Equal(new DateOnly(2026, 3, 1), report.Date);
        Assert.Equal("Harbour of Port Harlow Reopens a Week After the Storm", report.Headline);
        Assert.Equal("Ada Example", report.Caption);
        Assert.Equal(("Port Harlow", "The Harbour Post"), (report.Dateline!.Place, report.Dateline.Source));
        Assert.Equal(
            [
                "The harbour reopened on Sunday, said Ada Example, its director.",
                "Two ships entered it before noon. A third waits.",
                "“We are glad,” she said.",
            ],
            Paragraphs(report)
        );
        Assert.Null(report.Standfirst);
        Assert.Empty(report.Remarks);
    }

    [Theory]
    [InlineData("PORT HARLOW, March 1 (Wire) - Ships", "Port Harlow", "Wire", "2026-03-01")]
    [InlineData("PORT HARLOW, March 11 (Wire) – Ships", "Port Harlow", "Wire", "2026-03-11")]
    [InlineData("PORT HARLOW, Dec 31 (Wire) -- Ships", "Port Harlow", "Wire", "2025-12-31")]
    [InlineData("NEW YORK, Sept. 3, 2024 (Wire) — Ships", "New York", "Wire", "2024-09-03")]
    [InlineData("Paris, 3 February (Wire)—Ships", "Paris", "Wire", "2026-02-03")]
    [InlineData("LONDON (The Harbour Post) - Ships", "London", "The Harbour Post", null)]
    [InlineData("LONDON — Ships", "London", null, null)]
    [InlineData("TOKYO/DUSHANBE, March 1 - “Ships", "Tokyo", null, "2026-03-01")]
    [InlineData("WASHINGTON, D.C. (Wire) — Ships", "Washington, D.C.", "Wire", null)]
    [InlineData("Tokyo, The Gulf Observer: Ships", "Tokyo", "The Gulf Observer", null)]
    [InlineData("São Paulo, Agência Norte: Ships", "São Paulo", "Agência Norte", null)]
    public void A_dateline_has_a_place_and_may_have_a_source_and_a_day(string text, string? place, string? source, string? day)
    {
        var report = Parse($"Ships return\n\n{text} returned on Sunday.\n\nMore.");

        Assert.Equal((place, source), (report.Dateline?.Place, report.Dateline?.Source));
        Assert.Equal(day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd"), report.Date);
        if (place is not null)
            Assert.StartsWith(text.Contains('“') ? "“Ships" : "Ships", Paragraphs(report)[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("In Tokyo, President Rahmon: “We agree.”")]
    [InlineData("On Monday, The Gulf Observer: a paper.")]
    [InlineData("NATO — the alliance — met.")]
    [InlineData("The Bank of Harlow (BH) - Its director agrees.")]
    [InlineData("Tokyo, however, the minister said: We agree.")]
    [InlineData("He was clear — They were not.")]
    [InlineData("TOKYO, Smarch 45 (Wire) - Ships.")]
    [InlineData("Price - 45 dollars.")]
    public void A_sentence_that_only_resembles_a_dateline_stays_whole(string sentence)
    {
        var report = Parse($"A headline\n\n{sentence}\n\nMore of it.");

        Assert.Null(report.Dateline);
        Assert.Contains(sentence, Paragraphs(report));
    }

    [Theory]
    [InlineData("December 23, 2025")]
    [InlineData("Tuesday, December 23rd, 2025")]
    [InlineData("Dec. 23, 2025")]
    [InlineData("23 December 2025")]
    [InlineData("23rd Dec 2025, 14:05 GMT")]
    [InlineData("2025-12-23")]
    [InlineData("2025-12-23T09:30:00Z")]
    [InlineData("23.12.2025")]
    [InlineData("12/23/2025")]
    [InlineData("23/12/2025")]
    [InlineData("2025年12月23日")]
    [InlineData("Published on December 23, 2025 at 9:30 am")]
    [InlineData("Tue, 23 Dec 2025 09:30:00 +0900")]
    public void A_line_that_is_a_date_is_the_day_of_the_report(string line) =>
        Assert.Equal(new DateOnly(2025, 12, 23), Parse($"{line}\n\nA headline\n\nA sentence.").Date);

    [Theory]
    [InlineData("4/5/2025")]
    [InlineData("February 30, 2025")]
    [InlineData("December 2025")]
    [InlineData("May I, 2025")]
    [InlineData("The year 2025")]
    public void A_line_that_is_no_clear_date_stays(string line)
    {
        var report = Parse($"A headline\n\n{line}.\n\nMore of it.");

        Assert.Null(report.Date);
        Assert.Contains($"{line}.", Paragraphs(report));
    }

    [Fact]
    public void The_head_of_a_mail_gives_a_headline_a_byline_a_day_and_remarks()
    {
        var report = Parse(
            "From: Ada Example <ada@example.com>\r\nTo: desk@example.com,\r\n other@example.com\r\n"
                + "Date: Tue, 23 Dec 2025 09:30:00 +0900\r\nSubject: FW: Re: Harbour reopens\r\nX-Mailer: Pigeon 2\r\n\r\n"
                + "PORT HARLOW, Dec 22 (Wire) - The harbour\r\nreopened on Monday.\r\n\r\nMore: none.\r\n"
        );

        Assert.Equal(("Harbour reopens", "Ada Example"), (report.Headline, report.Byline));
        Assert.Equal(new DateOnly(2025, 12, 23), report.Date);
        Assert.Equal("Port Harlow", report.Dateline!.Place);
        Assert.Equal(
            [
                "From: Ada Example <ada@example.com>",
                "To: desk@example.com, other@example.com",
                "Date: Tue, 23 Dec 2025 09:30:00 +0900",
                "X-Mailer: Pigeon 2",
                "Dateline: PORT HARLOW, Dec 22 (Wire) -",
            ],
            report.Remarks
        );
        Assert.Equal(["The harbour reopened on Monday.", "More: none."], Paragraphs(report));
    }

    [Fact]
    public void A_headline_in_capitals_over_two_lines_is_one_and_is_followed_by_a_byline_and_a_summary()
    {
        var report = Parse(
            """
            HARBOUR OF PORT HARLOW REOPENS
            A WEEK AFTER THE STORM

            By Ada Example and Bo J. Example

            The first ships came before noon, and others wait outside

            PORT HARLOW, March 1 - The harbour reopened.
            """
        );

        Assert.Equal("HARBOUR OF PORT HARLOW REOPENS A WEEK AFTER THE STORM", report.Headline);
        Assert.Equal("By Ada Example and Bo J. Example", report.Byline);
        Assert.Equal("The first ships came before noon, and others wait outside", report.Standfirst);
        Assert.Equal(["The harbour reopened."], Paragraphs(report));
    }

    [Fact]
    public void Wrapped_lines_are_one_paragraph_and_unwrapped_lines_are_one_each()
    {
        Assert.Equal(
            ["The harbour of Port Harlow reopened on Sunday, a week after the storm that had closed it.", "A list:\none\ntwo"],
            Paragraphs(
                Parse(
                    "A headline\n\nThe harbour of Port Harlow reopened on Sunday,\na week after the storm that had closed it.\n\n"
                        + "A list:\none\ntwo"
                )
            )
        );
        Assert.Equal(
            ["The harbour reopened.", "Two ships came.", "A third waits."],
            Paragraphs(Parse("A headline\nThe harbour reopened.\nTwo ships came.\nA third waits."))
        );
        Assert.Equal(
            ["The harbour of Port Harlow reopened on Sunday, with a band.", "Two ships came, and a third ship waits for a pilot."],
            Paragraphs(
                Parse(
                    "A headline\n\n  The harbour of Port Harlow reopened on Sunday,\nwith a band.\n"
                        + "  Two ships came, and a third ship waits for\na pilot."
                )
            )
        );
    }

    [Theory]
    [InlineData("The harbour reopened. Ships came.\n\nMore.", "The harbour reopened")]
    [InlineData("Ships", "Ships")]
    [InlineData("港は日曜日に再開した。船が来た。", "港は日曜日に再開した。")]
    public void A_report_without_a_headline_gets_its_first_words_and_keeps_them(string text, string headline)
    {
        var report = Parse(text);

        Assert.Equal(headline, report.Headline);
        Assert.Equal(text.Split("\n\n"), Paragraphs(report));
    }

    [Fact]
    public void In_html_the_picture_and_the_links_are_kept_and_the_dateline_is_taken_out()
    {
        var report = ReportParser.ParseHtml(
            "<h2>Harbour reopens</h2>\n<figure><img src=\"https://images.example.com/a.jpg\" alt=\"A crane\"><figcaption>Port Harlow"
                + "</figcaption></figure>\n<p><strong>Tokyo, The Harbour Post:</strong> The <a href=\"https://example.com/\">harbour</a> "
                + "reopened.</p>\n<ul><li>One</li></ul>\n<h2>More</h2>\n<p>Ships came.</p>",
            Today
        );

        Assert.Equal("Harbour reopens", report.Headline);
        Assert.Equal(
            ("https://images.example.com/a.jpg", "A crane", "Port Harlow"),
            (report.Picture!.Url, report.Picture.Alt, report.Picture.Caption)
        );
        Assert.Equal(("Tokyo", "The Harbour Post"), (report.Dateline!.Place, report.Dateline.Source));
        Assert.Equal(
            "<p>The <a href=\"https://example.com/\">harbour</a> reopened.</p>|<ul><li>One</li></ul>|<h2>More</h2>|<p>Ships came.</p>",
            string.Join('|', report.Body.Select(ReportHtml.Source))
        );
    }

    [Fact]
    public void No_line_is_ever_lost() =>
        Gen.OneOf(
                Gen.Int[0, Pieces.Length - 1].Select(at => Pieces[at]),
                Gen.String[0, 60],
                Gen.String[Gen.Char["Ab.: ,-—()\"/12\t"], 0, 120]
            )
            .List[1, 14]
            .Select(Gen.Int[0, Breaks.Length - 1], (lines, at) => string.Join(Breaks[at], lines))
            .Where(text => text.Any(character => !char.IsWhiteSpace(character) && character != '\uFEFF'))
            .Sample(text => Assert.Null(FirstLost(text)), iter: 20_000);

    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("A ")]
    [InlineData("a\n")]
    [InlineData("\n\n\na")]
    [InlineData("A, ")]
    [InlineData("A, B ")]
    [InlineData("TOKYO, ")]
    [InlineData("(")]
    [InlineData("<a@b> ")]
    [InlineData("Subject: ")]
    [InlineData("To: a\n b\n")]
    [InlineData("By A. ")]
    [InlineData("12:00 ")]
    [InlineData("A.B.")]
    [InlineData("  a\nb\n")]
    [InlineData("fwd: ")]
    public void A_hostile_text_of_a_mebibyte_takes_linear_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1024 * 1024 / piece.Length)) + "!";
        var start = Stopwatch.GetTimestamp();

        ReportParser.Parse(text, Today);
        ReportParser.Parse("Subject: " + text.Replace('\n', ' '), Today);

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10)); // quadratic time would be hours
    }

    private static string? FirstLost(string text)
    {
        var report = ReportParser.Parse(text, Today);
        var body = Letters(string.Concat(Paragraphs(report)));
        string[] members =
        [
            .. new[] { report.Headline, report.Standfirst, report.Caption, report.Byline }.OfType<string>().Select(Letters),
            .. report.Remarks.Select(Letters),
        ];
        return text.TrimStart('\uFEFF')
            .ReplaceLineEndings("\n")
            .Split('\n')
            .FirstOrDefault(line =>
                Letters(line) is var letters
                && !body.Contains(letters, StringComparison.Ordinal)
                && !members.Any(member => member.Contains(letters, StringComparison.Ordinal))
                && !(report.Date is { } date && ReportDate.OfLine(line.Trim()) == date)
                && !IsInMember(line.Trim(), members)
                && !(Letters(report.Dateline?.Text ?? "") is { Length: > 0 } dateline && IsWith(dateline, letters, body))
            );
    }

    private static bool IsInMember(string line, string[] members) =>
        ReportLabels.Of(line) is { } labelled
        && (
            labelled.Value.Length == 0
            || members.Any(member => member.Contains(Letters(ReportLabels.Subject(labelled.Value)), StringComparison.Ordinal))
        );

    private static bool IsWith(string dateline, string letters, string body) =>
        letters.StartsWith(dateline, StringComparison.Ordinal) && body.Contains(letters[dateline.Length..], StringComparison.Ordinal)
        || dateline.Contains(letters, StringComparison.Ordinal);

    private static string Letters(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));

    private static Report Parse(string text) => ReportParser.Parse(text, Today);

    private static string[] Paragraphs(Report report) => [.. report.Body.Select(block => block.Text)];
}
