using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Validators;
using HeadlessCms.Core;

namespace HeadlessCms.Api.Http.Input;

/// <summary>Rules that several requests share.</summary>
internal static partial class SharedRules
{
    private const string Language = "A BCP 47 language tag is expected, such as en or zh-Hant.";

    /// <summary>A slug of an article or a concept, in the script of <c>Cms:Slugs</c>.</summary>
    public static void IsSlug<T>(this IRuleBuilder<T, string?> rule) =>
        rule.SetValidator(new SlugValidator<T>()).WithErrorCode("invalidForm");

    /// <summary>A name that is written like a slug in ASCII.</summary>
    public static void IsAsciiSlug<T>(this IRuleBuilder<T, string?> rule) =>
        rule.SetValidator(new SlugValidator<T>(SlugScript.Ascii)).WithErrorCode("invalidForm");

    public static void IsLanguage<T>(this IRuleBuilder<T, string?> rule) =>
        rule.HasAtMostCharacters(LanguageTag.MaxLength)
            .Matches(LanguageTag.Pattern)
            .WithErrorCode("invalidForm")
            .WithMessage(Language)
            .Must(tag => tag?.EndsWith('\n') != true) // .NET's $ allows one
            .WithErrorCode("invalidForm")
            .WithMessage(Language);

    public static IRuleBuilderOptions<T, string?> IsWebAddress<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text =>
                text is not null
                && TextLength.Of(text) <= 2_048
                && Uri.TryCreate(text, UriKind.Absolute, out var uri)
                && uri is { Scheme: "https", UserInfo: "", Host.Length: > 0 }
                && IsUriText().IsMatch(text)
            )
            .WithErrorCode("invalidForm")
            .WithMessage("An absolute https URL is expected, at most 2,048 characters.");

    public static IRuleBuilderOptions<T, string?> IsCountry<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Matches("^[A-Z]{2}$").WithMessage("Two upper-case letters are expected (ISO 3166-1 alpha-2).");

    // No spaces, and each % begins an escape; characters outside ASCII are escaped where a URI is needed. Uri.IsWellFormedUriString refuses
    // an escaped % before a full stop.
    [GeneratedRegex(@"^([^\s\p{Cc}%<>""{}|\\^`]|%[0-9A-Fa-f]{2})+$", RegexOptions.CultureInvariant)]
    private static partial Regex IsUriText();

    /// <summary>Adds an error of the member at <paramref name="path"/>.</summary>
    public static void Refuse<T>(this ValidationContext<T> context, string path, string code, string message) =>
        context.AddFailure(
            new FluentValidation.Results.ValidationFailure(context.PropertyChain.BuildPropertyPath(path), message) { ErrorCode = code }
        );

    /// <summary>Rules for the items must not run where this fails: the errors would be more than the list.</summary>
    public static void HasAtMost<T, TItem>(this IRuleBuilder<T, IReadOnlyList<TItem>> rule, int limit) =>
        rule.Must(items => items is null || items.Count <= limit).WithErrorCode("tooMany").WithMessage($"At most {limit}.");

    public static IRuleBuilderOptions<T, string?> IsText<T>(this IRuleBuilder<T, string?> rule, int longest) =>
        rule.HasAtMostCharacters(longest).WithErrorCode("tooLong").WithMessage($"At most {longest:N0} characters.");

    private static IRuleBuilderOptions<T, string?> HasAtMostCharacters<T>(this IRuleBuilder<T, string?> rule, int limit) =>
        rule.SetValidator(new TextLengthValidator<T>(limit));
}

/// <summary>The name of the rule, for the OpenAPI documents.</summary>
internal static class SlugRule
{
    public const string Name = "SlugValidator";

    /// <summary>The name of the rule of a slug that is in ASCII always.</summary>
    public const string AsciiName = "AsciiSlugValidator";
}

internal sealed class SlugValidator<T>(SlugScript? only = null) : PropertyValidator<T, string?>
{
    public override string Name => only is null ? SlugRule.Name : SlugRule.AsciiName;

    public override bool IsValid(ValidationContext<T> context, string? value)
    {
        var script = only ?? context.Service<SlugRules>().Script;
        context.MessageFormatter.AppendArgument("Letters", script == SlugScript.Ascii ? "ASCII words" : "words, composed (NFC),");
        return value is null || Slug.IsValid(value, script);
    }

    protected override string GetDefaultMessageTemplate(string errorCode) =>
        $"A slug is lower-case {{Letters}} joined by -, at most {Slug.MaxLength} characters.";
}

/// <summary>The maximum length of a text in code points; the OpenAPI documents read it.</summary>
internal sealed class TextLengthValidator<T>(int max) : PropertyValidator<T, string?>, ILengthValidator
{
    public override string Name => "MaximumLengthValidator";

    public int Min => 0;

    public int Max => max;

    public override bool IsValid(ValidationContext<T> context, string? value) => value is null || TextLength.Of(value) <= max;

    protected override string GetDefaultMessageTemplate(string errorCode) => $"At most {max:N0} characters.";
}

internal sealed class ImageValidator : AbstractValidator<Image>
{
    public ImageValidator()
    {
        RuleFor(image => image.Url).IsWebAddress();
        RuleFor(image => image.Alt).IsText(1_000);
        RuleFor(image => image.Caption).IsText(1_000);
        RuleFor(image => image.Credit).IsText(200);
    }
}
