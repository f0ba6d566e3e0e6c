using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Http.Input;

/// <summary>The JSON member is called as one of the kind that the type is for: <c>person</c>. It is required.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KindNameAttribute : Attribute;

/// <summary>The JSON member is there where a mention of the kind that the type is for has a role.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KindRoleAttribute : Attribute;

/// <summary>A JSON member of a type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Property">The property that has its value, or the lists of all kinds.</param>
/// <param name="Kind">The kind of concept that it is for; null where it is for none.</param>
internal sealed record KindMember(string Name, Type Type, PropertyInfo Property, ConceptKindNames? Kind);

/// <summary>
/// The JSON members of types that differ by kind of concept: lists by kind become a member for each kind, and a type with an entity as its
/// argument, such as a mention of a person, has the members of that kind.
/// </summary>
internal static class KindMembers
{
    /// <summary>The members of a type, in the order of its properties.</summary>
    public static IEnumerable<KindMember> Of(Type type)
    {
        var kind = KindOf(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.PropertyType.IsSubclassOf(typeof(ByKind)))
            {
                foreach (var each in ByKind.ListedIn(property.PropertyType))
                    yield return new(ListName(type, each), ListOf(property.PropertyType, each), property, each);
            }
            else if (kind is null || !property.IsDefined(typeof(KindRoleAttribute)) || kind.HasRole)
            {
                var name = property.IsDefined(typeof(KindNameAttribute)) ? kind?.Singular : null;
                yield return new(name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name), property.PropertyType, property, kind);
            }
        }
    }

    /// <summary>Writes and reads these members.</summary>
    public static void Expand(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        var kind = KindOf(type.Type);
        for (var index = type.Properties.Count - 1; index >= 0; index--)
        {
            var member = type.Properties[index];
            if (member.PropertyType.IsSubclassOf(typeof(ByKind)))
            {
                type.Properties.RemoveAt(index);
                foreach (var each in ByKind.ListedIn(member.PropertyType).Reverse())
                    type.Properties.Insert(index, ListOf(type, member, each));
            }
            else if (kind is not null && member.AttributeProvider!.IsDefined(typeof(KindNameAttribute), false))
                (member.Name, member.IsRequired) = (kind.Singular, true);
            else if (kind is { HasRole: false } && member.AttributeProvider!.IsDefined(typeof(KindRoleAttribute), false))
                type.Properties.RemoveAt(index);
        }
    }

    /// <summary>
    /// The member of a type that lists concepts of a kind: <c>people</c>, or <c>namedPeople</c> where the type has another member that is
    /// called as the kind.
    /// </summary>
    public static string ListName(Type type, ConceptKindNames kind) =>
        type.GetProperty(kind.PluralTitle) is null ? kind.Plural : $"named{kind.PluralTitle}";

    /// <summary>The kind whose entity is the argument of a generic type.</summary>
    public static ConceptKindNames? KindOf(Type type) =>
        type.IsGenericType ? ConceptKindNames.All.SingleOrDefault(names => names.Entity == type.GetGenericArguments()[0]) : null;

    private static Type ListOf(Type lists, ConceptKindNames kind) => typeof(IReadOnlyList<>).MakeGenericType(ByKind.ItemOf(lists, kind));

    private static JsonPropertyInfo ListOf(JsonTypeInfo type, JsonPropertyInfo lists, ConceptKindNames kind)
    {
        var (get, item) = (lists.Get!, ByKind.ItemOf(lists.PropertyType, kind));
        var member = type.CreateJsonPropertyInfo(ListOf(lists.PropertyType, kind), ListName(type.Type, kind));
        (member.AttributeProvider, member.IsGetNullable, member.IsSetNullable) = (lists.AttributeProvider, false, false);
        if (lists.AttributeProvider!.IsDefined(typeof(JsonIgnoreAttribute), false))
            member.ShouldSerialize = (_, list) => list is not null;
        var none = Array.CreateInstance(item, 0);
        member.Get = owner => ((ByKind)get(owner)!)[kind] ?? (member.ShouldSerialize is null ? none : null);
        member.Set = (owner, list) => ((ByKind)get(owner)!)[kind] = list;
        return member;
    }
}
