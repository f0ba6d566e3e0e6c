using System.Globalization;
using AngleSharp.Dom;

namespace HeadlessCms.Api.Editorial.Text;

// Word's lists: paragraphs that become entries of nested lists.
internal sealed partial class BodyNormalizer
{
    private int WordList(INode[] nodes, int at, List<BodyItem> items, BodyPlace place)
    {
        var entries = new List<(WordListItem Item, IElement Node)>();
        for (; at < nodes.Length; at++)
        {
            if (nodes[at] is IElement element)
            {
                if (_word.Read(element) is { } read)
                    entries.Add((read, Entry(element, read, place)));
                else if (IsContinuation(element))
                    Fill(entries[^1].Node, Flow([element], element.Parent!, place));
                else if (
                    !string.IsNullOrWhiteSpace(element.TextContent)
                    || element.LocalName != "p"
                    || element.QuerySelector("img") is not null
                )
                    break;
            }
            else if (HasText(nodes[at]))
            {
                break;
            }
        }

        for (var next = 0; next < entries.Count; )
            items.Add(new(WordList(entries, ref next), ItemKind.Block, true));
        return at;
    }

    // The list of the level that the next entry is of, with the deeper ones in its entries.
    private IElement WordList(List<(WordListItem Item, IElement Node)> entries, ref int next)
    {
        var first = entries[next].Item;
        var list = Create(first.Type is null ? "ul" : "ol");
        if (first.Type is not (null or "1"))
            list.SetAttribute("type", first.Type);
        if (first.Number is > 1)
            list.SetAttribute("start", first.Number.Value.ToString(CultureInfo.InvariantCulture));
        var expected = first.Number;
        IElement? last = null;
        while (next < entries.Count && entries[next].Item is var item && item.Level >= first.Level)
        {
            if (item.Level > first.Level && last is not null)
            {
                last.AppendChild(WordList(entries, ref next));
                continue;
            }

            item = Alike(item, first, expected);
            var goesOn = item.Number is null || expected is null || item.Number == expected;
            if (last is not null && (item.Type != first.Type || item.List != first.List && first.Type is not null && !goesOn))
                break;
            last = entries[next++].Node;
            if (!goesOn)
                last.SetAttribute("value", item.Number!.Value.ToString(CultureInfo.InvariantCulture));
            expected = item.Number + 1 ?? expected + 1;
            list.AppendChild(last);
        }

        return list;
    }

    // A numeral such as v is a letter or Roman, as those before it are.
    private static WordListItem Alike(WordListItem item, WordListItem first, int? expected) =>
        (first.Type, item.Type) switch
        {
            ("i" or "I", "a" or "A")
                when item.Number is { } letter && WordLists.RomanNumber(((char)('a' + letter - 1)).ToString()) is { } roman => item with
            {
                Type = first.Type,
                Number = roman,
            },
            ("a" or "A", "i" or "I") when item.Number == 1 && expected == 9 => item with { Type = first.Type, Number = 9 },
            _ => item,
        };

    // A list of the level joins the one before it: as more entries of it, or within its last entry.
    private static bool JoinsLast(IElement list, int level, List<BodyItem> items)
    {
        if (items.FindLast(item => item.HasContent)?.Node is not IElement { LocalName: "ul" or "ol" } last)
            return false;
        for (; level > 1; level--)
        {
            if (last.LastElementChild is not { LocalName: "li" } entry)
                return false;
            if (entry.LastElementChild is not { LocalName: "ul" or "ol" } below)
            {
                entry.AppendChild(list);
                return true;
            }

            last = below;
        }

        if (last.LocalName != list.LocalName)
        {
            if (last.ParentElement is not { LocalName: "li" } entry)
                return false;
            entry.AppendChild(list);
            return true;
        }

        foreach (var entry in list.Children.ToArray())
            last.AppendChild(entry);
        return true;
    }

    private IElement Entry(IElement element, WordListItem read, BodyPlace place)
    {
        var entry = Create("li", _attributes.Of(element, "li"));
        _skipped = read.Skip;
        var content = Paragraphs(Flow(element, place), [], place);
        _skipped = 0;
        Fill(entry, Bare(content));
        return entry;
    }

    // Word gives a further paragraph of an entry the style of the list, without a marker.
    private static bool IsContinuation(IElement element) =>
        element.LocalName == "p" && element.ClassName?.StartsWith("MsoListContinue", StringComparison.Ordinal) == true;
}
