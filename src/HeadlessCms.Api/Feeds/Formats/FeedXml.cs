using System.Collections.Frozen;
using System.IO.Pipelines;
using System.Text;
using System.Xml;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>Writes an XML document to the response. Names include their prefix: <c>media:content</c>.</summary>
internal sealed class FeedXml : IAsyncDisposable
{
    private static readonly FrozenDictionary<string, string> Namespaces = new Dictionary<string, string>
    {
        ["at"] = "http://purl.org/atompub/tombstones/1.0",
        ["atom"] = "http://www.w3.org/2005/Atom",
        ["content"] = "http://purl.org/rss/1.0/modules/content/",
        ["dcterms"] = "http://purl.org/dc/terms/",
        ["dc"] = "http://purl.org/dc/elements/1.1/",
        ["fh"] = "http://purl.org/syndication/history/1.0",
        ["georss"] = "http://www.georss.org/georss",
        ["image"] = "http://www.google.com/schemas/sitemap-image/1.1",
        ["media"] = "http://search.yahoo.com/mrss/",
        ["news"] = "http://www.google.com/schemas/sitemap-news/0.9",
        ["xhtml"] = "http://www.w3.org/1999/xhtml",
        ["xml"] = "http://www.w3.org/XML/1998/namespace",
    }.ToFrozenDictionary();

    private readonly XmlWriter _writer;
    private readonly string _own;

    /// <summary>Begins a document; <paramref name="own"/> is the namespace of elements without a prefix.</summary>
    public FeedXml(PipeWriter output, string root, string own, params string[] prefixes)
    {
        _own = own;
        // Writes go to the buffer of the pipe; only FlushAsync sends them.
        _writer = XmlWriter.Create(
            output.AsStream(leaveOpen: true),
            new XmlWriterSettings
            {
                Async = true,
                Encoding = new UTF8Encoding(false),
                NewLineHandling = NewLineHandling.Entitize,
                WriteEndDocumentOnClose = false,
            }
        );
        _writer.WriteStartDocument();
        _writer.WriteStartElement(root, own);
        foreach (var prefix in prefixes)
            Declare(prefix);
    }

    /// <summary>Declares a prefix on the element that is open; before its content.</summary>
    public void Declare(string prefix) => _writer.WriteAttributeString("xmlns", prefix, null, Namespaces[prefix]);

    public void Start(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        var (prefix, local, space) = Split(name, _own);
        _writer.WriteStartElement(prefix, local, space);
        foreach (var (attribute, value) in attributes)
            Attribute(attribute, value);
    }

    public void Attribute(string name, string? value)
    {
        if (value is null)
            return;
        var (prefix, local, space) = Split(name, "");
        _writer.WriteAttributeString(prefix, local, space, XmlText.Clean(value));
    }

    public void End() => _writer.WriteEndElement();

    public void Empty(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(name, attributes);
        End();
    }

    /// <summary>Writes an element, or nothing if there is no text: an empty element says nothing.</summary>
    public void Element(string name, string? text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        if (text is null || XmlText.Clean(text) is not { Length: > 0 } clean)
            return;
        Start(name, attributes);
        _writer.WriteString(clean);
        End();
    }

    /// <summary>
    /// Writes plain text so that readers do not take it for HTML: the RSS Profile recommends hexadecimal references for &amp; and &lt;.
    /// </summary>
    public void Plain(string name, string? text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        if (text is null || XmlText.Clean(text) is not { Length: > 0 } clean)
            return;
        Start(name, attributes);
        var rest = clean.AsSpan();
        for (int at; (at = rest.IndexOfAny('&', '<')) >= 0; rest = rest[(at + 1)..])
        {
            _writer.WriteString(rest[..at].ToString());
            _writer.WriteCharEntity(rest[at]);
        }

        _writer.WriteString(rest.ToString());
        End();
    }

    public void EndDocument() => _writer.WriteEndDocument();

    public Task FlushAsync() => _writer.FlushAsync();

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static (string? Prefix, string Local, string Space) Split(string name, string own) =>
        name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
            ? (name[..colon], name[(colon + 1)..], Namespaces[name[..colon]])
            : (null, name, own);
}
