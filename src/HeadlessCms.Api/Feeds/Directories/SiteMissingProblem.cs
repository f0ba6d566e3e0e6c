using System.Reflection;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Feeds.Directories;

/// <summary>404: sitemaps and OPML require the URL of the public site.</summary>
internal sealed class SiteMissingProblem()
    : ProblemResult(
        404,
        "siteUrlMissing",
        "Site URL missing",
        "Cms:SiteUrl is not set. Sitemaps and OPML require the URL of the public site."
    ),
        Microsoft.AspNetCore.Http.Metadata.IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, 404);
}
