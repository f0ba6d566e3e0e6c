namespace HeadlessCms.Api.Http.Input;

/// <summary>A query parameter is a list: its values stand with commas between them, or it is repeated, or both.</summary>
/// <param name="most">How many values at most.</param>
[AttributeUsage(AttributeTargets.Property)]
public class ListAttribute(int most) : Attribute
{
    /// <summary>How many values at most.</summary>
    public int Most { get; } = most;

    /// <summary>The values that it can have, where they are a closed list.</summary>
    public virtual IReadOnlyCollection<string>? Names => null;

    /// <summary>What the documents call one of them.</summary>
    public virtual string? NamesAre => null;

    /// <summary>The values of a list, in the order in which they were sent.</summary>
    internal static IEnumerable<string> ValuesOf(IEnumerable<string?> sent) =>
        sent.SelectMany(text => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? []);
}

/// <summary>A query parameter is a list of an enum's values, by their names on the wire.</summary>
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
