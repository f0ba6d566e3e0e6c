using AngleSharp.Dom;

namespace HeadlessCms.Api.Editorial.Text;

// Paragraphs: what becomes of text between blocks, and how items get a parent.
internal sealed partial class BodyNormalizer
{
    private const int BreaksThatPart = 2;

    // Blocks as they are, and a paragraph around each run of text between them; two line breaks part paragraphs.
    private List<BodyItem> Paragraphs(List<BodyItem> items, List<(string Name, string Value)> attributes, BodyPlace place)
    {
        var blocks = new List<BodyItem>();
        if (place.IsLine)
            return items;
        var run = new List<BodyItem>();
        foreach (var item in items)
        {
            if (item.Kind != ItemKind.Block)
            {
                run.Add(item);
                continue;
            }

            EndRun();
            blocks.Add(item);
        }

        EndRun();
        Spread(attributes, blocks);
        return blocks;

        void EndRun()
        {
            foreach (var part in Parted(run))
                AddParagraph(part, blocks);
            run.Clear();
        }
    }

    private void AddParagraph(List<BodyItem> run, List<BodyItem> blocks)
    {
        if (!run.Any(item => item.HasContent))
        {
            // Only the layout of the source.
            if (run.Any(item => item.Node is IText text && text.Data.Contains('\n', StringComparison.Ordinal)))
                blocks.Add(TextItem("\n", default));
            return;
        }

        var startsLine = run[0].Node is IText { Data: ['\n', ..] };
        run = Trimmed(run);
        if (startsLine && blocks.Count > 0)
            blocks.Add(TextItem("\n", default));
        if (LoneEmbed(run) is { } figure)
        {
            blocks.Add(figure);
            return;
        }

        var paragraph = Create("p");
        Fill(paragraph, run);
        blocks.Add(new(paragraph, ItemKind.Block, true) { Inner = run });
    }

    // The id of a container is that of its first block; its direction and language are those of all.
    private static void Spread(List<(string Name, string Value)> attributes, List<BodyItem> blocks)
    {
        foreach (var (name, value) in attributes)
        {
            foreach (var block in blocks.Where(block => block.Kind == ItemKind.Block).Select(block => (IElement)block.Node))
            {
                if (!block.HasAttribute(name))
                    block.SetAttribute(name, value);
                if (name is not ("dir" or "lang"))
                    break;
            }
        }

        if (attributes.Count > 0)
            for (var at = 0; at < blocks.Count; at++)
                blocks[at] = blocks[at] with
                {
                    Inner = attributes.TrueForAll(one => one.Name == "dir" && one.Value == "ltr") ? blocks[at].Inner : null,
                };
    }

    private static List<List<BodyItem>> Parted(List<BodyItem> run)
    {
        var parts = new List<List<BodyItem>>();
        var part = new List<BodyItem>();
        for (var at = 0; at < run.Count; )
        {
            var (end, breaks) = (at, 0);
            while (end < run.Count && (run[end].Kind == ItemKind.Break || run[end].IsBlank))
                breaks += run[end++].Kind == ItemKind.Break ? 1 : 0;
            if (breaks >= BreaksThatPart)
            {
                parts.Add(part);
                part = [];
                at = end;
            }
            else
            {
                end = Math.Max(end, at + 1);
                part.AddRange(run[at..end]);
                at = end;
            }
        }

        parts.Add(part);
        return parts;
    }

    // Without the spaces and line breaks around it, which no reader sees.
    private static List<BodyItem> Trimmed(List<BodyItem> run)
    {
        var (first, end) = (0, run.Count);
        while (first < end && IsSpace(run[first]))
            first++;
        while (end > first && IsSpace(run[end - 1]))
            end--;
        var trimmed = run[first..end];
        if (trimmed.Count == 0)
            return trimmed;
        if (trimmed[0].Node is IText start)
            start.Data = start.Data.TrimStart(' ', '\t', '\n', '\r', '\f');
        if (trimmed[^1].Node is IText last)
            last.Data = last.Data.TrimEnd(' ', '\t', '\n', '\r', '\f');
        return trimmed;
    }

    private static bool IsSpace(BodyItem item) =>
        item.Kind == ItemKind.Break || item.Node is IText text && text.Data.AsSpan().Trim(" \t\n\r\f").IsEmpty;

    // Appends items, with the inline elements that the source has around each.
    private void Fill(IElement parent, IEnumerable<BodyItem> items)
    {
        var (open, into) = (default(InlineFormat), parent);
        foreach (var item in items)
        {
            var format = item.Kind == ItemKind.Block || !item.HasContent ? null : item.Format;
            if (item.IsBlank && ReferenceEquals(item.Format, open))
                format = open;
            if (!ReferenceEquals(format, open))
                (open, into) = (format, Within(parent, format));
            into.AppendChild(item.Node);
        }
    }

    private IElement Within(IElement parent, InlineFormat? format)
    {
        if (format is null)
            return parent;
        var element = Create(format.Name, [.. format.Attributes.Where(attribute => attribute.Name != "id")]);
        Within(parent, format.Outer).AppendChild(element);
        return element;
    }
}
