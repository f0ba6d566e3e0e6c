using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>The names of schemas: <c>Page&lt;ArticleListItem&gt;</c> is <c>ArticleListItemPage</c>.</summary>
internal static class SchemaNames
{
    public static string Of(Type type)
    {
        if (!type.IsGenericType)
            return type.Name.EndsWith("Response", StringComparison.Ordinal) ? type.Name[..^"Response".Length] : type.Name;
        if (KindMembers.KindOf(type) is { } kind)
            return kind.SingularTitle + type.Name.Split('`')[0];
        var inner = Of(type.GetGenericArguments()[0]);
        var open = type.GetGenericTypeDefinition();
        return open == typeof(Page<>) ? $"{inner}Page"
            : open == typeof(Unvalidated<>) ? inner.Replace("Request", "Autosave", StringComparison.Ordinal)
            : open == typeof(MergePatch<>) ? inner.Replace("Request", "Patch", StringComparison.Ordinal)
            : $"{open.Name.Split('`')[0]}Of{inner}";
    }
}
