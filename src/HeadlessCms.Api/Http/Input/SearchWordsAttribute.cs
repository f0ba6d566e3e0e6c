using System.ComponentModel.DataAnnotations;

namespace HeadlessCms.Api.Http.Input;

/// <summary>A query parameter is what somebody types into a search box: something, and not too much of it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SearchWordsAttribute() : StringLengthAttribute(MaxLength)
{
    /// <summary>The most characters.</summary>
    public const int MaxLength = 200;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is string text && !string.IsNullOrWhiteSpace(text) && base.IsValid(text);
}
