using System.Reflection;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Feeds.Directories;

/// <summary>404: a list of links can't be made while nobody has said where the site is.</summary>
internal sealed class SiteMissingProblem()
    : ProblemResult(
        404,
        "siteUrlMissing",
        "No site",
        "Cms:SiteUrl is not set: what is made of links alone needs to know where the public site is."
    ),
        Microsoft.AspNetCore.Http.Metadata.IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, 404);
}
