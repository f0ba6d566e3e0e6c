using AngleSharp.Dom;

namespace HeadlessCms.Api.Editorial.Text;

// Blocks: what parts text.
internal sealed partial class BodyNormalizer
{
    // Within a heading and the like: what parted text becomes a space.
    private void AddLine(IElement element, BodyPlace place, List<BodyItem> items)
    {
        _attributes.Of(element, "");
        if (items.Count > 0 && !items[^1].IsBlank)
            items.Add(TextItem(place.IsCode ? "\n" : " ", place));
        items.AddRange(Flow(element, place));
        items.Add(TextItem(place.IsCode ? "\n" : " ", place));
    }

    private void AddParagraphs(IElement element, InlineStyle style, BodyPlace place, List<BodyItem> items)
    {
        var attributes = _attributes.Of(element, "p");
        if (element.LocalName != "p")
            attributes.RemoveAll(attribute => attribute is { Name: "dir", Value: "ltr" }); // mailers write it on everything
        foreach (var name in Meant(style, place, null))
            place = place with { Format = new(place.Format, name, []), IsBold = place.IsBold || name == "strong" };
        var isPlain = element.LocalName == "p" && element.Attributes.Length == 0;
        var blocks = Paragraphs(Flow(element, place), attributes, place);
        if (WordLists.LevelOf(element) is { } level && blocks is [{ Node: IElement list }] && JoinsLast(list, level, items))
            return;
        items.AddRange(blocks.Select(item => isPlain ? item with { Inner = null } : item));
    }

    private void AddHeading(IElement element, string name, BodyPlace place, List<BodyItem> items)
    {
        var level = Math.Min(6, name[1] - '0' + _headingShift);
        if (level != name[1] - '0')
            _warnings.Changed($"{name} to h{level}", element);
        var content = Trimmed(Flow(element, place with { IsLine = true, IsBold = true, Format = WithoutBold(place.Format) }));
        var heading = Create($"h{level}", _attributes.Of(element, $"h{level}"));
        if (!content.Any(item => item.HasContent))
            return;
        Fill(heading, content);
        items.Add(new(heading, ItemKind.Block, true));
    }

    private void AddCode(IElement element, BodyPlace place, List<BodyItem> items)
    {
        var code = Create("pre", _attributes.Of(element, "pre"));
        Fill(code, Flow(element, place with { IsLine = true, IsCode = true, Format = null }));
        // A parser takes the first line break for part of the tag.
        for (INode? first = code; first is not null; first = first.FirstChild)
            if (first is IText text)
                text.Data = text.Data.TrimStart('\n', '\r');
        if (!string.IsNullOrWhiteSpace(code.TextContent))
            items.Add(new(code, ItemKind.Block, true));
    }

    private void AddGroup(IElement element, string name, BodyPlace place, List<BodyItem> items)
    {
        var attributes = name == "figure" && _embeds.OfFigure(element) is { } embed ? AttributesOf(embed) : [];
        var group = Create(name, [.. attributes, .. _attributes.Of(element, name)]);
        if (attributes.Count == 0 && element.HasAttribute("data-embed"))
            _warnings.Removed("embed of a service that is not allowed", element);
        var content = Flow(element, place);
        if (name == "figure" && Embedded(content) is { } player)
        {
            Fill(player, content.Where(item => item.Node != player));
            items.Add(new(player, ItemKind.Block, true));
            return;
        }

        if (attributes.Count > 0 && !content.Any(item => IsLinkIn(item.Node)))
            content.Insert(0, PlainLink(attributes[1].Value, null, default));
        if (!content.Any(item => item.HasContent))
            return;
        Fill(group, WithoutOuterBreaks(content));
        items.Add(new(group, ItemKind.Block, true));
    }

    // The only embed of a figure, whose other content is at most its caption.
    private static IElement? Embedded(List<BodyItem> content) =>
        content.Where(item => item.HasContent && item.Node is not IElement { LocalName: "figcaption" }).ToList()
            is [{ Node: IElement { LocalName: "figure" } player }]
            ? player
            : null;

    // A part of a list, table or group that may have text and blocks.
    private void AddCell(IElement element, string name, BodyPlace place, List<BodyItem> items)
    {
        var cell = Create(name, _attributes.Of(element, name));
        var style = InlineStyle.Of(element);
        place = place with { IsBold = place.IsBold || name is "th" or "dt" or "summary" };
        foreach (var meant in Meant(style, place, null).Where(meant => meant is "strong" or "em"))
            place = place with { Format = new(place.Format, meant, []), IsBold = place.IsBold || meant == "strong" };
        var content = Bare(Flow(element, place)).ToList();
        if (element.GetAttribute("role") == "checkbox")
            content.Insert(0, TextItem(element.GetAttribute("aria-checked") == "true" ? "☑ " : "☐ ", default));
        Fill(cell, content);
        items.Add(new(cell, ItemKind.Block, content.Any(item => item.HasContent)));
    }

    // A single paragraph that stands for a container needs no element.
    private static IEnumerable<BodyItem> Bare(List<BodyItem> content) =>
        content.Where(item => item.HasContent).ToList() is [{ Inner: { } inner }] ? inner : WithoutOuterBreaks(content);

    // Line breaks at the ends, which mailers add.
    private static List<BodyItem> WithoutOuterBreaks(List<BodyItem> content)
    {
        var first = content.FindIndex(item => !IsSpace(item));
        var last = content.FindLastIndex(item => !IsSpace(item));
        return [.. content.Where((item, at) => item.Kind != ItemKind.Break || at > first && at < last)];
    }

