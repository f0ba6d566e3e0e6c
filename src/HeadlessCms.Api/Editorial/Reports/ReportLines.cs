namespace HeadlessCms.Api.Editorial.Reports;

/// <summary>
/// Makes paragraphs of the lines of a plain text: those between blank lines, those of a mailer that wraps lines, those that begin with an
/// indent, or one a line.
/// </summary>
internal static class ReportLines
{
    private const int ShortestWrapped = 40;
    private const int LongestWrapped = 100;

    /// <summary>The lines of a text, without trailing white space.</summary>
    public static IReadOnlyList<string> Of(string text) =>
        [.. text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())];

    /// <summary>The paragraphs of lines, in order. No word is lost.</summary>
    public static IReadOnlyList<string> Paragraphs(IReadOnlyList<string> lines)
    {
        var blocks = Blocks(lines);
        return [.. blocks.SelectMany((block, index) => Paragraphs(block, isFirst: index == 0, isOnly: blocks.Count == 1))];
    }

    private static List<List<string>> Blocks(IReadOnlyList<string> lines)
    {
        var blocks = new List<List<string>>();
        var isOpen = false;
        foreach (var line in lines)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                isOpen = false;
                continue;
            }

            if (!isOpen)
                blocks.Add([]);
            blocks[^1].Add(line);
            isOpen = true;
        }

        return blocks;
    }

    private static IEnumerable<string> Paragraphs(List<string> block, bool isFirst, bool isOnly)
    {
        if (block.Count > 1 && block.Exists(IsIndented) && !block.TrueForAll(IsIndented))
            return Indented(block).SelectMany(part => Paragraphs(part, isFirst: false, isOnly: false));
        var lines = block.ConvertAll(line => line.Trim());
        if ((IsWrapped(lines) || isFirst && lines.TrueForAll(IsCapital)) && !HasDatelineBelow(lines))
            return [Joined(lines)];
        // The first block is the head: its lines are a headline, a byline, a date.
        return isFirst || isOnly || lines.Exists(line => line.Length > LongestWrapped) ? lines : [string.Join('\n', lines)];
    }

    private static IEnumerable<List<string>> Indented(List<string> block)
    {
        var part = new List<string>();
        foreach (var line in block)
        {
            if (IsIndented(line) && part.Count > 0)
            {
                yield return part;
                part = [];
            }

            part.Add(line.Trim());
        }

        yield return part;
    }

    private static bool IsIndented(string line) => line.StartsWith('\t') || line.StartsWith("  ", StringComparison.Ordinal);

    private static bool IsWrapped(List<string> lines) =>
        lines.Count > 1
        && lines.TrueForAll(line => line.Length <= LongestWrapped)
        && lines.SkipLast(1).All(line => line.Length >= ShortestWrapped);

    // A headline and, below it, its report.
    private static bool HasDatelineBelow(List<string> lines) =>
        lines.Skip(1).Any(ReportDateline.Begins) || ReportDateline.LengthIn(Joined(lines)) > lines[0].Length;

    private static bool IsCapital(string line) => Capitals.Are(line);

    private static string Joined(List<string> lines) => string.Join(' ', lines);
}

/// <summary>Texts in capitals.</summary>
internal static class Capitals
{
    /// <summary>Whether all letters of a text are upper-case, and it has at least three.</summary>
    public static bool Are(string text) => text.Count(char.IsUpper) >= 3 && !text.Any(char.IsLower);

    /// <summary>A name in ordinary case: <c>NEW YORK</c> is "New York".</summary>
    public static string Lowered(string name) => Are(name) ? string.Create(name.Length, name, static (result, name) =>
            {
                for (var at = 0; at < name.Length; at++)
                    result[at] = at > 0 && char.IsLetter(name[at - 1]) ? char.ToLowerInvariant(name[at]) : name[at];
            }) : name;
}
