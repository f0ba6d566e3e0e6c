using System.ComponentModel.DataAnnotations;

namespace HeadlessCms.Api.Http.Input;

/// <summary>Restricts a query parameter to a list of values.</summary>
/// <param name="names">The allowed values, case-sensitive.</param>
[AttributeUsage(AttributeTargets.Property)]
public class OneOfAttribute(params string[] names) : ValidationAttribute
{
    /// <summary>The allowed values, case-sensitive.</summary>
    public IReadOnlyList<string> Names { get; } = names;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is string text && Names.Contains(text);
}

/// <summary>Restricts a query parameter to the values of an enum, by their names on the wire.</summary>
/// <typeparam name="T">The enum.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute<T>() : OneOfAttribute([.. EnumNames.Of(typeof(T))])
    where T : struct, Enum;