    private void AddList(IElement element, string name, InlineStyle style, BodyPlace place, List<BodyItem> items)
    {
        var attributes = _attributes.Of(element, name);
        if (name == "ol" && attributes.TrueForAll(attribute => attribute.Name != "type") && ListType(element, style) is { } type)
            attributes.Add(("type", type));
        AddList(Create(name, attributes), element.ChildNodes.ToArray(), place, items);
    }

    private static string? ListType(IElement list, InlineStyle style) =>
        style.ListType ?? list.Children.Select(item => InlineStyle.Of(item).ListType).FirstOrDefault(type => type is not null);

    private void AddList(IElement list, INode[] nodes, BodyPlace place, List<BodyItem> items)
    {
        var entries = new List<BodyItem>();
        var isTerms = list.LocalName == "dl";
        place = place with { IsBold = false };
        nodes = isTerms ? [.. nodes.SelectMany(Groups)] : nodes;
        for (var at = 0; at < nodes.Length; )
        {
            if (nodes[at] is IElement { LocalName: "li" or "dt" or "dd" } entry)
            {
                AddCell(entry, isTerms ? (entry.LocalName == "dt" ? "dt" : "dd") : "li", place, entries);
                at++;
            }
            else if (nodes[at] is IText text && string.IsNullOrWhiteSpace(text.Data))
            {
                entries.Add(TextItem(text.Data, default));
                at++;
            }
            else
            {
                var first = at++;
                while (!IsList(nodes[first]) && at < nodes.Length && !IsEntryOrList(nodes[at]))
                    at++;
                AddStray(nodes[first..at], isTerms ? "dd" : "li", place, entries);
            }
        }

        if (!entries.Any(entry => entry.Kind == ItemKind.Block))
            return;
        Fill(list, entries);
        items.Add(new(list, ItemKind.Block, entries.Any(entry => entry.HasContent)));
    }

    private static bool IsEntryOrList(INode node) => IsList(node) || node is IElement { LocalName: "li" or "dt" or "dd" };

    // The dt and dd of a dl may stand in div.
    private static IEnumerable<INode> Groups(INode node) => node is IElement { LocalName: "div" } group ? group.ChildNodes : [node];

    // A list within a list belongs to the entry before it, where office suites leave that out. Other content is an entry.
    private void AddStray(INode[] nodes, string name, BodyPlace place, List<BodyItem> entries)
    {
        var content = Flow(nodes, nodes[0].Parent!, place);
        if (!content.Any(item => item.HasContent))
            return;
        var last = entries.FindLastIndex(entry => entry.Kind == ItemKind.Block);
        var isNested = last >= 0 && IsList(nodes[0]);
        var entry = isNested ? (IElement)entries[last].Node : Create(name);
        Fill(entry, Bare(content));
        if (isNested)
            entries[last] = entries[last] with { HasContent = true };
        else
            entries.Add(new(entry, ItemKind.Block, true));
    }

    private int Orphans(string list, INode[] nodes, int at, List<BodyItem> items, BodyPlace place)
    {
        var first = at;
        while (at < nodes.Length && nodes[at] is not IElement { LocalName: not "li" and not "dt" and not "dd" } && !HasText(nodes[at]))
            at++;
        AddList(Create(list), nodes[first..at], place, items);
        return at;
    }

    private static bool HasText(INode node) => node is IText text && !string.IsNullOrWhiteSpace(text.Data);

    private void AddTable(IElement element, BodyPlace place, List<BodyItem> items)
    {
        if (element.GetAttribute("role") is "presentation" or "none")
        {
            // A table that only places things on a page, as mails have them.
            foreach (var cell in Rows(element).SelectMany(row => row.Children))
                items.AddRange(Paragraphs(Flow(cell, place), [], place));
            return;
        }

        var table = Create("table", _attributes.Of(element, "table"));
        if (AddRows(element, table, place))
            items.Add(new(table, ItemKind.Block, true));
    }

    private static IEnumerable<IElement> Rows(IElement table) =>
        table.Children.SelectMany(part => part.LocalName == "tr" ? [part] : part.Children.Where(row => row.LocalName == "tr"));

    private bool AddRows(IElement element, IElement part, BodyPlace place)
    {
        var hasCells = false;
        foreach (var node in element.ChildNodes)
        {
            if (node is IText text)
            {
                if (string.IsNullOrWhiteSpace(text.Data))
                    part.AppendChild(_body.CreateTextNode(text.Data));
                continue;
            }

            if (node is not IElement child)
                continue;
            var cells = new List<BodyItem>();
            switch (child.LocalName)
            {
                case "thead" or "tbody" or "tfoot" or "tr":
                    var inner = Create(child.LocalName, _attributes.Of(child, child.LocalName));
                    if (AddRows(child, inner, place))
                        (hasCells, _) = (true, part.AppendChild(inner));
                    break;
                case "td" or "th":
                    AddCell(child, child.LocalName, place with { IsBold = false }, cells);
                    hasCells = true;
                    break;
                case "caption":
                    AddCell(child, "caption", place with { IsLine = true }, cells);
                    cells.RemoveAll(cell => !cell.HasContent);
                    break;
                default:
                    Convert(child, place with { IsLine = true }, []); // has no text, and says so
                    break;
            }

            Fill(part, cells);
        }

        return hasCells;
    }

    private static InlineFormat? WithoutBold(InlineFormat? format) =>
        format is null ? null
        : format.Name is "b" or "strong" ? WithoutBold(format.Outer)
        : format with { Outer = WithoutBold(format.Outer) };
}
