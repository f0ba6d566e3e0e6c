using HeadlessCms.Core;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>The file of a picture.</summary>
/// <param name="Url">Its URL as a URI (RFC 3986): the host in ASCII, other characters percent-encoded.</param>
/// <param name="MediaType">Its media type, from the extension of its path; null if it has none that is known.</param>
internal sealed record PictureFile(string Url, string? MediaType)
{
    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".apng"] = "image/apng",
        [".avif"] = "image/avif",
        [".bmp"] = "image/bmp",
        [".gif"] = "image/gif",
        [".heic"] = "image/heic",
        [".jpe"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".jxl"] = "image/jxl",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff",
        [".webp"] = "image/webp",
    };

    /// <summary>The media type where one is required.</summary>
    public string EnclosureType => MediaType ?? "image/*";

    /// <summary>Null if there is no image, or if its URL is none.</summary>
    public static PictureFile? Of(Image? image) => image is null ? null : Of(image.Url);

    /// <summary>Null if <paramref name="url"/> is not an absolute URL of a web server.</summary>
    public static PictureFile? Of(string? url)
    {
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            || parsed.Scheme != Uri.UriSchemeHttps && parsed.Scheme != Uri.UriSchemeHttp
            || parsed.IdnHost.Length == 0
        )
            return null;
        var host = parsed.HostNameType == UriHostNameType.IPv6 ? parsed.Host : parsed.IdnHost;
        var authority = parsed.IsDefaultPort ? host : FormattableString.Invariant($"{host}:{parsed.Port}");
        // .NET leaves brackets as they are, which RFC 3986 allows in the host only.
        var path = parsed
            .GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped)
            .Replace("[", "%5B", StringComparison.Ordinal)
            .Replace("]", "%5D", StringComparison.Ordinal);
        return new PictureFile(
            $"{parsed.Scheme}://{authority}{path}",
            MediaTypes.GetValueOrDefault(Path.GetExtension(parsed.AbsolutePath))
        );
    }
}
