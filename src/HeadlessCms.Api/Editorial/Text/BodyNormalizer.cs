using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>
/// Rebuilds HTML of any origin, pasted from office suites, mailers and web pages included, from the elements that a body may have, so that
/// nothing is lost and no words are joined. What it makes of its own output is the same. It is no sanitiser; one follows.
/// </summary>
internal sealed partial class BodyNormalizer
{
    private readonly IHtmlDocument _body = new HtmlParser().ParseDocument("<!doctype html><html><body>");
    private readonly HashSet<IElement> _parting = [];
    private readonly BodyLimits _limits;
    private readonly BodyUrls _urls;
    private readonly BodyIds _ids;
    private readonly BodyWarnings _warnings;
    private readonly BodyAttributes _attributes;
    private readonly BodyEmbeds _embeds;
    private readonly WordLists _word;
    private readonly int _headingShift;
    private readonly bool _isWord;
    private readonly IReadOnlySet<string> _unclosed;
    private int _created;
    private int _skipped;

    public BodyNormalizer(
        IHtmlDocument source,
        HtmlSource text,
        BodyUrls urls,
        EmbedServices services,
        BodyWarnings warnings,
        BodyLimits limits
    )
    {
        (_limits, _urls, _warnings, _unclosed, _isWord) = (limits, urls, warnings, text.Unclosed, text.IsWord);
        _ids = new BodyIds(source.Body!);
        _attributes = new BodyAttributes(urls, _ids, warnings, text.IsWord);
        _embeds = new BodyEmbeds(services, urls);
        _word = new WordLists(text.Html);
        // A body begins below its headline, the only h1 of a page.
        _headingShift = source.Body!.QuerySelector("h1") is null ? 0 : 1;
        foreach (var element in source.Body.QuerySelectorAll("*").Where(element => HtmlNames.Parts(element.LocalName)))
            for (var above = element.ParentElement; above is not null && _parting.Add(above); above = above.ParentElement) { }
    }

    /// <summary>The body as a document of its own.</summary>
    public IHtmlDocument Normalize(IHtmlDocument source)
    {
        Fill(_body.Body!, Paragraphs(Flow(source.Body!, default), [], default));
        return _body;
    }

    private List<BodyItem> Flow(INode parent, BodyPlace place) => Flow([.. parent.ChildNodes], parent, place);

    private List<BodyItem> Flow(INode[] nodes, INode parent, BodyPlace place)
    {
        var items = new List<BodyItem>();
        for (var at = 0; at < nodes.Length; )
        {
            if (nodes[at] is IElement item && !place.IsLine && _word.Read(item) is not null)
                at = WordList(nodes, at, items, place);
            else if (nodes[at] is IElement { LocalName: "li" or "dt" or "dd" } orphan && !IsList(parent) && !place.IsLine)
                at = Orphans(orphan.LocalName == "li" ? "ul" : "dl", nodes, at, items, place);
            else
                Convert(nodes[at++], place, items);
        }

        return items;
    }

    private void Convert(INode node, BodyPlace place, List<BodyItem> items)
    {
        if (node is IText text)
            AddText(text, place, items);
        else if (node is IElement element)
            Convert(element, place, items);
    }

    private void Convert(IElement element, BodyPlace place, List<BodyItem> items)
    {
        _limits.CheckTime();
        var style = InlineStyle.Of(element);
        var name = element.LocalName;
        if (
            WordLists.IsMarker(style)
            || WordLists.IsMark(element)
            || HtmlNames.Noise.Contains(name)
            || name == "source" && element.Parent is IElement { LocalName: "picture" }
        )
            return;
        if (style.IsHidden || element.HasAttribute("hidden"))
        {
            if (!string.IsNullOrWhiteSpace(element.TextContent))
                _warnings.Removed($"hidden {name}", element);
        }
        else if (name == "img" && element.GetAttribute("aria-roledescription") == "checkbox")
            return; // its entry says the same
        else if (name == "input" && element.GetAttribute("type") is "checkbox")
            items.Add(TextItem(element.HasAttribute("checked") ? "☑" : "☐", place));
        else if (HtmlNames.Dropped.Contains(name))
            _warnings.Removed(name, element);
        else if (HtmlNames.Players.Contains(name))
            AddPlayer(element, place, items);
        else if (_embeds.OfMarkup(element) is { } embed && !place.IsLine)
            items.Add(EmbedFigure(element, embed, Flow(element, place)));
        else
            Convert(element, Renamed(element), style, place, items);
    }

