using AngleSharp.Dom;
using HeadlessCms.Core.Articles;

namespace HeadlessCms.Api.Editorial.Text;

// Embeds: players, posts of other services, and links that stand alone.
internal sealed partial class BodyNormalizer
{
    private void AddPlayer(IElement element, BodyPlace place, List<BodyItem> items)
    {
        var name = element.LocalName;
        var addresses = BodyEmbeds.Addresses(element).ToList();
        var label = element.GetAttribute("title") is { } title && !string.IsNullOrWhiteSpace(title) ? title.Trim() : null;
        var embed = addresses.Select(_embeds.Find).FirstOrDefault(found => found is not null);
        var (url, refusal) = addresses.Select(_urls.Link).FirstOrDefault(link => link.Url is ['h', ..], (null, "no address"));
        if (embed is not null && !place.IsLine && !place.IsLink)
        {
            items.Add(EmbedFigure(element, embed, [], label));
        }
        else if ((embed?.Url ?? url) is { } target)
        {
            _warnings.Changed($"{name} to link", element);
            var link = PlainLink(target, label, place);
            items.AddRange(
                place.IsLine || place.IsLink ? [TextItem(" ", place), link, TextItem(" ", place)] : Paragraphs([link], [], place)
            );
        }
        else
        {
            _warnings.Removed(refusal == "no address" ? name : $"{name} ({refusal})", element);
        }

        // What stands in a player is for browsers without it; where its end is missing, it is the text that follows.
        if (_unclosed.Contains(name) || embed is null && url is null && name == "object")
            items.AddRange(Flow(element, place));
    }

    private BodyItem EmbedFigure(IElement element, Embed embed, List<BodyItem> content, string? label = null)
    {
        var figure = Create("figure", [.. AttributesOf(embed), .. _attributes.Of(element, "figure")]);
        var into = figure;
        if (element.LocalName == "blockquote" && content.Count > 0)
            figure.AppendChild(into = Create("blockquote"));
        Fill(into, content);
        if (!IsLinkIn(figure))
            Fill(figure, [PlainLink(embed.Url, label, default)]);
        return new(figure, ItemKind.Block, true);
    }

    private static List<(string Name, string Value)> AttributesOf(Embed embed) => [("data-embed", embed.Provider), ("data-url", embed.Url)];

    private BodyItem PlainLink(string url, string? label, BodyPlace place)
    {
        var text = _body.CreateTextNode(label ?? url);
        if (place.IsLink)
            return new(text, ItemKind.Text, true, place.Format);
        var link = Create("a", [("href", url), ("rel", BodyAttributes.Relations(null))]);
        link.AppendChild(text);
        return new(link, ItemKind.Inline, true, place.Format);
    }

    // A paragraph of nothing but the address of a known service, or a link to it.
    private BodyItem? LoneEmbed(List<BodyItem> run)
    {
        if (run.Where(item => !item.IsBlank && item.Kind != ItemKind.Break).ToList() is not [{ Format: null } only])
            return null;
        var link = only.Node as IElement;
        var address =
            only.Node is IText text ? text.Data.Trim()
            : link is { LocalName: "a" } ? link.GetAttribute("href")
            : null;
        if (_embeds.Find(address) is not { } embed)
            return null;
        var figure = Create("figure", AttributesOf(embed));
        Fill(figure, link is null ? [PlainLink(embed.Url, null, default)] : [only]);
        return new(figure, ItemKind.Block, true);
    }

    private static bool IsLinkIn(INode node) =>
        node is IElement element
        && (element is { LocalName: "a" } && element.HasAttribute("href") || element.QuerySelector("a[href]") is not null);
}
