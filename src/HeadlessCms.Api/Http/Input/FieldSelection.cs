using System.Collections;
using System.Text.Json.Nodes;

namespace HeadlessCms.Api.Http.Input;

/// <summary>The members that a caller selects, such as <c>headline,people.name</c>; the response omits all others.</summary>
internal sealed class FieldSelection
{
    private readonly Dictionary<string, FieldSelection> _below = [];
    private bool _whole;

    /// <summary>Parses the parameter; null selects all members.</summary>
    public static FieldSelection? Of(string[]? sent)
    {
        if (sent is not { Length: > 0 })
            return null;
        var selection = new FieldSelection();
        foreach (var path in ListAttribute.ValuesOf(sent))
        {
            var at = selection;
            foreach (var name in path.Split('.'))
                at = at._below.TryGetValue(name, out var known) ? known : at._below[name] = new FieldSelection();
            at._whole = true;
        }

        return selection._below.Count == 0 ? null : selection;
    }

    /// <summary>Whether a member, or a part of it, is selected.</summary>
    public bool Has(string name) => _below.ContainsKey(name);

    /// <summary>Removes the members that are not selected from an object, or from each object in a list.</summary>
    public void LeaveIn(JsonNode? node)
    {
        if (_whole)
            return;
        if (node is JsonArray items)
        {
            foreach (var item in items)
                LeaveIn(item);
        }
        else if (node is JsonObject members)
        {
            foreach (var name in members.Select(member => member.Key).ToList())
            {
                if (_below.TryGetValue(name, out var below))
                    below.LeaveIn(members[name]);
                else
                    members.Remove(name);
            }
        }
    }
}

/// <summary>A query parameter that selects members of <typeparamref name="T"/> by path: a dot separates a member from its parent.</summary>
/// <typeparam name="T">The type of the response.</typeparam>
/// <param name="word">The name of the schema that lists the paths.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FieldsOfAttribute<T>(string word) : ListAttribute(Paths.Length)
{
    private static readonly string[] Paths = [.. PathsOf(typeof(T), "")];

    public override IReadOnlyCollection<string> Names => Paths;

    public override string NamesAre => word;

    private static IEnumerable<string> PathsOf(Type type, string above)
    {
        foreach (var member in KindMembers.Of(type))
        {
            var path = above + member.Name;
            var of =
                member.Type.IsGenericType && member.Type.IsAssignableTo(typeof(IEnumerable))
                    ? member.Type.GetGenericArguments()[0]
                    : member.Type;
            IEnumerable<string> below = of.IsClass && of != typeof(string) ? PathsOf(of, $"{path}.") : [];
            foreach (var one in below.Prepend(path))
                yield return one;
        }
    }
}
