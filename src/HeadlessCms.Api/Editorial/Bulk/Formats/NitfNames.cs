using System.Collections.Frozen;
using System.Xml.Linq;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>The elements of NITF by what they are here.</summary>
internal static class NitfNames
{
    /// <summary>What of <c>docdata</c> is read.</summary>
    public static readonly FrozenSet<string> DocData = FrozenSet.Create(
        "doc-id",
        "urgency",
        "date.issue",
        "date.release",
        "date.expire",
        "doc.copyright",
        "doc.rights",
        "identified-content"
    );

    private static readonly FrozenDictionary<string, (ConceptKind Kind, string Scheme)> Kinds = new Dictionary<
        string,
        (ConceptKind, string)
    >
    {
        ["person"] = (ConceptKind.Person, "people"),
        ["location"] = (ConceptKind.Place, "place"),
        ["org"] = (ConceptKind.Organisation, "organisation"),
        ["event"] = (ConceptKind.Event, "event"),
        ["classifier"] = (ConceptKind.Topic, "subject"),
        ["object.title"] = (ConceptKind.Topic, "subject"),
    }.ToFrozenDictionary();

    /// <summary>The child of a local name, in any namespace.</summary>
    public static XElement? Child(this XElement element, string name) =>
        element.Elements().FirstOrDefault(one => one.Name.LocalName == name);

    /// <summary>The value of an attribute; null where it is not given.</summary>
    public static string? Value(this XElement element, string attribute) => (string?)element.Attribute(attribute);

    /// <summary>The concept that an element names; null where it names none.</summary>
    public static ImportedMention? Mention(XElement element, Relation relation)
    {
        if (!Kinds.TryGetValue(element.Name.LocalName, out var kind))
            return null;
        var name = SourceText.Line(Words(element)) ?? SourceText.Line(element.Value("value"));
        if (name is null)
            return null;
        var role = SourceText.Line(element.Child("function")?.Value);
        return new(
            new ImportedConcept(kind.Kind, name)
            {
                Scheme = kind.Scheme,
                Key = element.Value("idsrc") is not null ? element.Value("value") ?? name : name,
            },
            relation,
            kind.Kind is ConceptKind.Person or ConceptKind.Organisation ? role : null
        );
    }

    // Its own words, or those of the parts of its name: what is within a place or a person beside them says more of it.
    private static string Words(XElement element)
    {
        var own = string.Concat(element.Nodes().OfType<XText>().Select(text => text.Value));
        return own.Trim().Length > 0
            ? own
            : string.Join(
                ' ',
                element.Elements().Where(part => part.Name.LocalName is not ("function" or "alt-code")).Select(part => part.Value)
            );
    }
}
