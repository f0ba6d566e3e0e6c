using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Hosting;

/// <summary>Where Content shows a thing: an absolute path.</summary>
internal static class ContentPath
{
    private const string Article = "article";

    /// <param name="kind"><c>article</c>, or the singular of a kind of concept, as the change log has it.</param>
    /// <param name="slug">The slug.</param>
    public static string Of(string kind, string slug) =>
        $"/content/v1/{(kind == Article ? "articles" : ConceptKindNames.All.Single(names => names.Singular == kind).Plural)}/{slug}";
}