    private void Convert(IElement element, string name, InlineStyle style, BodyPlace place, List<BodyItem> items)
    {
        if (name is "img")
            AddPicture(element, place, items);
        else if (name is "br")
            AddBreak(element, style, place, items);
        else if (name is "wbr")
            items.Add(new(Create("wbr"), ItemKind.Inline, false, place.Format));
        else if (place.IsLine && HtmlNames.Parts(element.LocalName) || name is "label" or "button" or "output")
            AddLine(element, place, items);
        else if (name is "hr")
            items.Add(new(Create("hr"), ItemKind.Block, true));
        else if (name is "pre")
            AddCode(element, place, items);
        else if (IsHeading(name))
            AddHeading(element, name, place, items);
        else if (name is "ul" or "ol" or "dl")
            AddList(element, name, style, place, items);
        else if (name is "table")
            AddTable(element, place, items);
        else if (name is "blockquote" or "figure" or "details")
            AddGroup(element, name, place, items);
        else if (name is "figcaption" && element.Closest("figure") is not null)
            AddCell(element, name, place, items);
        else if (name is "summary" && element.Parent is IElement { LocalName: "details" })
            AddCell(element, name, place with { IsLine = true }, items);
        else if (name is "p" || HtmlNames.Containers.Contains(name))
            AddParagraphs(element, style, place, items);
        else
            AddInline(element, name, style, place, items);
    }

    private string Renamed(IElement element)
    {
        var name = element.LocalName;
        if (!HtmlNames.Synonyms.TryGetValue(name, out var other))
            return name;
        _warnings.Changed($"{name} to {other}", element);
        return other;
    }

    private void AddText(IText text, BodyPlace place, List<BodyItem> items)
    {
        var content = Controls().Replace(text.Data, "");
        if (content.Length < text.Data.Length)
            _warnings.Removed("run of control characters", text.ParentElement);
        if (_skipped > 0)
        {
            var skipped = Math.Min(_skipped, content.Length);
            (_skipped, content) = (_skipped - skipped, content[skipped..]);
        }

        if (text.ParentElement is { } parent && !place.IsCode && WordLists.IsSpacing(parent))
            content = Spacing().Replace(content, " ");
        if (content.Length > 0)
            items.Add(TextItem(content, place));
    }

    private void AddBreak(IElement element, InlineStyle style, BodyPlace place, List<BodyItem> items)
    {
        if (element.ClassName == "Apple-interchange-newline" || style["page-break-before"] is not null)
            return;
        items.Add(
            place.IsCode ? TextItem("\n", place)
            : place.IsLine ? TextItem(" ", place)
            : new(Create("br"), ItemKind.Break, false, place.Format)
        );
    }

    private void AddPicture(IElement element, BodyPlace place, List<BodyItem> items)
    {
        if (element.GetAttribute("width") is "1" or "0" && element.GetAttribute("height") is "1" or "0")
        {
            _warnings.Removed("img of one pixel", element);
            return;
        }

        var (url, refusal) = _embeds.Picture(element);
        if (url is null)
        {
            _warnings.Removed($"img ({refusal})", element);
            return;
        }

        var image = Create("img", [("src", url), .. _attributes.Of(element, "img")]);
        items.Add(new(image, ItemKind.Inline, true, place.Format));
    }

    private BodyItem TextItem(string text, BodyPlace place) =>
        new(_body.CreateTextNode(text), ItemKind.Text, !Blank().IsMatch(text), place.Format);

    private IElement Create(string name, IReadOnlyList<(string Name, string Value)>? attributes = null)
    {
        if (++_created > BodyLimits.MaxElements)
            throw BodyLimits.TooManyElements();
        var element = _body.CreateElement(name);
        foreach (var (attribute, value) in attributes ?? [])
            element.SetAttribute(attribute, value);
        return element;
    }

    private static bool IsHeading(string name) => name is ['h', >= '1' and <= '6'];

    private static bool IsList(INode node) => node is IElement { LocalName: "ul" or "ol" or "dl" or "dir" or "menu" };

    [GeneratedRegex(@"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]+")]
    private static partial Regex Controls();

    [GeneratedRegex(@"[\s\u00A0]+")]
    private static partial Regex Spacing();

    [GeneratedRegex(@"^[\s\u00A0\u200B-\u200F\u2060\uFEFF]*$")]
    private static partial Regex Blank();
}
