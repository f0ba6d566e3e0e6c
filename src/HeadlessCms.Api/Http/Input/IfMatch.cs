using Microsoft.Net.Http.Headers;

namespace HeadlessCms.Api.Http.Input;

/// <summary>Marks an endpoint that needs an If-Match header.</summary>
internal sealed class RequiresIfMatch;

/// <summary>What the caller believes to be there (RFC 9110, 13.1.1): strong comparison, <c>*</c> is whatever is there.</summary>
internal static class IfMatch
{
    public static bool Allows(HttpContext context, string current)
    {
        if (!EntityTagHeaderValue.TryParseStrictList([.. context.Request.Headers.IfMatch.OfType<string>()], out var tags))
            return false;
        var there = new EntityTagHeaderValue(current);
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(there, useStrongComparison: true));
    }
}
