using System.Collections.Frozen;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>The elements that a body may have, and what becomes of others.</summary>
internal static class HtmlNames
{
    /// <summary>Elements within a line of text.</summary>
    public static readonly FrozenSet<string> Inline = Set(
        "a em strong b i s u sub sup small mark abbr cite q code kbd samp var dfn bdi bdo ruby rt rp time del ins"
    );

    /// <summary>Elements that part text, kept as they are.</summary>
    public static readonly FrozenSet<string> Blocks = Set(
        "p h2 h3 h4 h5 h6 ul ol li blockquote pre hr figure figcaption table caption thead tbody tfoot tr th td dl dt dd details summary"
    );

    public static readonly FrozenSet<string> Void = Set("img br wbr");

    /// <summary>What the sanitiser lets pass.</summary>
    public static readonly FrozenSet<string> Allowed = [.. Inline, .. Blocks, .. Void];

    /// <summary>Elements that only part their content from what is around them: paragraphs take their place.</summary>
    public static readonly FrozenSet<string> Containers = Set(
        "div section article main address center header footer nav aside form fieldset legend hgroup search dialog body html optgroup "
            + "marquee summary figcaption dt dd li td th"
    );

    /// <summary>Players and frames.</summary>
    public static readonly FrozenSet<string> Players = Set("iframe frame embed object video audio applet portal");

    /// <summary>Removed with their content.</summary>
    public static readonly FrozenSet<string> Dropped = Set(
        "script style template noscript svg math textarea select datalist title head meta link base noembed noframes canvas map area param "
            + "source track input frameset keygen basefont bgsound v:shapetype v:imagedata"
    );

    /// <summary>What only the look of tables, or an office suite, is in.</summary>
    public static readonly FrozenSet<string> Noise = Set("col colgroup xml");

    /// <summary>Elements of the same meaning under another name.</summary>
    public static readonly FrozenDictionary<string, string> Synonyms = new Dictionary<string, string>
    {
        ["strike"] = "s",
        ["tt"] = "code",
        ["acronym"] = "abbr",
        ["dir"] = "ul",
        ["menu"] = "ul",
        ["xmp"] = "pre",
        ["listing"] = "pre",
        ["plaintext"] = "pre",
    }.ToFrozenDictionary();

    /// <summary>Elements that end a line of text, in the source.</summary>
    public static bool Parts(string name) =>
        Blocks.Contains(name)
        || Containers.Contains(name)
        || Players.Contains(name)
        || name is "h1" or "dir" or "menu" or "xmp" or "listing";

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
