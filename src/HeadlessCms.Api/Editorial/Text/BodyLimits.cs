using System.Diagnostics;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>
/// How much a body may cost to render. Short sources can describe very large or very deep documents, and the parsers take quadratic time
/// on some of them. What is over a limit is refused with 422 at <c>/body/content</c>.
/// </summary>
/// <param name="cancellation">Ends the rendering when the caller is gone.</param>
/// <param name="isTimed">Whether the time counts.</param>
internal sealed class BodyLimits(CancellationToken cancellation, bool isTimed = true)
{
    /// <summary>The maximum nesting of elements, and of quotations and lists in Markdown.</summary>
    public const int MaxDepth = 100;

    /// <summary>The maximum number of HTML elements.</summary>
    public const int MaxElements = 20_000;

    /// <summary>The maximum number of attributes of an element.</summary>
    public const int MaxAttributes = 100;

    /// <summary>The maximum number of cells in all Markdown tables.</summary>
    public const int MaxCells = 10_000;

    /// <summary>The maximum number of lines of Markdown.</summary>
    public const int MaxLines = 40_000;

    /// <summary>
    /// The maximum sum, over the delimiters of Markdown such as * and [, of the characters that follow in the same paragraph.
    /// </summary>
    public const long MaxDelimiterWork = 200_000_000;

    /// <summary>The maximum length of the HTML, in UTF-16 code units.</summary>
    public const int MaxHtmlLength = 2 * 1024 * 1024;

    // A full body takes a fraction of this: only what no other limit foresees gets here.
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);

    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Ends a rendering that takes too long, or whose caller is gone.</summary>
    public void CheckTime()
    {
        cancellation.ThrowIfCancellationRequested();
        if (isTimed && Stopwatch.GetElapsedTime(_start) > MaxTime)
            throw Refused("tooSlow", $"The text took more than {MaxTime.TotalSeconds:N0} seconds to render.");
    }

    public static void CheckLength(int length)
    {
        if (length > MaxHtmlLength)
            throw Refused("tooLong", $"The HTML of the text would have more than {MaxHtmlLength:N0} characters.");
    }

    public static ProblemException TooManyElements() => Refused("tooMany", $"At most {MaxElements:N0} HTML elements are allowed.");

    public static ProblemException TooManyAttributes() => Refused("tooMany", $"An element may have at most {MaxAttributes} attributes.");

    public static ProblemException TooManyCells(int line) =>
        Refused("tooMany", $"The tables of a text may have at most {MaxCells:N0} cells (line {line}).");

    public static ProblemException TooManyLines() => Refused("tooMany", $"At most {MaxLines:N0} lines of Markdown are allowed.");

    public static ProblemException TooManyDelimiters(int line) =>
        Refused("tooMany", $"The paragraph is too long for its number of characters such as * and [ (line {line}).");

    /// <param name="line">The line in the source; null if it is not known.</param>
    public static ProblemException TooDeep(int? line = null) =>
        Refused("tooDeep", $"The text is nested more than {MaxDepth} levels deep{(line is null ? "" : $" (line {line})")}.");

    private static ProblemException Refused(string code, string detail) =>
        new(new InvalidProblem(InputError.At("/body/content", code, detail)));
}
