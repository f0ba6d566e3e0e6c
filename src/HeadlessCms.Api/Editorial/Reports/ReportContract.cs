using FluentValidation;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Suggestions;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core;

namespace HeadlessCms.Api.Editorial.Reports;

/// <summary>The format of a report.</summary>
public enum ReportFormat
{
    /// <summary>Plain text.</summary>
    Text,

    /// <summary>HTML, as browsers, mailers and office suites paste it.</summary>
    Html,
}

/// <summary>A report as it was received.</summary>
public sealed record ReportRequest
{
    /// <summary>The whole report, as it is.</summary>
    public required string Text { get; init; }

    /// <summary>The format of the text.</summary>
    public ReportFormat Format { get; init; }

    /// <summary>BCP 47 tag of its language; the language is detected by default.</summary>
    public string? Language { get; init; }

    /// <summary>The picture that comes with it. Where it has no caption, it gets that of the report.</summary>
    public Image? LeadImage { get; init; }
}

internal sealed class ReportRequestValidator : AbstractValidator<ReportRequest>
{
    private const int Longest = 1024 * 1024;

    public ReportRequestValidator()
    {
        RuleFor(report => report.Text).NotEmpty().WithMessage("The text of a report is required.");
        RuleFor(report => report.Text).IsText(Longest);
        RuleFor(report => report.Language).IsLanguage();
        RuleFor(report => report.LeadImage!).SetValidator(new ImageValidator()).When(report => report.LeadImage is not null);
    }
}

/// <summary>The parameters of a report.</summary>
public sealed class ReportQuery
{
    /// <summary>Whether the article is saved as a draft.</summary>
    [System.ComponentModel.DefaultValue(false)]
    public bool? Save { get; init; }
}

/// <summary>A report, taken apart.</summary>
/// <param name="Article">
/// The article: what <c>POST /editorial/v1/articles</c> takes. What the report says and an article has no member for is in its note: the
/// date, the caption of a picture that is not there, a dateline of a place that the newsroom does not have.
/// </param>
/// <param name="Date">The day that the report gives for itself; publish it with <c>liveFrom</c> to keep that.</param>
/// <param name="Caption">The caption of its picture.</param>
/// <param name="DatelinePlace">The place of its dateline, as a name.</param>
/// <param name="Suggestions">What the text names or means, most certain first, without what was saved.</param>
/// <param name="Saved">With <c>save=true</c>, the draft.</param>
public sealed record ReportResponse(
    ArticleRequest Article,
    DateOnly? Date,
    string? Caption,
    string? DatelinePlace,
    IReadOnlyList<SuggestionResponse> Suggestions,
    ArticleResponse? Saved
);
