using System.Text.RegularExpressions;
using HeadlessCms.Core;

namespace HeadlessCms.Api.Editorial.Reports;

/// <summary>
/// Takes a report apart: what comes before its first paragraph is its head, of which each line is a headline, a date, a byline, a caption
/// or a summary; the rest is its body. A line that is none of these stays in the body, so that nothing is lost.
/// </summary>
internal sealed partial class ReportParser
{
    private const int MostHeadBlocks = 10;
    private const int LongestHeadline = 300;
    private const int LongestMadeHeadline = 120;
    private const int LongestByline = 300;
    private const int LongestCaption = 1_000;
    private const int LongestStandfirst = 2_000;
    private const int LongestSource = 200;
    private const int MostWordsOfCaption = 6;

    private readonly DateOnly _today;
    private readonly List<ReportBlock> _body = [];
    private readonly List<string> _remarks = [];
    private string? _headline;
    private string? _standfirst;
    private string? _caption;
    private string? _byline;
    private DateOnly? _date;
    private Dateline? _dateline;

    private ReportParser(DateOnly today) => _today = today;

    /// <summary>The report of a plain text.</summary>
    /// <param name="text">The text; it has a word.</param>
    /// <param name="today">The current day, which tells the year of a date without one.</param>
    public static Report Parse(string text, DateOnly today)
    {
        var parser = new ReportParser(today);
        var (head, rest) = ReportLabels.Read(ReportLines.Of(text));
        var lost = head.Where(line => !parser.TryTake(line)).Select(line => new ReportBlock(line.Text));
        return parser.Parse([.. lost, .. ReportLines.Paragraphs(rest).Select(paragraph => new ReportBlock(paragraph))]);
    }

    /// <summary>The report of an HTML document.</summary>
    /// <param name="html">The HTML of a rendered body.</param>
    /// <param name="today">The current day.</param>
    public static Report ParseHtml(string html, DateOnly today)
    {
        var (blocks, picture) = ReportHtml.Read(html, MostHeadBlocks);
        return new ReportParser(today) { _caption = picture?.Caption }.Parse(blocks) with { Picture = picture };
    }

    private Report Parse(IReadOnlyList<ReportBlock> blocks)
    {
        var lead = LeadOf(blocks);
        for (var at = 0; at < lead; at++)
            if (!TryTake(blocks[at], isLast: at == blocks.Count - 1))
                _body.Add(blocks[at]);
        for (var at = lead; at < blocks.Count; at++)
            _body.Add(at == lead && _dateline is { } dateline ? Without(dateline, blocks[at]) : blocks[at]);
        _date ??= _dateline?.Date;
        if (_dateline?.Date is not null && _dateline.Date != _date)
            _remarks.Add($"Dateline: {_dateline.Text.Trim()}");
        return new Report(_headline ?? MadeHeadline())
        {
            Date = _date,
            Standfirst = _standfirst,
            Caption = _caption,
            Byline = _byline,
            Dateline = _dateline,
            Body = _body,
            Remarks = _remarks,
        };
    }

    // The first paragraph with a dateline; without one the first that is a sentence.
    private int LeadOf(IReadOnlyList<ReportBlock> blocks)
    {
        var most = Math.Min(blocks.Count, MostHeadBlocks);
        for (var at = 0; at < most && blocks[at].IsLine; at++)
            if (ReportDateline.Of(blocks[at].Text, _today) is { } dateline && TextLength.Of(dateline.Source) <= LongestSource)
            {
                _dateline = dateline;
                return at;
            }

        for (var at = 0; at < most; at++)
            if (!blocks[at].IsLine || !blocks[at].IsHeading && IsSentence(blocks[at].Text))
                return at;
        return Math.Min(blocks.Count, 1);
    }

    private bool TryTake(ReportBlock block, bool isLast)
    {
        var text = block.Text;
        if (text.Contains('\n', StringComparison.Ordinal))
            return false;
        if (ReportLabels.Of(text) is { } labelled)
            return TryTake(labelled);
        if (_date is null && ReportDate.OfLine(text) is { } date)
        {
            _date = date;
            return true;
        }

        if (text == _headline)
            return true;
        if (Fits(text, LongestByline) && Byline().IsMatch(text))
            return TrySet(ref _byline, text);
        if (_headline is null)
            return !isLast && Fits(text, LongestHeadline) && TrySet(ref _headline, text);
        if (block.IsHeading)
            return false; // of a section
        return IsName(text) ? TrySet(ref _caption, text) : Fits(text, LongestStandfirst) && TrySet(ref _standfirst, text);
    }

