using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>Sorts operations by tag, then in the order of the route table.</summary>
internal static class PageOrder
{
    public static string Of(ApiDescription operation)
    {
        var tags = OpenApiDocuments.All.Single(document => document.Name == operation.GroupName).Tags.Select(tag => tag.Name).ToList();
        var tag = operation.ActionDescriptor.EndpointMetadata.OfType<Microsoft.AspNetCore.Http.Metadata.ITagsMetadata>().Last().Tags[0];
        var order = operation.ActionDescriptor.EndpointMetadata.OfType<RouteOrder>().Single();
        return $"{tags.IndexOf(tag):D2}{order.Position:D5}";
    }
}

/// <summary>The position of a route, counted over all route tables.</summary>
internal sealed record RouteOrder(int Position)
{
    private static int _count;

    public static RouteOrder Next() => new(Interlocked.Increment(ref _count));
}
