using System.Globalization;
using System.Security.Claims;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Suggestions;
using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Reports;

/// <summary>A report as an article.</summary>
/// <param name="Article">What a save takes.</param>
/// <param name="Report">The parts of the report.</param>
/// <param name="Story">Its text, for suggestions.</param>
internal sealed record ReadReport(ArticleRequest Article, Report Report, StoryText Story);

/// <summary>Makes articles of reports.</summary>
internal sealed class ReportReader(BodyRenderer bodies, SuggestedConcepts concepts, NewsroomDbContext db)
{
    private const int LongestNote = 1_000;

    /// <summary>The article of a report.</summary>
    /// <param name="request">The report.</param>
    /// <param name="author">Who saves it: a place of the dateline that the newsroom lacks is created. Null where nothing is saved.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<ReadReport> ReadAsync(ReportRequest request, ClaimsPrincipal? author, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime((await db.ClockAsync(cancellation)).UtcDateTime);
        var report =
            request.Format == ReportFormat.Html
                ? ReportParser.ParseHtml(Render(BodyFormat.Html, request.Text, cancellation).Html, today)
                : ReportParser.Parse(request.Text, today);
        var place = report.Dateline is { } dateline ? await PlaceAsync(dateline.Place, author, cancellation) : null;
        var picture = request.LeadImage ?? report.Picture;
        var (notes, rest) = Notes(report, hasPicture: picture is not null, hasPlace: place is not null);
        var body = BodyOf([.. rest.Select(note => new ReportBlock(note)), .. report.Body]);
        var html = body is null ? "" : Render(body.Format, body.Content, cancellation).Html;
        var paragraphs = BodyParagraphs.Of(html);
        var article = new ArticleRequest
        {
            Headline = report.Headline,
            Standfirst = report.Standfirst,
            Body = body,
            Language = request.Language ?? TextLanguage.Of(string.Join('\n', paragraphs.Prepend(report.Headline).Take(20))),
            Byline = report.Byline,
            Dateline = place is null && report.Dateline?.Source is null ? null : new(place, report.Dateline!.Source),
            LeadImage = picture is null ? null : picture with { Caption = picture.Caption ?? report.Caption },
            Note = notes,
        };
        var story = new StoryText(
            article.Headline,
            article.Standfirst,
            report.Caption,
            paragraphs,
            article.Language,
            report.Date,
            report.Dateline?.Place
        );
        return new(article, report, story);
    }

    private async Task<string?> PlaceAsync(string name, ClaimsPrincipal? author, CancellationToken cancellation)
    {
        string[] names = [name, name.Split(',')[0]];
        var found = await db
            .KnownNames.Where(known => names.Contains(known.Name))
            .Join(db.Concepts, known => known.ConceptId, concept => concept.Id, (known, concept) => new { known.Name, Concept = concept })
            .Where(row => row.Concept.Kind == ConceptKind.Place && row.Concept.MergedIntoId == null)
            .OrderByDescending(row => row.Name == name)
            .ThenByDescending(row => row.Concept.Name == row.Name)
            .ThenByDescending(row => db.ConceptUses.Count(use => use.ConceptId == row.Concept.Id))
            .Select(row => row.Concept.Slug)
            .FirstOrDefaultAsync(cancellation);
        return found is null && author is not null
            ? (await concepts.FindOrCreateAsync(ConceptKindNames.Places, new ProposedConcept(name), author, cancellation)).ToString()
            : found;
    }

    // What an article has no member for. What is too long for a note stays in the body.
    private static (string? Note, IReadOnlyList<string> Overflow) Notes(Report report, bool hasPicture, bool hasPlace)
    {
        var lines = new List<string>();
        var rest = new List<string>();
        if (report.Date is { } date)
            Add(string.Create(CultureInfo.InvariantCulture, $"Date of the report: {date:yyyy-MM-dd}"));
        if (report.Caption is { } caption && !hasPicture)
            Add($"Caption: {caption}");
        if (report.Dateline is { } dateline && !hasPlace)
            Add($"Place of the dateline: {dateline.Place}");
        foreach (var remark in report.Remarks)
            Add(remark);
        return (lines.Count == 0 ? null : string.Join('\n', lines), rest);

        void Add(string line) => (TextLength.Of(line) + lines.Sum(TextLength.Of) + lines.Count <= LongestNote ? lines : rest).Add(line);
    }

    private static BodyRequest? BodyOf(IReadOnlyList<ReportBlock> blocks) =>
        blocks.Count == 0 ? null
        : blocks.Any(block => block.Element is not null) ? new(BodyFormat.Html, string.Join('\n', blocks.Select(ReportHtml.Source)))
        : new(BodyFormat.Text, string.Join("\n\n", blocks.Select(block => block.Text)));

    private Body Render(BodyFormat format, string source, CancellationToken cancellation)
    {
        try
        {
            return bodies.Render(format, source, cancellation).Body;
        }
        catch (ProblemException refused) when (refused.Problem is InvalidProblem { Errors: { } errors })
        {
            throw new ProblemException(new InvalidProblem([.. errors.Select(error => error with { Pointer = "/text" })]));
        }
    }
}
