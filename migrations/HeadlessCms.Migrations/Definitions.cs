using System.Security.Cryptography;
using System.Text;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Migrations;

/// <summary>A file of <c>Definitions/</c>.</summary>
/// <param name="Name">Its folder and name: <c>live/articles</c>.</param>
/// <param name="Sql">Views, functions and triggers as they are now.</param>
public sealed record Definition(string Name, string Sql);

/// <summary>
/// What has no data: it is applied as a whole, after the migrations, whenever its hash differs. Folders come in the order of
/// <see cref="Folders"/> and files by name; a file whose objects need those of another when they are created says so in its first line:
/// <c>-- requires: live/concepts, live/texts</c>.
/// </summary>
public static class Definitions
{
    /// <summary>
    /// The lowest version of the app that can run on this schema: raise it with a change that older nodes cannot read or write.
    /// </summary>
    public const string MinimumVersion = "0.1.0";

    private const string Requires = "-- requires:";
    private static readonly string Kinds = string.Join(", ", ConceptKindNames.All.Select(kind => $"('{kind.Singular}', '{kind.Plural}')"));
    private static readonly string[] Folders = ["clock", "text", "guards", "derived", "editorial", "live", "outbox", ""];

    /// <summary>
    /// What belongs to the server: the role of the read side and its privileges. The last of them, safe to run at any time.
    /// </summary>
    public static Definition Server => All[^1];

    /// <summary>All of them, in the order in which they are applied.</summary>
    public static IReadOnlyList<Definition> All { get; } = InOrder(Read());

    /// <summary>SHA-256 over all of them.</summary>
    public static string Hash { get; } =
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', All.Select(file => $"{file.Name}\0{file.Sql}"))))
        );

    private static IEnumerable<Definition> Read()
    {
        var assembly = typeof(Definitions).Assembly;
        foreach (var name in assembly.GetManifestResourceNames())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new(name, reader.ReadToEnd().ReplaceLineEndings("\n").Replace("$concept_kinds", Kinds, StringComparison.Ordinal));
        }
    }

    private static List<Definition> InOrder(IEnumerable<Definition> files)
    {
        var byName = files.ToDictionary(file => file.Name);
        var ordered = new List<Definition>();
        var open = new HashSet<string>();
        foreach (var file in byName.Values.OrderBy(Folder).ThenBy(file => file.Name, StringComparer.Ordinal))
            Add(file);
        return ordered;

        void Add(Definition file)
        {
            if (ordered.Contains(file))
                return;
            if (!open.Add(file.Name))
                throw new InvalidOperationException($"Definitions/{file.Name}.sql requires itself.");
            foreach (var name in RequiredBy(file))
                Add(byName.GetValueOrDefault(name) ?? throw new InvalidOperationException($"Definitions/{file.Name}.sql requires "
                    + $"{name}, which is missing."));
            ordered.Add(file);
        }
    }

    private static int Folder(Definition file) =>
        Array.IndexOf(Folders, file.Name.Contains('/') ? file.Name[..file.Name.IndexOf('/')] : "") is >= 0 and var folder
            ? folder
            : throw new InvalidOperationException($"Definitions/{file.Name}.sql is in a folder without a place in the order.");

    private static string[] RequiredBy(Definition file) =>
        file.Sql.StartsWith(Requires, StringComparison.Ordinal)
            ? file.Sql[Requires.Length..file.Sql.IndexOf('\n')].Split(',', StringSplitOptions.TrimEntries)
            : [];
}
