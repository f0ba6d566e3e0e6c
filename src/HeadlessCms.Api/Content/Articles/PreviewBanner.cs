using HeadlessCms.Api.Http.Html;
using HeadlessCms.Api.Http.Previews;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>The line above a preview that says what it shows, and until when its link is valid.</summary>
internal static class PreviewBanner
{
    /// <summary>Above a working copy.</summary>
    public static Markup OfWorkingCopy(int revision, DateTimeOffset savedAt, Preview preview) =>
        Of(Markup.Of($"<strong>Preview: not published.</strong> Revision {revision}, saved {Markup.Of(savedAt)}."), preview, Markup.None);

    /// <summary>Above what is live at the instant of the preview.</summary>
    /// <param name="preview">The preview.</param>
    /// <param name="list">The path of the list of what is live then; null where this is it.</param>
    public static Markup OfSite(Preview preview, string? list = null) =>
        Of(
            preview.AsOf is { } instant
                ? Markup.Of($"<strong>Preview: not published.</strong> The site as of {Markup.Of(instant)}.")
                : Markup.Of($"<strong>Preview of the site as it is now.</strong>"),
            preview,
            list is null ? Markup.None : Markup.Of($" <a href=\"{list}\">All articles</a>")
        );

    private static Markup Of(Markup shown, Preview preview, Markup more) =>
        Markup.Of($"<p class=\"banner\">{shown} This link is valid until {Markup.Of(preview.ExpiresAt)}.{more}</p>");
}
