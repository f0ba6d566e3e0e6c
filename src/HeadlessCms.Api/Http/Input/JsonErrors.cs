using System.Text.Json;
using System.Text.RegularExpressions;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Http.Input;

/// <summary>What the JSON reader refuses, as an error with a JSON Pointer and without a word of our types.</summary>
internal static partial class JsonErrors
{
    private static readonly HashSet<string> OfValues = ["required", "null", "unknownValue", "invalidInstant"];

    /// <summary>400 where the body can't be read; 422 where it can, and a value is not valid.</summary>
    public static ProblemResult ProblemOf(JsonException refused)
    {
        var error = Of(refused);
        return OfValues.Contains(error.Code) ? new InvalidProblem(error) : new UnreadableProblem(error);
    }

    private static InputError Of(JsonException refused)
    {
        var pointer = Pointer(refused.Path);
        if (refused is RefusedJsonException known)
            return InputError.At(pointer + known.Below, known.Code, known.Message);
        if (refused.InnerException is JsonException) // the reader's own: it is no JSON
            return InputError.At(
                "",
                "malformed",
                $"The body is no valid JSON, from line {refused.LineNumber + 1}, byte {refused.BytePositionInLine + 1} on."
            );
        var member = Quoted().Match(refused.Message).Groups[1].Value;
        if (refused.Message.Contains("could not be mapped", StringComparison.Ordinal))
            return InputError.At(EndingIn(pointer, member), "unknownMember", $"There is no member '{member}'.");
        if (refused.Message.Contains("uplicate", StringComparison.Ordinal))
            return InputError.At(EndingIn(pointer, member), "duplicateMember", $"The member '{member}' stands there twice.");
        if (refused.Message.Contains("required propert", StringComparison.Ordinal))
        {
            var missing = Quoted().Match(refused.Message, refused.Message.IndexOf("including", StringComparison.Ordinal)).Groups[1].Value;
            return InputError.At($"{pointer}/{missing}", "required", $"The member '{missing}' is required.");
        }

        if (refused.Message.Contains("null", StringComparison.Ordinal))
            return InputError.At(pointer, "null", "The value must not be null.");
        if (refused.Message.Contains("could not be converted", StringComparison.Ordinal))
            return InputError.At(pointer, "wrongType", "The value has the wrong type.");
        return InputError.At(
            pointer,
            "malformed",
            $"The body is no valid JSON, from line {refused.LineNumber + 1}, byte {refused.BytePositionInLine + 1} on."
        );
    }

    private static string Pointer(string? path) =>
        string.Concat(
            Segments()
                .Matches(path ?? "")
                .Select(match =>
                    "/"
                    + (match.Groups[1].Value + match.Groups[2].Value + match.Groups[3].Value)
                        .Replace("~", "~0", StringComparison.Ordinal)
                        .Replace("/", "~1", StringComparison.Ordinal)
                )
        );

    private static string EndingIn(string pointer, string member) =>
        pointer.EndsWith("/" + member, StringComparison.Ordinal) ? pointer : $"{pointer}/{member}";

    [GeneratedRegex(@"\.([^.\[\]]+)|\[(\d+)\]|\['(.*?)'\]")]
    private static partial Regex Segments();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();
}
