using System.Text.Json;
using System.Text.RegularExpressions;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Http.Input;

/// <summary>Converts errors of the JSON reader to input errors with a JSON Pointer and without the names of internal types.</summary>
internal static partial class JsonErrors
{
    /// <summary>The code of a member that the type does not have.</summary>
    public const string UnknownMember = "unknownMember";

    private static readonly HashSet<string> ValueErrors =
    [
        "required",
        "null",
        UnknownValue,
        StrictInstant.Code,
        StrictText.ControlCharacter,
    ];

    /// <summary>The code of a name that an enumeration does not have.</summary>
    public const string UnknownValue = "unknownValue";

    /// <summary>400 if the body cannot be read; 422 if a value in it is not valid.</summary>
    public static ProblemResult ProblemOf(JsonException exception) => ProblemOf([Of(exception)]);

    /// <summary>400 if the body cannot be read; 422 if only values in it are not valid.</summary>
    /// <param name="errors">All of them.</param>
    /// <param name="ofShape">Those that decide; all by default.</param>
    public static ProblemResult ProblemOf(IReadOnlyList<InputError> errors, IReadOnlyList<InputError>? ofShape = null) =>
        (ofShape ?? errors).All(error => ValueErrors.Contains(error.Code)) ? new InvalidProblem(errors) : new UnreadableProblem(errors);

    public static InputError Missing(string pointer) => InputError.At(pointer, "required", "A JSON body is required.");

    public static InputError Null(string pointer) => InputError.At(pointer, "null", "The value must not be null.");

    public static InputError WrongType(string pointer) => InputError.At(pointer, "wrongType", "The value has the wrong type.");

    public static InputError Duplicate(string pointer, string member) =>
        InputError.At(Below(pointer, member), "duplicateMember", $"The member '{member}' is duplicated.");

    public static InputError Unknown(string pointer, string member, IReadOnlyCollection<string> known) =>
        InputError.At(Below(pointer, member), UnknownMember, $"The member '{member}' is unknown.") with
        {
            DidYouMean = Nearest.Of(member, known),
        };

    /// <summary>The pointer of a member.</summary>
    public static string Below(string pointer, string member) =>
        $"{pointer}/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static InputError Of(JsonException exception)
    {
        var pointer = Pointer(exception.Path);
        if (exception is RefusedJsonException known)
            return InputError.At(pointer + known.Below, known.Code, known.Message);
        if (exception.InnerException is JsonException) // a syntax error
            return Malformed(exception);
        if (
            exception.InnerException is InvalidOperationException { Message: var cause }
            && cause.Contains("UTF-16", StringComparison.Ordinal)
        )
            return InputError.At(
                pointer,
                "malformed",
                @"An escape such as \ud800 must be followed by the other half of its surrogate pair."
            );
        var member = Quoted().Match(exception.Message).Groups[1].Value;
        if (exception.Message.Contains("could not be mapped", StringComparison.Ordinal))
            return InputError.At(EndingIn(pointer, member), UnknownMember, $"The member '{member}' is unknown.");
        if (exception.Message.Contains("uplicate", StringComparison.Ordinal))
            return InputError.At(EndingIn(pointer, member), "duplicateMember", $"The member '{member}' is duplicated.");
        if (exception.Message.Contains("required propert", StringComparison.Ordinal))
        {
            var missing = Quoted()
                .Match(exception.Message, exception.Message.IndexOf("including", StringComparison.Ordinal))
                .Groups[1]
                .Value;
            return InputError.At($"{pointer}/{missing}", "required", $"The member '{missing}' is required.");
        }

        if (exception.Message.Contains("null", StringComparison.Ordinal))
            return Null(pointer);
        return exception.Message.Contains("could not be converted", StringComparison.Ordinal) ? WrongType(pointer) : Malformed(exception);
    }

    private static InputError Malformed(JsonException exception) =>
        InputError.At(
            "",
            "malformed",
            $"The body is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})."
        );

    private static string Pointer(string? path) =>
        string.Concat(
            Segments().Matches(path ?? "").Select(match => Below("", match.Groups[1].Value + match.Groups[2].Value + match.Groups[3].Value))
        );

    private static string EndingIn(string pointer, string member) =>
        pointer.EndsWith("/" + member, StringComparison.Ordinal) ? pointer : $"{pointer}/{member}";

    [GeneratedRegex(@"\.([^.\[\]]+)|\[(\d+)\]|\['(.*?)'\]")]
    private static partial Regex Segments();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();
}
