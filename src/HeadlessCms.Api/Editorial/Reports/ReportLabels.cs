using System.Text.RegularExpressions;

namespace HeadlessCms.Api.Editorial.Reports;

/// <summary>What a labelled line gives.</summary>
internal enum ReportLabel
{
    /// <summary>The headline.</summary>
    Headline,

    /// <summary>The author line.</summary>
    Byline,

    /// <summary>The day.</summary>
    Date,

    /// <summary>The caption of the picture.</summary>
    Caption,

    /// <summary>The summary.</summary>
    Standfirst,

    /// <summary>Something for the desk.</summary>
    Remark,
}

/// <summary>A labelled line: "Subject: Talks in Tokyo".</summary>
/// <param name="Label">What it gives.</param>
/// <param name="Value">The text after the label.</param>
/// <param name="Text">The whole line.</param>
internal sealed record LabelledLine(ReportLabel Label, string Value, string Text)
{
    /// <summary>The line with another one that continues it.</summary>
    public LabelledLine Continued(string line) => this with { Value = $"{Value} {line}", Text = $"{Text} {line}" };
}

/// <summary>Reads lines such as those at the head of a mail (RFC 5322).</summary>
internal static partial class ReportLabels
{
    private const int LongestFolded = 2_000;
    private const int LongestSender = 300;

    private static readonly Dictionary<string, ReportLabel> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["subject"] = ReportLabel.Headline,
        ["headline"] = ReportLabel.Headline,
        ["title"] = ReportLabel.Headline,
        ["from"] = ReportLabel.Byline,
        ["byline"] = ReportLabel.Byline,
        ["author"] = ReportLabel.Byline,
        ["date"] = ReportLabel.Date,
        ["sent"] = ReportLabel.Date,
        ["published"] = ReportLabel.Date,
        ["caption"] = ReportLabel.Caption,
        ["photo caption"] = ReportLabel.Caption,
        ["standfirst"] = ReportLabel.Standfirst,
        ["summary"] = ReportLabel.Standfirst,
        ["to"] = ReportLabel.Remark,
        ["cc"] = ReportLabel.Remark,
        ["bcc"] = ReportLabel.Remark,
        ["reply-to"] = ReportLabel.Remark,
        ["message-id"] = ReportLabel.Remark,
        ["received"] = ReportLabel.Remark,
        ["return-path"] = ReportLabel.Remark,
        ["mime-version"] = ReportLabel.Remark,
        ["importance"] = ReportLabel.Remark,
        ["priority"] = ReportLabel.Remark,
        ["slug"] = ReportLabel.Remark,
        ["keywords"] = ReportLabel.Remark,
    };

    /// <summary>The labelled lines at the beginning of a text, and those after them. An indented line continues its predecessor.</summary>
    public static (IReadOnlyList<LabelledLine> Head, IReadOnlyList<string> After) Read(IReadOnlyList<string> lines)
    {
        var head = new List<LabelledLine>();
        var at = 0;
        for (; at < lines.Count; at++)
        {
            if (Of(lines[at].Trim()) is { } labelled)
                head.Add(labelled);
            else if (head.Count > 0 && lines[at] is [' ' or '\t', ..] && lines[at - 1].Length > 0 && head[^1].Text.Length < LongestFolded)
                head[^1] = head[^1].Continued(lines[at].Trim());
            else if (lines[at].Length > 0)
                break;
        }

        return (head, [.. lines.Skip(at)]);
    }

    /// <summary>A line with a known label; null for any other.</summary>
    public static LabelledLine? Of(string line)
    {
        var match = Label().Match(line);
        if (!match.Success)
            return null;
        var name = match.Groups["name"].Value;
        var value = match.Groups["value"].Value.Trim();
        return Known.TryGetValue(name, out var label) ? new(label, value, line)
            : name.StartsWith("X-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
                ? new(ReportLabel.Remark, value, line)
            : null;
    }

    /// <summary>A subject without the marks of answers and forwards.</summary>
    public static string Subject(string value) => Marks().Replace(value, "");

    /// <summary>The name of a sender, without the address: "Jane Doe &lt;jane@example.com&gt;".</summary>
    public static string Sender(string value) =>
        value.Length <= LongestSender && Address().Replace(value, "").Trim().Trim('"') is { Length: > 0 } name ? name : value;

    [GeneratedRegex(@"\A(?<name>[A-Za-z][A-Za-z -]{1,30}):(?:\s+(?<value>\S.*)?|)\z", RegexOptions.Singleline)]
    private static partial Regex Label();

    [GeneratedRegex(@"\A(?:(?:fwd?|re|aw|wg|tr)\s*:\s*)+", RegexOptions.IgnoreCase)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s*<[^<>\s]+@[^<>\s]+>\s*\z")]
    private static partial Regex Address();
}
