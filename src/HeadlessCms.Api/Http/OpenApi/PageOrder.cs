using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>The order of the page: chapter by chapter, each as its route table has it.</summary>
internal static class PageOrder
{
    public static string Of(ApiDescription operation)
    {
        var tags = OpenApiDocuments.All.Single(door => door.Name == operation.GroupName).Tags.Select(tag => tag.Name).ToList();
        var tag = operation.ActionDescriptor.EndpointMetadata.OfType<Microsoft.AspNetCore.Http.Metadata.ITagsMetadata>().Last().Tags[0];
        var order = operation.ActionDescriptor.EndpointMetadata.OfType<RouteOrder>().Single();
        return $"{tags.IndexOf(tag):D2}{order.Position:D5}";
    }
}

/// <summary>Where in its route table a route stands.</summary>
/// <param name="Position">Counted over all routes.</param>
internal sealed record RouteOrder(int Position)
{
    private static int _count;

    public static RouteOrder Next() => new(Interlocked.Increment(ref _count));
}
