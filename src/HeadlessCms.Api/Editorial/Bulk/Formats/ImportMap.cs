using System.Text.Json;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>
/// What an importer says of names in a file: <c>{ "tags": { "Berlin": "places/berlin", "misc": null }, "columns": { "Titel":
/// "headline" } }</c>.
/// A name leads to a concept by kind and slug, or to none; a column of a CSV file to a member.
/// </summary>
internal sealed class ImportMap
{
    /// <summary>The list of columns, beside those of concepts.</summary>
    public const string Columns = "columns";

    private static readonly string[] Lists =
    [
        "authors",
        "tags",
        "categories",
        "subjects",
        "people",
        "places",
        "organisations",
        "events",
        Columns,
    ];

    private readonly Dictionary<(string List, string Name), string?> _targets;

    private ImportMap(Dictionary<(string List, string Name), string?> targets) => _targets = targets;

    /// <summary>Where the source's site was, without a slash at its end; null is not known.</summary>
    public string? Site { get; init; }

    /// <summary>Reads a map.</summary>
    /// <param name="json">The map; null maps nothing.</param>
    /// <param name="site">Where the source's site was.</param>
    /// <exception cref="UnreadableFileException">It is not JSON of this form.</exception>
    public static ImportMap Of(string? json, string? site)
    {
        if (json is null)
            return new([]) { Site = site?.TrimEnd('/') };
        try
        {
            using var document = JsonDocument.Parse(json);
            var targets = new Dictionary<(string, string), string?>();
            foreach (var list in document.RootElement.EnumerateObject())
            {
                if (!Lists.Contains(list.Name))
                    throw new UnreadableFileException($"The map has no list '{list.Name}': {string.Join(", ", Lists)}.");
                foreach (var name in list.Value.EnumerateObject())
                {
                    var target = name.Value.GetString();
                    if (list.Name != Columns && target is not null && TargetOf(target) is null)
                        throw new UnreadableFileException(
                            $"The map leads '{name.Name}' to '{target}', which is not of the form topics/slug."
                        );
                    targets[(list.Name, Folded(name.Name))] = target;
                }
            }

            return new(targets) { Site = site?.TrimEnd('/') };
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new UnreadableFileException("The map is not a JSON object of lists.", broken);
        }
    }

    /// <summary>What a name in the source leads to, by its key or its name.</summary>
    /// <param name="concept">The concept as the source has it.</param>
    /// <param name="target">The concept by kind and slug; null where it is left out.</param>
    /// <returns>Whether the map says anything of it.</returns>
    public bool TryGet(ImportedConcept concept, out (ConceptKind Kind, string Slug)? target)
    {
        var list =
            concept.Scheme is "category" ? "categories"
            : concept.Scheme.EndsWith('s') ? concept.Scheme
            : concept.Scheme + "s";
        var isSaid =
            _targets.TryGetValue((list, Folded(concept.Key)), out var said) || _targets.TryGetValue((list, Folded(concept.Name)), out said);
        target = said is null ? null : TargetOf(said);
        return isSaid;
    }

    /// <summary>The member that a column stands for; null where it is left out, and its own name where nothing is said.</summary>
    public string? Column(string name) => _targets.TryGetValue((Columns, Folded(name)), out var member) ? member : name;

    private static (ConceptKind, string)? TargetOf(string target) =>
        target.Split('/') is [var kind, { Length: > 0 } slug]
        && ConceptKindNames.All.FirstOrDefault(names => names.Plural == kind) is { } names
            ? (names.Kind, slug)
            : null;

    private static string Folded(string name) => name.Trim().ToLowerInvariant();
}
