using HeadlessCms.Api.Http.Problems;
using Microsoft.Net.Http.Headers;

namespace HeadlessCms.Api.Http.Input;

/// <summary>Marks an endpoint that requires an If-Match header.</summary>
internal sealed class RequiresIfMatch;

/// <summary>Reads and evaluates If-Match (RFC 9110, 13.1.1): strong comparison; <c>*</c> matches any version.</summary>
internal static class IfMatch
{
    /// <summary>An error where the header is no list of entity tags, so that it is not taken for a stale one.</summary>
    public static InputError? ErrorOf(HttpRequest request)
    {
        string[] sent = [.. request.Headers.IfMatch.OfType<string>()];
        if (EntityTagHeaderValue.TryParseStrictList(sent, out _))
            return null;
        var bare = sent[0].Trim().Trim('"');
        return InputError.InHeader("If-Match", "invalidForm", "Entity tags are in double quotes, such as \"r1\", or *.") with
        {
            DidYouMean = bare.Length is > 0 and < 40 && EntityTagHeaderValue.TryParse($"\"{bare}\"", out var tag) ? tag.ToString() : null,
        };
    }

    public static bool Allows(HttpContext context, string current)
    {
        if (!EntityTagHeaderValue.TryParseStrictList([.. context.Request.Headers.IfMatch.OfType<string>()], out var tags))
            return false;
        var currentTag = new EntityTagHeaderValue(current);
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(currentTag, useStrongComparison: true));
    }
}
