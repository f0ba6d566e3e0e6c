using System.ComponentModel.DataAnnotations;

namespace HeadlessCms.Api.Http.Input;

/// <summary>Restricts a query parameter to a search text of at most 200 characters that is not blank.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SearchWordsAttribute() : StringLengthAttribute(MaxLength)
{
    /// <summary>The maximum length, in characters.</summary>
    public const int MaxLength = 200;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is string text && !string.IsNullOrWhiteSpace(text) && base.IsValid(text);
}
