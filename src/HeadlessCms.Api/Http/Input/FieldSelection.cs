using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HeadlessCms.Api.Http.Input;

/// <summary>The members of an answer that its caller picks, such as <c>headline,people.name</c>: no others are in it.</summary>
internal sealed class FieldSelection
{
    private readonly Dictionary<string, FieldSelection> _below = [];
    private bool _whole;

    /// <summary>Those that a request picks; null where it wants all.</summary>
    public static FieldSelection? Of(string[]? sent)
    {
        if (sent is not { Length: > 0 })
            return null;
        var picked = new FieldSelection();
        foreach (var path in ListAttribute.ValuesOf(sent))
        {
            var at = picked;
            foreach (var name in path.Split('.'))
                at = at._below.TryGetValue(name, out var known) ? known : at._below[name] = new FieldSelection();
            at._whole = true;
        }

        return picked._below.Count == 0 ? null : picked;
    }

    /// <summary>Whether it picks a member, or something of it.</summary>
    public bool Has(string name) => _below.ContainsKey(name);

    /// <summary>Takes out of an object, or of each in a list, what is not picked.</summary>
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

/// <summary>A query parameter picks members of a <typeparamref name="T"/>, at any depth: a dot leads from a member to one of its own.</summary>
/// <typeparam name="T">What they are members of.</typeparam>
/// <param name="word">What the documents call such a member.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FieldsOfAttribute<T>(string word) : ListAttribute(Paths.Length)
{
    private static readonly string[] Paths = [.. PathsOf(typeof(T), "")];

    public override IReadOnlyCollection<string> Names => Paths;

    public override string NamesAre => word;

    private static IEnumerable<string> PathsOf(Type type, string above)
    {
        foreach (var member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var path = above + JsonNamingPolicy.CamelCase.ConvertName(member.Name);
            var of =
                member.PropertyType.IsGenericType && member.PropertyType.IsAssignableTo(typeof(IEnumerable))
                    ? member.PropertyType.GetGenericArguments()[0]
                    : member.PropertyType;
            IEnumerable<string> below = of.IsClass && of != typeof(string) ? PathsOf(of, $"{path}.") : [];
            foreach (var one in below.Prepend(path))
                yield return one;
        }
    }
}
