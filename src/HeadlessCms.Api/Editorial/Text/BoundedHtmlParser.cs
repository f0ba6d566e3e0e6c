using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Dom.Events;
using AngleSharp.Html.Parser;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>
/// Parses HTML within <see cref="BodyLimits"/>. As the factory of elements it sees also those that the source does not name: an unclosed
/// <c>b</c> is copied into every paragraph that follows.
/// </summary>
internal sealed partial class BoundedHtmlParser : IElementFactory<Document, HtmlElement>
{
    private const string Start = "<!doctype html><html><body>";
    private const int LevelsAboveBody = 2;

    private static readonly IElementFactory<Document, HtmlElement> Elements = BrowsingContext
        .New()
        .GetService<IElementFactory<Document, HtmlElement>>()!;

    private readonly BodyLimits _limits;
    private HtmlElement? _last;
    private int _elements;
    private int _templates;

    private BoundedHtmlParser(BodyLimits limits) => _limits = limits;

    /// <summary>Parses the content of a body, as browsers with scripts do.</summary>
    /// <param name="html">The content.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="warnings">Hears of a tag without an end, which parsers leave out.</param>
    public static IHtmlDocument Parse(string html, BodyLimits limits, BodyWarnings? warnings = null)
    {
        BodyLimits.CheckLength(html.Length);
        if (StartTag().Count(html) > BodyLimits.MaxElements)
            throw BodyLimits.TooManyElements();
        var bounded = new BoundedHtmlParser(limits);
        var parser = new HtmlParser(
            new HtmlParserOptions
            {
                IsScripting = true,
                IsKeepingSourceReferences = true,
                // Beyond this AngleSharp would make children siblings.
                MaximumDepth = LevelsAboveBody + BodyLimits.MaxDepth + 1,
                ShouldEmitAttribute = static (ref tag, _) =>
                    tag.Attributes.Count < BodyLimits.MaxAttributes ? true : throw BodyLimits.TooManyAttributes(),
                OnCreated = (element, _) => bounded.CheckTemplate(element),
            },
            BrowsingContext.New(Configuration.Default.WithOnly<IElementFactory<Document, HtmlElement>>(bounded))
        );
        parser.Error += (_, error) =>
        {
            if (error is HtmlErrorEvent { Code: (int)HtmlParseError.EOF } end)
                warnings?.Unclosed("tag: the text after it is not shown", end.Position.Line);
        };
        var document = parser.ParseDocument(Start + html);
        bounded.CheckDepth();
        return document;
    }

    /// <inheritdoc/>
    public HtmlElement Create(Document document, string localName, string? prefix = null, NodeFlags flags = NodeFlags.None)
    {
        _limits.CheckTime();
        CheckDepth();
        if (++_elements > BodyLimits.MaxElements)
            throw BodyLimits.TooManyElements();
        return _last = Elements.Create(document, localName, prefix, flags);
    }

    // A template's content is a tree of its own, in which the depth begins anew.
    private void CheckTemplate(IElement element)
    {
        if (element is IHtmlTemplateElement && ++_templates > BodyLimits.MaxDepth)
            throw BodyLimits.TooDeep();
    }

    // The last element is in the tree when the next one is created.
    private void CheckDepth()
    {
        var depth = -LevelsAboveBody;
        for (INode? node = _last; node is IElement; node = node.Parent)
            if (++depth > BodyLimits.MaxDepth)
                throw BodyLimits.TooDeep();
    }

    [GeneratedRegex("<[A-Za-z]")]
    private static partial Regex StartTag();
}
