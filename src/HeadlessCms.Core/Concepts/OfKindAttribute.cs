using System.Reflection;

namespace HeadlessCms.Core.Concepts;

/// <summary>Marks the type that stands for one kind of concept among the types derived from one base.</summary>
/// <param name="kind">The kind.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OfKindAttribute(ConceptKind kind) : Attribute
{
    /// <summary>The kind.</summary>
    public ConceptKind Kind { get; } = kind;

    /// <summary>
    /// The type that stands for a kind among those derived from <paramref name="of"/>, in the assembly of that type: one that is marked, or
    /// a generic one with the kind's entity as its argument.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is none, or more than one.</exception>
    public static Type TypeOf(Type of, ConceptKindNames kind)
    {
        ArgumentNullException.ThrowIfNull(of);
        ArgumentNullException.ThrowIfNull(kind);
        Type[] found =
        [
            .. of
                .Assembly.GetTypes()
                .Where(type => type.IsAssignableTo(of) && type.GetCustomAttribute<OfKindAttribute>()?.Kind == kind.Kind),
            .. of.Assembly.GetTypes().Where(type => type.IsGenericTypeDefinition && type.BaseType == of),
        ];
        return found is not [var one] ? throw new InvalidOperationException($"{found.Length} types of {of} stand for {kind.Plural}.")
            : one.IsGenericTypeDefinition ? one.MakeGenericType(kind.Entity)
            : one;
    }
}
