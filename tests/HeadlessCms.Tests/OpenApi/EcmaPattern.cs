using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>
/// Translates schema patterns from ECMA-262, where <c>$</c> matches only at the very end and <c>\d</c> and <c>\w</c> are ASCII.
/// RegexOptions.ECMAScript does not help: it keeps .NET's <c>$</c> and forbids <c>\p</c>.
/// </summary>
internal static class EcmaPattern
{
    private static readonly ConcurrentDictionary<string, Regex> Known = new(StringComparer.Ordinal);

    public static bool IsMatch(string text, string pattern) =>
        Known.GetOrAdd(pattern, p => new Regex(Translate(p), RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1))).IsMatch(text);

    private static string Translate(string pattern)
    {
        var result = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                var escaped = pattern[++i];
                if (escaped == 'u' && i + 1 < pattern.Length && pattern[i + 1] == '{')
                    throw new NotSupportedException($"The pattern {pattern} has \\u{{...}}, which is not translated.");
                result.Append(
                    escaped switch
                    {
                        'd' => inClass ? "0-9" : "[0-9]",
                        'w' => inClass ? "A-Za-z0-9_" : "[A-Za-z0-9_]",
                        'D' when !inClass => "[^0-9]",
                        'W' when !inClass => "[^A-Za-z0-9_]",
                        'D' or 'W' => throw new NotSupportedException(
                            $"The pattern {pattern} has \\{escaped} in a class, which is not translated."
                        ),
                        _ => "\\" + escaped,
                    }
                );
                continue;
            }
            result.Append(
                c switch
                {
                    '$' when !inClass => "\\z",
                    '.' when !inClass => "[^\\n\\r\\u2028\\u2029]",
                    // In ECMA-262 a bracket inside a class is literal; in .NET it can begin a subtraction.
                    '[' when inClass => "\\[",
                    _ => c.ToString(),
                }
            );
            inClass = c == '[' || (c != ']' && inClass);
        }
        return result.ToString();
    }
}
