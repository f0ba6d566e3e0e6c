using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using HeadlessCms.Core;
using HeadlessCms.Suggestions;
using Assembly = System.Reflection.Assembly;

namespace HeadlessCms.Tests.Architecture;

/// <summary>Which namespace uses which, read from the compiled types and methods: folders point one way, rings are small.</summary>
public sealed class DirectionTests
{
    private const int LargestRing = 3;
    private const string Api = "HeadlessCms.Api";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Editorial"] = ["Outbox", "Http", "Hosting"],
        ["Feeds"] = ["Content", "Outbox", "Http", "Hosting"],
        ["Content"] = ["Outbox", "Http", "Hosting"],
        ["Http"] = ["Outbox", "Hosting"],
        ["Outbox"] = ["Hosting"],
        ["Hosting"] = [],
    };

    private static readonly List<Use> Uses = Read(typeof(Program).Assembly, typeof(Slug).Assembly, typeof(SuggestionEngine).Assembly);

    [Fact]
    public void What_lambdas_and_async_methods_use_is_seen()
    {
        Assert.Contains(Uses, use => use is { From: $"{Api}.Content", To: $"{Api}.Http.Routing" });
        Assert.Contains(Uses, use => use.Type.Contains(nameof(HeadlessCms.Api.Editorial.EditorialApi), StringComparison.Ordinal));
    }

    [Fact]
    public void The_folders_of_the_api_use_each_other_in_one_direction()
    {
        Assert.Equal(
            Allowed.Keys.Order(StringComparer.Ordinal),
            Uses.SelectMany(use => new[] { FolderOf(use.From), FolderOf(use.To) }).OfType<string>().Distinct().Order(StringComparer.Ordinal)
        );
        Assert.Empty(
            Uses.Where(use => FolderOf(use.From) is { } from && FolderOf(use.To) is { } to && from != to && !Allowed[from].Contains(to))
                .Select(use => use.ToString())
        );
    }

    [Fact]
    public void No_ring_has_more_than_three_namespaces() =>
        Assert.Empty(
            Rings()
                .Where(ring => ring.Count > LargestRing)
                .Select(ring =>
                    $"{ring.Count} namespaces use each other:\n"
                    + string.Join('\n', Uses.Where(use => ring.Contains(use.From) && ring.Contains(use.To)))
                )
        );

    // Strongly connected components: the namespaces that reach each other.
    private static List<List<string>> Rings()
    {
        var below = Uses.ToLookup(use => use.From, use => use.To);
        var reached = below.ToDictionary(from => from.Key, from => Reach(from.Key, below));
        return
        [
            .. reached
                .Keys.GroupBy(one =>
                    string.Join(
                        ' ',
                        reached[one]
                            .Where(other => other == one || reached.GetValueOrDefault(other)?.Contains(one) == true)
                            .Append(one)
                            .Distinct()
                            .Order(StringComparer.Ordinal)
                    )
                )
                .Select(ring => ring.ToList()),
        ];
    }

    private static HashSet<string> Reach(string from, ILookup<string, string> below)
    {
        var reached = new HashSet<string>();
        var next = new Stack<string>([from]);
        while (next.TryPop(out var one))
            foreach (var other in below[one])
                if (reached.Add(other))
                    next.Push(other);
        return reached;
    }

    private static List<Use> Read(params Assembly[] assemblies) =>
        [
            .. new ArchLoader()
                .LoadAssemblies(assemblies)
                .Build()
                .Types.SelectMany(type =>
                    type.Dependencies.Select(dependency => dependency.Target)
                        .Where(used => IsOurs(type) && IsOurs(used) && used.Namespace.FullName != type.Namespace.FullName)
                        .Select(used => new Use(type.Namespace.FullName, used.Namespace.FullName, $"{type.Name} uses {used.Name}"))
                )
                .Distinct()
                .OrderBy(use => use.ToString(), StringComparer.Ordinal),
        ];

    // A type parameter has no namespace, or that of another type with a parameter of the same name; Program has the global one.
    private static bool IsOurs(IType type) =>
        type is not GenericParameter && type.Namespace?.FullName.StartsWith("HeadlessCms.", StringComparison.Ordinal) == true;

    private static string? FolderOf(string name) => name.StartsWith($"{Api}.", StringComparison.Ordinal) ? name.Split('.')[2] : null;

    private sealed record Use(string From, string To, string Type)
    {
        public override string ToString() => $"{From} -> {To}: {Type}";
    }
}
