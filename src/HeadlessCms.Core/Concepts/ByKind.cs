using System.Reflection;

namespace HeadlessCms.Core.Concepts;

/// <summary>Lists by kind of concept. In JSON each list is a member of the owner of this one, called by the plural of the kind.</summary>
public abstract class ByKind
{
    /// <summary>The list of a kind, as a list of the items' own type; null where there is none.</summary>
    public abstract object? this[ConceptKindNames kind] { get; set; }

    /// <summary>
    /// The kinds that have a list in JSON: all, but among mentions none that has parts, because an article has a member of its own for
    /// that.
    /// </summary>
    public static IEnumerable<ConceptKindNames> ListedIn(Type lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        var areMentions = lists.GetGenericArguments()[0].IsAbstract;
        return ConceptKindNames.All.Where(kind => !(areMentions && kind.HasParts));
    }

    /// <summary>The type of the items of a kind in lists of the type <paramref name="lists"/>.</summary>
    public static Type ItemOf(Type lists, ConceptKindNames kind)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(kind);
        var item = lists.GetGenericArguments()[0];
        return item.IsAbstract ? OfKindAttribute.TypeOf(item, kind) : item;
    }
}

/// <summary>Lists by kind of concept.</summary>
/// <typeparam name="T">The items. Where it is abstract, each kind has its own type: see <see cref="OfKindAttribute.TypeOf"/>.</typeparam>
public sealed class ByKind<T> : ByKind
    where T : class
{
    private static readonly Type[] ItemTypes = [.. ConceptKindNames.All.Select(kind => ItemOf(typeof(ByKind<T>), kind))];
    private static readonly Func<IEnumerable<T>, IReadOnlyList<T>>[] TypedLists =
    [
        .. ItemTypes.Select(item =>
            typeof(ByKind<T>)
                .GetMethod(nameof(ListOf), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(item)
                .CreateDelegate<Func<IEnumerable<T>, IReadOnlyList<T>>>()
        ),
    ];

    private readonly IReadOnlyList<T>?[] _lists = new IReadOnlyList<T>?[ConceptKindNames.All.Count];

    /// <summary>No list of any kind.</summary>
    public ByKind() { }

    /// <summary>The list that a function gives for each kind; null is none.</summary>
    public ByKind(Func<ConceptKindNames, IEnumerable<T>?> list)
    {
        ArgumentNullException.ThrowIfNull(list);
        foreach (var kind in ConceptKindNames.All)
            this[kind] = list(kind);
    }

    /// <summary>The lists of items that have a type for each kind.</summary>
    public ByKind(IReadOnlyCollection<T> items)
        : this(kind => items.Where(item => item.GetType() == ItemTypes[IndexOf(kind)])) { }

    /// <inheritdoc/>
    public override object? this[ConceptKindNames kind]
    {
        get => _lists[IndexOf(kind)];
        set => _lists[IndexOf(kind)] = value is null ? null : TypedLists[IndexOf(kind)]((IEnumerable<T>)value);
    }

    /// <summary>The items with their kinds and their positions in the lists of these, in the order of the kinds.</summary>
    public IEnumerable<(ConceptKindNames Kind, int Index, T Item)> Items =>
        ConceptKindNames.All.SelectMany(kind => (_lists[IndexOf(kind)] ?? []).Select((item, index) => (kind, index, item)));

    /// <summary>The lists of some kinds.</summary>
    public ByKind<T> Only(IReadOnlyCollection<ConceptKindNames> kinds) => new(kind => kinds.Contains(kind) ? _lists[IndexOf(kind)] : null);

    private static IReadOnlyList<T> ListOf<TItem>(IEnumerable<T> items)
        where TItem : class, T => items as List<TItem> ?? items.Cast<TItem>().ToList();

    private static int IndexOf(ConceptKindNames? kind) => (int)kind!.Kind;
}
