using System.Text.Json;
using System.Xml.Linq;
using HeadlessCms.Api.Editorial.Bulk.Formats;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Bulk.Vocabularies;

/// <summary>
/// IPTC Media Topics, or another vocabulary of NewsCodes, as they are published: SKOS in RDF/XML, or JSON-LD with a <c>conceptSet</c>. A
/// vocabulary has some thousand entries, which are held to put parents first.
/// </summary>
/// <remarks>The profile of SKOS that NewsCodes use is read with the framework's own readers: no RDF library is in use here.</remarks>
internal static class MediaTopicsReader
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const string MediaTopics = "https://cv.iptc.org/newscodes/mediatopic/";

    /// <summary>The entries, each after its parent, and those that are left out.</summary>
    public static IEnumerable<VocabularyItem> Read(Stream file, string language)
    {
        var concepts = (IsXml(file) ? OfXml(file) : OfJson(file)).ToDictionary(concept => concept.Uri);
        if (concepts.Count == 0)
            throw new UnreadableFileException("The file has no concepts of SKOS.");
        var replaced = concepts
            .Values.Where(concept => concept.ReplacedBy is { } other && concepts.ContainsKey(other))
            .ToLookup(concept => concept.ReplacedBy!);
        var done = new HashSet<string>();
        return concepts.Values.SelectMany(concept => Branch(concept));

        IEnumerable<VocabularyItem> Branch(SkosConcept concept)
        {
            if (!done.Add(concept.Uri))
                yield break;
            if (concept.ReplacedBy is { } other && concepts.ContainsKey(other))
            {
                yield return new SkippedEntry(concept.Uri, $"It is retired: {other} replaces it and is found by both.");
                yield break;
            }

            if (concept.Broader is { } broader && concepts.TryGetValue(broader, out var parent))
                foreach (var above in Branch(parent))
                    yield return above;
            yield return EntryOf(concept, replaced[concept.Uri], language);
        }
    }

    private static bool IsXml(Stream file)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        int first;
        do first = reader.Read();
        while (first is ' ' or '\t' or '\r' or '\n' or '\uFEFF');
        file.Position = 0;
        return first == '<';
    }

    private static VocabularyItem EntryOf(SkosConcept concept, IEnumerable<SkosConcept> replaced, string language)
    {
        var name = In(concept.Labels, language);
        if (name is null)
            return new SkippedEntry(concept.Uri, "It has no label.");
        var definition = In(concept.Definitions, language);
        return new VocabularyEntry(ConceptKind.Topic, concept.Uri, name)
        {
            Code = concept.Code
                ?? (concept.Uri.StartsWith(MediaTopics, StringComparison.Ordinal) ? $"medtop:{concept.Uri[MediaTopics.Length..]}" : null),
            Labels = concept.Labels,
            Aliases = [.. concept.Others],
            Description = concept.Retired is { } date ? $"{definition} (Retired {date}.)".TrimStart() : definition,
            SameAs = [.. concept.SameAs],
            Replaces = [.. replaced.Select(one => one.Uri)],
            Parent = concept.Broader,
            IsNameUnique = true,
        };
    }

    /// <summary>The text in a language, in one of its variants, or else in English, or else in any.</summary>
    private static string? In(Dictionary<string, string> texts, string language) =>
        texts.GetValueOrDefault(language) ?? Variant(texts, language) ?? Variant(texts, "en") ?? texts.Values.FirstOrDefault();

    private static string? Variant(Dictionary<string, string> texts, string language)
    {
        var primary = language.Split('-')[0];
        return texts.FirstOrDefault(text => text.Key.Split('-')[0] == primary).Value;
    }

    private static IEnumerable<SkosConcept> OfXml(Stream file)
    {
        using var reader = XmlItems.Open(file);
        foreach (
            var element in XmlItems.Read(reader, at =>
                at.LocalName is "Concept" or "Description" && at.GetAttribute("about", Rdf) is not null
            )
        )
        {
            var concept = new SkosConcept(Secure(element.Attribute(XName.Get("about", Rdf))!.Value));
            foreach (var member in element.Elements())
            {
                var language = (string?)member.Attribute(XNamespace.Xml + "lang") ?? "en";
                var resource = (string?)member.Attribute(XName.Get("resource", Rdf));
                concept.Say(member.Name.LocalName, language, resource ?? member.Value);
            }

            if (concept.Labels.Count > 0)
                yield return concept;
        }
    }

    private static IEnumerable<SkosConcept> OfJson(Stream file)
    {
        foreach (var (_, item) in JsonItems.Read(file, path => path is "*" or "conceptSet" or "@graph"))
        {
            if (!item.TryGetProperty("uri", out var uri) && !item.TryGetProperty("@id", out uri) || uri.ValueKind != JsonValueKind.String)
                continue;
            var concept = new SkosConcept(Secure(uri.GetString()!));
            foreach (var member in item.EnumerateObject())
                Say(concept, member.Name[(member.Name.LastIndexOf(':') + 1)..], member.Value);
            if (concept.Labels.Count > 0)
                yield return concept;
        }
    }

    // A text by languages, one URI, or several of either.
    private static void Say(SkosConcept concept, string member, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                concept.Say(member, "en", value.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (var one in value.EnumerateArray())
                    Say(concept, member, one);
                break;
            case JsonValueKind.Object when value.TryGetProperty("@id", out var id):
                Say(concept, member, id);
                break;
            case JsonValueKind.Object when value.TryGetProperty("@value", out var text) && text.ValueKind == JsonValueKind.String:
                concept.Say(member, value.TryGetProperty("@language", out var tag) ? tag.GetString()! : "en", text.GetString()!);
                break;
            case JsonValueKind.Object:
                foreach (var one in value.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.String))
                    concept.Say(member, one.Name, one.Value.GetString()!);
                break;
        }
    }

    private static string Secure(string uri) => uri.StartsWith("http://", StringComparison.Ordinal) ? $"https{uri[4..]}" : uri;

    private sealed record SkosConcept(string Uri)
    {
        public Dictionary<string, string> Labels { get; } = [];

        public Dictionary<string, string> Definitions { get; } = [];

        public List<string> Others { get; } = [];

        public List<string> SameAs { get; } = [];

        public string? Code { get; private set; }

        public string? Broader { get; private set; }

        public string? Retired { get; private set; }

        public string? ReplacedBy { get; private set; }

        public void Say(string member, string language, string value)
        {
            if (string.IsNullOrWhiteSpace(value))
                return;
            switch (member)
            {
                case "prefLabel":
                    Labels.TryAdd(language, value.Trim());
                    break;
                case "altLabel":
                    Others.Add(value.Trim());
                    break;
                case "definition":
                    Definitions.TryAdd(language, value.Trim());
                    break;
                case "broader":
                    Broader ??= Secure(value);
                    break;
                case "exactMatch" when Secure(value) is var same && same.StartsWith("https://", StringComparison.Ordinal):
                    SameAs.Add(same);
                    break;
                case "qcode" or "notation" when value.Contains(':', StringComparison.Ordinal):
                    Code ??= value;
                    break;
                case "retired":
                    Retired ??= value.Split('T')[0];
                    break;
                case "deprecated" when value is "true":
                    Retired ??= "by the vocabulary";
                    break;
                case "isReplacedBy":
                    ReplacedBy ??= Secure(value);
                    break;
            }
        }
    }
}
