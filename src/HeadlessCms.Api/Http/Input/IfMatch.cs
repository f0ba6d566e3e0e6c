using Microsoft.Net.Http.Headers;

namespace HeadlessCms.Api.Http.Input;

/// <summary>Marks an endpoint that requires an If-Match header.</summary>
internal sealed class RequiresIfMatch;

/// <summary>Evaluates If-Match (RFC 9110, 13.1.1): strong comparison; <c>*</c> matches any version.</summary>
internal static class IfMatch
{
    public static bool Allows(HttpContext context, string current)
    {
        if (!EntityTagHeaderValue.TryParseStrictList([.. context.Request.Headers.IfMatch.OfType<string>()], out var tags))
            return false;
        var currentTag = new EntityTagHeaderValue(current);
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(currentTag, useStrongComparison: true));
    }
}
