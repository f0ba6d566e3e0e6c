using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>
/// Reads elements of XML one by one, so that memory holds one item. A document type is never read: no entity is expanded.
/// </summary>
internal static class XmlItems
{
    /// <summary>The deepest nesting of an item.</summary>
    public const int MaxDepth = 200;

    /// <summary>The most characters of an item, with its markup.</summary>
    public const int MaxCharacters = 16 << 20;

    /// <summary>A reader of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="skipDocumentType">Whether a document type is skipped unread, as old NITF has it, and not refused.</param>
    public static XmlReader Open(Stream file, bool skipDocumentType = false) =>
        XmlReader.Create(
            file,
            new XmlReaderSettings
            {
                DtdProcessing = skipDocumentType ? DtdProcessing.Ignore : DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                CheckCharacters = true,
            }
        );

    /// <summary>
    /// The elements for which <paramref name="isItem"/> holds, outermost first; what is in one is not looked through. Other elements go to
    /// <paramref name="other"/>, which reads past the element and returns true, or returns false.
    /// </summary>
    public static IEnumerable<XElement> Read(XmlReader reader, Func<XmlReader, bool> isItem, Func<XmlReader, bool>? other = null)
    {
        while (Move(reader))
        {
            while (reader.NodeType == XmlNodeType.Element)
            {
                if (reader.Depth > MaxDepth)
                    throw TooDeep(reader);
                if (isItem(reader))
                    yield return Element(reader);
                else if (other?.Invoke(reader) != true)
                    break;
            }
        }
    }

    /// <summary>The element at which a reader stands; the reader moves past it.</summary>
    public static XElement Element(XmlReader reader)
    {
        try
        {
            return Build(reader);
        }
        catch (XmlException broken)
        {
            throw Unreadable(broken);
        }
    }

    private static XElement Build(XmlReader reader)
    {
        var root = Start(reader);
        var (open, size, depth) = (root, 0, reader.Depth);
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return root;
        }

        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var child = Start(reader);
                    size += reader.Name.Length * 2 + 5 + child.Attributes().Sum(attribute => attribute.Value.Length + 10);
                    open.Add(child);
                    if (reader.Depth - depth > MaxDepth)
                        throw TooDeep(reader);
                    if (!reader.IsEmptyElement)
                        open = child;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    var text = Text(reader, MaxCharacters - size);
                    size += text.Length;
                    open.Add(new XText(text));
                    break;
                case XmlNodeType.EndElement when open == root:
                    reader.Read();
                    return root;
                case XmlNodeType.EndElement:
                    open = open.Parent!;
                    break;
                default:
                    break;
            }

            if (size > MaxCharacters)
                throw TooLarge(reader);
        }

        throw new UnreadableFileException("The XML ends within an element.");
    }

    private static XElement Start(XmlReader reader)
    {
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        if (reader.MoveToFirstAttribute())
        {
            do
            {
                if (reader.Prefix != "xmlns" && reader.Name != "xmlns")
                    element.Add(new XAttribute(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value));
            } while (reader.MoveToNextAttribute());
            reader.MoveToElement();
        }

        return element;
    }

    // Read in parts: a text node of gigabytes is refused before it is a string.
    private static string Text(XmlReader reader, int room)
    {
        if (!reader.CanReadValueChunk)
            return reader.Value;
        var text = new StringBuilder();
        var buffer = new char[4_096];
        for (int count; (count = reader.ReadValueChunk(buffer, 0, buffer.Length)) > 0; )
            if (text.Append(buffer, 0, count).Length > room)
                throw TooLarge(reader);
        return text.ToString();
    }

    private static bool Move(XmlReader reader)
    {
        try
        {
            return !reader.EOF && reader.Read();
        }
        catch (XmlException broken)
        {
            throw Unreadable(broken);
        }
    }

    private static UnreadableFileException Unreadable(XmlException broken) =>
        broken.Message.Contains("DTD", StringComparison.Ordinal)
            ? new("A document type (DTD) is not accepted: it can name other files and multiply its own text.", broken)
            : new($"The file is not well-formed XML (line {broken.LineNumber}, column {broken.LinePosition}).", broken);

    private static UnreadableFileException TooDeep(XmlReader reader) => new($"Elements are nested more than {MaxDepth} deep{At(reader)}.");

    private static UnreadableFileException TooLarge(XmlReader reader) =>
        new($"An item is larger than {MaxCharacters >> 20} Mi characters{At(reader)}.");

    private static string At(XmlReader reader) => reader is IXmlLineInfo line && line.HasLineInfo() ? $" (line {line.LineNumber})" : "";
}
