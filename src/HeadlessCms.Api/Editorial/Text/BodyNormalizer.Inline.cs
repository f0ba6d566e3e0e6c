using AngleSharp.Dom;

namespace HeadlessCms.Api.Editorial.Text;

// Elements within a line of text, also those that a style stands for.
internal sealed partial class BodyNormalizer
{
    private void AddInline(IElement element, string name, InlineStyle style, BodyPlace place, List<BodyItem> items)
    {
        var around = new List<InlineFormat>();
        var attributes = Known(element, name, style, place);
        if (attributes is { } own)
            around.Add(new(null, own.Name, own.Attributes));
        var inner = place with
        {
            IsLink = place.IsLink || attributes?.Name == "a",
            IsBold = place.IsBold || attributes?.Name is "b" or "strong",
        };
        foreach (var meant in Meant(style, inner, attributes?.Name))
            around.Add(new(null, meant, []));
        inner = inner with { IsBold = inner.IsBold || style.IsBold };
        if (around.Count == 0)
        {
            items.AddRange(Flow(element, inner));
        }
        else if (_parting.Contains(element) && !place.IsLine)
        {
            var format = around.Aggregate(place.Format, (outer, one) => one with { Outer = outer });
            items.AddRange(Flow(element, inner with { Format = format }));
        }
        else
        {
            var content = Flow(element, inner with { Format = null });
            if (
                !content.Any(item => item.HasContent)
                && attributes?.Attributes.Any(one => one.Name == "id" && _ids.IsTarget(one.Value)) != true
            )
            {
                items.AddRange(content.Select(item => item with { Format = place.Format }));
                return;
            }

            foreach (var format in Enumerable.Reverse(around))
            {
                var node = Create(format.Name, format.Attributes);
                Fill(node, content);
                content = [new(node, ItemKind.Inline, true)];
            }

            items.Add(content[0] with { Format = place.Format });
        }
    }

    // The inline element of the body, if there is one for this of the source.
    private (string Name, List<(string Name, string Value)> Attributes)? Known(
        IElement element,
        string name,
        InlineStyle style,
        BodyPlace place
    )
    {
        if (name == "span" && !_isWord && (element.HasAttribute("dir") || element.HasAttribute("lang")))
            return _attributes.Of(element, "bdi") is { Count: > 0 } kept ? ("bdi", kept) : null;
        if (!HtmlNames.Inline.Contains(name) || style.Undoes(name))
        {
            if (
                name is not ("span" or "font" or "picture" or "nobr")
                && !HtmlNames.Inline.Contains(name)
                && !name.Contains(':', StringComparison.Ordinal)
            )
                _warnings.Removed($"{name} (its text is kept)", element);
            _attributes.Of(element, "");
            return null;
        }

        var attributes = _attributes.Of(element, name);
        if (name != "a")
            return (name, attributes);
        if (!place.IsLink && element.GetAttribute("href") is { } href && Address(element, href) is { } url)
            return ("a", [("href", url), .. attributes, ("rel", BodyAttributes.Relations(element.GetAttribute("rel")))]);
        return attributes.Any(attribute => attribute.Name == "id" && _ids.IsTarget(attribute.Value)) ? ("a", attributes) : null;
    }

    private string? Address(IElement link, string href)
    {
        var (url, refusal) = _urls.Link(href);
        if (url is null)
        {
            _warnings.Removed($"link ({refusal})", link);
            return null;
        }

        if (url.StartsWith('#'))
            return url.Length > 1 ? _ids.Link(url[1..], link, _warnings) : null;
        var target = BodyUrls.WithoutRedirect(url);
        if (target == url)
            return url;
        _warnings.Changed("link through a redirect", link);
        return _urls.Link(target).Url ?? url;
    }

    private static IEnumerable<string> Meant(InlineStyle style, BodyPlace place, string? own) =>
        style
            .Elements()
            .Where(name =>
                !(name == "u" && place.IsLink || name == "strong" && place.IsBold || name == "em" && own is "i" or "em" || name == own)
            );
}