    private bool TryTake(LabelledLine line)
    {
        switch (line.Label)
        {
            case ReportLabel.Headline:
                var subject = ReportLabels.Subject(line.Value);
                return Fits(subject, LongestHeadline) && TrySet(ref _headline, subject);
            case ReportLabel.Byline:
                var sender = ReportLabels.Sender(line.Value);
                if (!Fits(sender, LongestByline) || !TrySet(ref _byline, sender))
                    return false;
                if (sender != line.Value)
                    _remarks.Add(line.Text);
                return true;
            case ReportLabel.Date:
                _date ??= ReportDate.OfLine(line.Value);
                _remarks.Add(line.Text); // with the hour, which a day does not have
                return true;
            case ReportLabel.Caption:
                return Fits(line.Value, LongestCaption) && TrySet(ref _caption, line.Value);
            case ReportLabel.Standfirst:
                return Fits(line.Value, LongestStandfirst) && TrySet(ref _standfirst, line.Value);
            case ReportLabel.Remark:
                _remarks.Add(line.Text);
                return true;
            default:
                throw new ArgumentOutOfRangeException(nameof(line), line.Label, null);
        }
    }

    private static bool TrySet(ref string? member, string text)
    {
        if (member is not null || text.Length == 0)
            return false;
        member = text;
        return true;
    }

    private static bool Fits(string text, int longest) => TextLength.Of(text) <= longest;

    // A report without a headline: its first words are one until an editor writes it. They stay in the body.
    private string MadeHeadline()
    {
        var text = _body.Select(block => block.Text).FirstOrDefault(text => text.Length > 0) ?? _caption ?? _standfirst ?? _byline;
        text = (text ?? _remarks.FirstOrDefault() ?? _dateline?.Text.Trim() ?? "Untitled").Split('\n')[0];
        var sentence = text[..Math.Min(text.Length, LongestHeadline)];
        if (FirstSentence().Match(sentence) is { Success: true } first)
            sentence = first.Value.TrimEnd('.');
        if (sentence.Length <= LongestMadeHeadline)
            return sentence;
        var end = sentence.LastIndexOf(' ', LongestMadeHeadline);
        end = end > 0 ? end : LongestMadeHeadline;
        return $"{sentence[..(char.IsLowSurrogate(sentence[end]) ? end - 1 : end)]}…";
    }

    // A name, or a few words in capitals: "Emomali Rahmon", "The Emperor of Japan".
    private static bool IsName(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is > 0 and <= MostWordsOfCaption
            && char.IsUpper(words[0][0])
            && words.All(word => char.IsUpper(word[0]) || word.Length <= 3)
            && !EndsSentence(text);
    }

    private static bool IsSentence(string text) =>
        text.Length > LongestHeadline || EndsSentence(text) && !text.Contains('\n', StringComparison.Ordinal);

    private static bool EndsSentence(string text) =>
        text.TrimEnd('"', '”', '’', '\'', '»', ')', ']', ' ') is [.., var last]
        && last is '.' or '。' or '؟' or '।' or '۔' or '…'
        && !Initials().IsMatch(text[^Math.Min(text.Length, 10)..]);

    private static ReportBlock Without(Dateline dateline, ReportBlock block) =>
        new(
            block.Text[dateline.Text.Length..].TrimStart(),
            block.Element is null ? null : ReportHtml.Without(dateline.Text, block.Element)
        );

    [GeneratedRegex(
        @"\A(?:By|BY|Written by|Reported by|Reporting by|Von|Par|Por|Da|Door|Af|Av)\s+[\p{Lu}\p{Lo}](?:[^\s.]|\.(?=\s?\S)|\s){1,290}\z"
    )]
    private static partial Regex Byline();

    [GeneratedRegex(@"\A[^\n]{20,}?[.!?。](?=\s+[\p{Lu}\p{Lo}\p{P}]|\z)|\A[^\n]{5,}?[。！？]")]
    private static partial Regex FirstSentence();

    [GeneratedRegex(@"(?:\b\p{Lu}\.){2,}\z")]
    private static partial Regex Initials();
}
