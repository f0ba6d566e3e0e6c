using System.Buffers;
using System.Net;

namespace HeadlessCms.Api.Content.Search;

/// <summary>The plain text of a body, in a rented buffer. The sanitiser writes well-formed HTML, so a tag ends at the next &gt;.</summary>
internal readonly ref struct BodyText : IDisposable
{
    private static readonly HashSet<string> WithinWords =
    [
        "a",
        "em",
        "strong",
        "b",
        "i",
        "s",
        "u",
        "sub",
        "sup",
        "small",
        "mark",
        "abbr",
        "cite",
        "q",
        "code",
        "time",
        "del",
        "ins",
        "wbr",
        "bdi",
        "bdo",
        "dfn",
        "kbd",
        "samp",
        "var",
        "ruby",
        "rt",
        "rp",
    ];

    private readonly char[] _rented;

    public BodyText(string html)
    {
        _rented = ArrayPool<char>.Shared.Rent(html.Length);
        var length = 0;
        for (ReadOnlySpan<char> rest = html; !rest.IsEmpty; )
        {
            var tag = rest.IndexOf('<');
            var text = tag < 0 ? rest : rest[..tag];
            text.Replace(_rented.AsSpan(length), '\n', ' ');
            length += text.Length;
            if (tag < 0)
                break;
            rest = rest[(tag + 1)..];
            var end = rest.IndexOf('>');
            if (end < 0)
                break;
            if (!IsWithinWords(rest[..end]))
                _rented[length++] = ' ';
            rest = rest[(end + 1)..];
        }

        Text = _rented.AsSpan(0, length);
        if (Text.Contains('&'))
            Text = WebUtility.HtmlDecode(Text.ToString());
    }

    public ReadOnlySpan<char> Text { get; }

    public void Dispose() => ArrayPool<char>.Shared.Return(_rented);

    private static bool IsWithinWords(ReadOnlySpan<char> tag)
    {
        tag = tag.TrimStart('/');
        var end = tag.IndexOf(' ');
        return WithinWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(end < 0 ? tag : tag[..end]);
    }
}
