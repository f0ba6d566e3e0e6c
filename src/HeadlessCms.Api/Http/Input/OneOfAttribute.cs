using System.ComponentModel.DataAnnotations;

namespace HeadlessCms.Api.Http.Input;

/// <summary>A query parameter has one of these values.</summary>
/// <param name="names">The values.</param>
[AttributeUsage(AttributeTargets.Property)]
public class OneOfAttribute(params string[] names) : ValidationAttribute
{
    /// <summary>The values, to the letter.</summary>
    public IReadOnlyList<string> Names { get; } = names;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is string text && Names.Contains(text);
}

/// <summary>A query parameter has one of an enum's values, by its name on the wire.</summary>
/// <typeparam name="T">The enum.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute<T>() : OneOfAttribute([.. EnumNames.Of(typeof(T))])
    where T : struct, Enum;
