using System.ComponentModel.DataAnnotations;

namespace HeadlessCms.Api.Http.Input;

/// <summary>Restricts a query parameter to a list of values.</summary>
/// <param name="namesAre">The name of the schema that lists them.</param>
/// <param name="names">The allowed values, case-sensitive.</param>
[AttributeUsage(AttributeTargets.Property)]
public class OneOfAttribute(string namesAre, params string[] names) : ValidationAttribute
{
    /// <summary>The allowed values, case-sensitive.</summary>
    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>The name of the schema that lists the allowed values.</summary>
    public string NamesAre { get; } = namesAre;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is string text && Names.Contains(text);
}

/// <summary>Restricts a query parameter to the values of an enum, by their names on the wire.</summary>
/// <typeparam name="T">The enum.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute<T>() : OneOfAttribute(typeof(T).Name, [.. EnumNames.Of(typeof(T))])
    where T : struct, Enum;
