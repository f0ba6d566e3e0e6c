using HeadlessCms.Core;

namespace HeadlessCms.Api.Editorial.Reports;

/// <summary>A report as it was received, taken apart. Everything that it says is in one of its members.</summary>
/// <param name="Headline">The headline.</param>
internal sealed record Report(string Headline)
{
    /// <summary>The day that the report gives for itself.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The summary line.</summary>
    public string? Standfirst { get; init; }

    /// <summary>The caption of its picture.</summary>
    public string? Caption { get; init; }

    /// <summary>Its picture, where the report is HTML and has one in its head; with the caption.</summary>
    public Image? Picture { get; init; }

    /// <summary>The author line.</summary>
    public string? Byline { get; init; }

    /// <summary>Where it was written and who supplied it.</summary>
    public Dateline? Dateline { get; init; }

    /// <summary>The body: what is in no other member, in order.</summary>
    public IReadOnlyList<ReportBlock> Body { get; init; } = [];

    /// <summary>What it says to the desk and not to readers: the other lines of a mail's head, and a dateline's own date.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>A paragraph, a heading or another piece of a report.</summary>
/// <param name="Text">Its text; a line break is U+000A.</param>
/// <param name="Element">Where the report is HTML: the element.</param>
internal sealed record ReportBlock(string Text, AngleSharp.Dom.IElement? Element = null)
{
    /// <summary>Whether it may belong to the head of a report: a table or a list is part of the body.</summary>
    public bool IsLine => Element is null or { LocalName: "p" } || IsHeading;

    /// <summary>Whether it is a heading.</summary>
    public bool IsHeading => Element?.LocalName is "h1" or "h2" or "h3" or "h4" or "h5" or "h6";
}

/// <summary>A dateline: "Tokyo, The Gulf Observer:" or "TOKYO, Dec 19 (The Gulf Observer) -".</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Place">The place, in ordinary case.</param>
/// <param name="Source">Who supplied the report.</param>
/// <param name="Date">The day.</param>
internal sealed record Dateline(string Text, string Place, string? Source, DateOnly? Date);
