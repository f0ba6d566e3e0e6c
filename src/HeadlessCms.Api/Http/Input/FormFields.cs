using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HeadlessCms.Api.Http.Input;

/// <summary>In a form the member has the name of the object that it is in: <c>body</c> is the content of the body.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FormNamesakeAttribute : Attribute
{
    /// <summary>Whether it is a text of several lines.</summary>
    public bool IsLongText { get; init; }
}

/// <summary>The value of a member where a form has other members of its object, but not this one. A patch has no default.</summary>
/// <param name="value">The value as a form has it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FormDefaultAttribute(string value) : Attribute
{
    /// <summary>The value as a form has it.</summary>
    public string Value => value;
}

/// <summary>What the text of a field becomes in JSON.</summary>
internal enum FormKind
{
    Text,
    Boolean,
    Number,
    List,
    Map,
    Object,
}

/// <summary>A member of a JSON document, as forms have it.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Field">The name of its field; the beginning of the names of its members where it is an object.</param>
/// <param name="Pointer">The JSON Pointer to it.</param>
/// <param name="Type">Its type.</param>
internal sealed record FormMember(string Name, string Field, string Pointer, JsonTypeInfo Type)
{
    private static readonly FrozenSet<Type> Numbers = new[] { typeof(int), typeof(long), typeof(double), typeof(decimal) }.ToFrozenSet();

    public FormKind Kind { get; } = KindOf(Type);

    /// <summary>Whether its object cannot be without it.</summary>
    public bool IsRequired { get; private init; }

    /// <summary>The value where the form does not have it.</summary>
    public string? Default { get; private init; }

    /// <summary>Whether it is a text of several lines without a limit of its own.</summary>
    public bool IsLongText { get; private init; }

    /// <summary>The members of an object.</summary>
    public IReadOnlyList<FormMember> Members { get; private init; } = [];

    /// <summary>The type of the items of a list; null where it is none.</summary>
    public JsonTypeInfo? Item { get; private init; }

    /// <summary>The one required member of an item that is an object: an item that is no JSON is the value of that member.</summary>
    public string? Reference { get; private init; }

    /// <summary>It, or the fields of the object that it is.</summary>
    public IEnumerable<FormMember> Fields => Kind == FormKind.Object ? Members.SelectMany(member => member.Fields) : [this];

    /// <summary>The members of a type.</summary>
    public static IReadOnlyList<FormMember> Of(JsonTypeInfo type, string field, string pointer) =>
        [.. type.Properties.Where(member => member.Set is not null).Select(member => Of(member, field, pointer))];

    /// <summary>What the text of a field becomes.</summary>
    public static FormKind KindOf(JsonTypeInfo type)
    {
        var value = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return type.Kind switch
        {
            JsonTypeInfoKind.Object => FormKind.Object,
            JsonTypeInfoKind.Enumerable => FormKind.List,
            JsonTypeInfoKind.Dictionary => FormKind.Map,
            _ when value == typeof(bool) => FormKind.Boolean,
            _ when Numbers.Contains(value) => FormKind.Number,
            _ => FormKind.Text,
        };
    }

    private static FormMember Of(JsonPropertyInfo property, string parent, string above)
    {
        var type = property.Options.GetTypeInfo(property.PropertyType);
        var field = NameOf(property, parent);
        var pointer = JsonErrors.Below(above, property.Name);
        var item = type.ElementType is { } element && type.Kind == JsonTypeInfoKind.Enumerable ? type.Options.GetTypeInfo(element) : null;
        return new FormMember(property.Name, field, pointer, type)
        {
            IsRequired = IsNeeded(property),
            IsLongText = AttributeOf<FormNamesakeAttribute>(property)?.IsLongText == true,
            Default = AttributeOf<FormDefaultAttribute>(property)?.Value,
            Members = KindOf(type) == FormKind.Object ? Of(type, field, pointer) : [],
            Item = item,
            Reference = item?.Properties.Where(IsNeeded).ToList() is [{ Name: var only }] ? only : null,
        };
    }

    private static bool IsNeeded(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };

    private static string NameOf(JsonPropertyInfo property, string parent) =>
        parent.Length == 0 ? property.Name
        : IsNamed(property) ? parent
        : parent + char.ToUpperInvariant(property.Name[0]) + property.Name[1..];

    private static bool IsNamed(JsonPropertyInfo property) => AttributeOf<FormNamesakeAttribute>(property) is not null;

    private static T? AttributeOf<T>(JsonPropertyInfo property)
        where T : Attribute => (T?)property.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: false).SingleOrDefault();
}

/// <summary>
/// The fields of a form that stands for a JSON document of a type: one for each member, with flat names (<c>headline</c>,
/// <c>leadImageUrl</c>).
/// </summary>
internal sealed class FormFields
{
    private readonly FrozenDictionary<string, FormMember> _byName;

    public FormFields(Type type, JsonSerializerOptions options)
    {
        Members = FormMember.Of(options.GetTypeInfo(type), "", "");
        _byName = Members.SelectMany(member => member.Fields).ToFrozenDictionary(field => field.Field);
    }

    /// <summary>The members of the document.</summary>
    public IReadOnlyList<FormMember> Members { get; }

    public IReadOnlyList<string> Names => _byName.Keys;

    public bool Has(string name) => _byName.ContainsKey(name);

    /// <summary>The JSON Pointer to the member of a field, or to the field's own name.</summary>
    public string PointerOf(string name) => _byName.TryGetValue(name, out var field) ? field.Pointer : JsonErrors.Below("", name);
}
