namespace HeadlessCms.Api.Http.Input;

/// <summary>Marks a query parameter as a list: its values are separated by commas, or the parameter is repeated.</summary>
/// <param name="limit">The maximum number of values.</param>
[AttributeUsage(AttributeTargets.Property)]
public class ListAttribute(int limit) : Attribute
{
    /// <summary>The maximum number of values.</summary>
    public int MaxCount { get; } = limit;

    /// <summary>The allowed values; null if any value is allowed.</summary>
    public virtual IReadOnlyCollection<string>? Names => null;

    /// <summary>The name of the schema that lists the allowed values.</summary>
    public virtual string? NamesAre => null;

    /// <summary>Splits the values, in the order of the request.</summary>
    internal static IEnumerable<string> ValuesOf(IEnumerable<string?> sent) =>
        sent.SelectMany(text => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? []);
}

/// <summary>Marks a query parameter as a list of the values of an enum, by their names on the wire.</summary>
/// <typeparam name="T">The enum.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ListOfAttribute<T>() : ListAttribute(Enum.GetNames<T>().Length)
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Names { get; } = [.. EnumNames.Of(typeof(T))];

    /// <inheritdoc/>
    public override string NamesAre => typeof(T).Name;
}
