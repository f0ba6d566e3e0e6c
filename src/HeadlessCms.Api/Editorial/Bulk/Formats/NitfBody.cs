using System.Text;
using System.Xml.Linq;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>The content of a NITF story as HTML, which the body's own rules clean, with the concepts and the picture that it has.</summary>
internal sealed class NitfBody
{
    private static readonly HashSet<string> Same =
    [
        "p",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "dl",
        "dt",
        "dd",
        "pre",
        "em",
        "strong",
        "a",
        "sub",
        "sup",
        "hr",
        "br",
        "q",
        "h2",
        "h3",
        "h4",
    ];

    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["bq"] = "blockquote",
        ["hl2"] = "h2",
        ["hl1"] = "h2",
        ["nitf-table"] = "table",
        ["lang"] = "span",
        ["copyrite"] = "p",
        ["note"] = "blockquote",
        ["fn"] = "p",
    };

    // Their text stays in the line; what they say beside it is their own business.
    private static readonly HashSet<string> Phrases =
    [
        "person",
        "location",
        "org",
        "event",
        "object.title",
        "chron",
        "num",
        "money",
        "frac",
        "virtloc",
        "postaddr",
        "function",
        "alt-code",
        "city",
        "state",
        "region",
        "country",
        "name.given",
        "name.family",
        "body.content",
        "block",
        "span",
        "credit",
    ];

    private readonly StringBuilder _html = new();
    private readonly List<ImportedMention> _mentions = [];
    private readonly Dictionary<string, int> _unknown = [];
    private int _pictures;

    private NitfBody() { }

    public string Html => _html.ToString().Trim();

    public IReadOnlyList<ImportedMention> Mentions => _mentions;

    public Image? Picture { get; private set; }

    /// <summary>What of the content is not in the HTML.</summary>
    public IEnumerable<string> Losses =>
        _unknown
            .Select(one => $"{one.Value} {one.Key} of the body: the text is kept without it.")
            .Concat(_pictures > 1 ? [$"{_pictures - 1} more media of the body are left out."] : []);

    public static NitfBody Of(XElement? content)
    {
        var body = new NitfBody();
        if (content is not null)
            body.Children(content);
        return body;
    }

    private void Children(XElement element)
    {
        foreach (var node in element.Nodes())
            if (node is XText text)
                _html.Append(System.Net.WebUtility.HtmlEncode(text.Value));
            else if (node is XElement child)
                Write(child);
    }

    private void Write(XElement element)
    {
        var name = element.Name.LocalName;
        if (name == "media")
        {
            Media(element);
            return;
        }

        if (NitfNames.Mention(element, Relation.Mentions) is { } mention)
            _mentions.Add(mention);
        var tag = Same.Contains(name) ? name : Renamed.GetValueOrDefault(name);
        if (tag is null)
        {
            if (!Phrases.Contains(name))
                _unknown[name] = _unknown.GetValueOrDefault(name) + 1;
            Children(element);
            return;
        }

        _html.Append('<').Append(tag);
        if (tag == "a" && element.Value("href") is { } href)
            _html.Append(" href=\"").Append(System.Net.WebUtility.HtmlEncode(href)).Append('"');
        _html.Append('>');
        if (tag is "br" or "hr")
            return;
        Children(element);
        _html.Append("</").Append(tag).Append('>');
    }

    private void Media(XElement media)
    {
        _pictures++;
        var source = media
            .Elements()
            .Where(one => one.Name.LocalName == "media-reference")
            .Select(one => (Url: one.Value("source"), Alt: one.Value("alternate-text")))
            .FirstOrDefault(one => one.Url is not null);
        if (Picture is null && media.Value("media-type") is "image" or null && source.Url is { } url)
            Picture = new(
                url,
                SourceText.Line(source.Alt),
                SourceText.Line(media.Child("media-caption")?.Value),
                SourceText.Line(media.Child("media-producer")?.Value)
            );
        else if (Picture is null)
            _unknown["media"] = _unknown.GetValueOrDefault("media") + 1;
    }
}
