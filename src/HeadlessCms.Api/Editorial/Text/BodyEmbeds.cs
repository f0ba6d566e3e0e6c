using System.Text.RegularExpressions;
using AngleSharp.Dom;
using HeadlessCms.Core.Articles;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>Finds in markup what it embeds, and the address of a picture.</summary>
internal sealed partial class BodyEmbeds(EmbedServices services, BodyUrls urls)
{
    private static readonly string[] OfPlayer = ["data-src", "src", "data"];
    private static readonly string[] OfPost = ["data-instgrm-permalink", "data-embed-url", "cite"];
    private static readonly string[] Lazy = ["data-src", "data-lazy-src", "data-original", "src"];

    /// <summary>The embed that an address stands for; null if it is of no allowed service.</summary>
    public Embed? Find(string? address) => string.IsNullOrWhiteSpace(address) ? null : services.Find(Https(address.Trim()));

    /// <summary>The addresses of a player, the likeliest first.</summary>
    public static IEnumerable<string> Addresses(IElement player) =>
        OfPlayer
            .Select(player.GetAttribute)
            .Concat(player.QuerySelectorAll("param[name=movie], param[name=src]").Select(parameter => parameter.GetAttribute("value")))
            .Concat(player.QuerySelectorAll("source, embed, iframe").Select(source => source.GetAttribute("src")))
            .OfType<string>()
            .Where(address => address.Length > 0 && !address.StartsWith("about:", StringComparison.OrdinalIgnoreCase))
            .Take(20);

    /// <summary>The embed that a service's own markup stands for: a quotation or a placeholder that its script would replace.</summary>
    public Embed? OfMarkup(IElement element)
    {
        if (element.LocalName is not ("blockquote" or "div") || !element.HasAttribute("class") && !element.HasAttribute("id"))
            return null;
        var classes = element.GetAttribute("class") ?? "";
        if (element.LocalName == "div")
        {
            if (classes is "fb-post" or "fb-video")
                return Find(element.GetAttribute("data-href"));
            if (classes.Split(' ').Contains("flourish-embed"))
                return Find($"https://public.flourish.studio/{element.GetAttribute("data-src")}");
            return Chart().Match(element.Id ?? "") is { Success: true } chart
                ? Find($"https://datawrapper.dwcdn.net/{chart.Groups[1].Value}/")
                : null;
        }

        if (!Post().IsMatch(classes))
            return null;
        return OfPost
            .Select(element.GetAttribute)
            .Concat(element.QuerySelectorAll("a[href]").Reverse().Take(10).Select(link => link.GetAttribute("href")))
            .Select(Find)
            .FirstOrDefault(found => found is not null);
    }

    /// <summary>The embed that a figure of a body shows.</summary>
    public Embed? OfFigure(IElement figure) => Find(figure.GetAttribute("data-url"));

    /// <summary>The address of a picture, also of one that a script would load later; or why there is none.</summary>
    public (string? Url, string? Refusal) Picture(IElement image)
    {
        var sources = Lazy.Select(image.GetAttribute).Append(LargestOf(image.GetAttribute("srcset") ?? image.GetAttribute("data-srcset")));
        if (image.Parent is IElement { LocalName: "picture" } picture)
            sources = sources.Concat(picture.QuerySelectorAll("source").Select(source => LargestOf(source.GetAttribute("srcset"))));
        var refusal = "no address";
        foreach (var source in sources.Where(source => !string.IsNullOrWhiteSpace(source)))
        {
            var (url, why) = urls.Picture(source!);
            if (url is not null)
                return (url, null);
            refusal = why!;
        }

        return (null, refusal);
    }

    // The largest of a set of sources is the last one, by custom.
    private static string? LargestOf(string? set) =>
        set?.Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()?.Split(' ')[0];

    private static string Https(string address) => address.StartsWith("//", StringComparison.Ordinal) ? "https:" + address : address;

    [GeneratedRegex(@"\b(twitter-tweet|twitter-video|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed)\b")]
    private static partial Regex Post();

    [GeneratedRegex(@"^datawrapper-vis-(\w{5})$")]
    private static partial Regex Chart();
}
