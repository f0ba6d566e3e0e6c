using HeadlessCms.Api.Http.Html;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Previews;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>An article as a preview shows it, with a banner that says what is shown.</summary>
internal static class ArticlePreviewPage
{
    /// <summary>The page of an article.</summary>
    /// <param name="article">The article.</param>
    /// <param name="preview">The preview.</param>
    /// <param name="list">The path of the list of what is live then; null where the article is a working copy.</param>
    public static HtmlPage Of(ArticleResponse article, Preview preview, string? list) =>
        new(
            $"Preview: {article.Headline}",
            Markup.Of(
                $"""
                <article lang="{article.Language}" dir="auto">
                {Head(article)}
                {Picture(article)}
                {Markup.Raw(article.BodyHtml)}
                </article>
                {Corrections(article)}
                {Concepts(article)}
                """
            )
        )
        {
            Banner = list is null
                ? PreviewBanner.OfWorkingCopy(article.Revision, article.UpdatedAt, preview)
                : PreviewBanner.OfSite(preview, list),
        };

    private static Markup Head(ArticleResponse article) =>
        Markup.Of(
            $"""
            <header>
            {Line("meta", article.Genre)}
            <h1>{article.Headline}</h1>
            {Line("standfirst text", article.Standfirst)}
            {Markup.Join(article.Credits.Select(line => Line("meta", line)))}
            </header>
            """
        );

    private static Markup Picture(ArticleResponse article)
    {
        if (article.LeadImage is not { } image)
            return Markup.None;
        var text = string.Join(" ", new[] { image.Caption, image.Credit }.OfType<string>());
        var caption = text.Length == 0 ? Markup.None : Markup.Of($"<figcaption>{text}</figcaption>");
        return Markup.Of($"<figure><img src=\"{image.Url}\" alt=\"{image.Alt}\">{caption}</figure>");
    }

    private static Markup Corrections(ArticleResponse article) =>
        List("Corrections", article.Corrections.Select(note => Correction(note, article.Language)));

    private static Markup Correction(PublishedCorrection note, string language) =>
        Markup.Of($"{Markup.Of(note.At)}, {EnumNames.Of(note.Kind)}: <span lang=\"{language}\" dir=\"auto\">{note.Text}</span>");

    private static Markup Concepts(ArticleResponse article) =>
        List("Concepts", article.Mentions.Items.Select(mention => Concept(mention.Kind, mention.Item)));

    private static Markup Concept(ConceptKindNames kind, IMention mention) =>
        mention.Role is { } role ? Markup.Of($"{mention.Name}, {role} ({kind.Singular})") : Markup.Of($"{mention.Name} ({kind.Singular})");

    private static Markup List(string title, IEnumerable<Markup> items)
    {
        Markup[] lines = [.. items.Select(item => Markup.Of($"<li>{item}</li>\n"))];
        return lines.Length == 0
            ? Markup.None
            : Markup.Of($"<section class=\"meta\">\n<h2>{title}</h2>\n<ul>\n{Markup.Join(lines)}</ul>\n</section>");
    }

    private static Markup Line(string style, string? text) =>
        string.IsNullOrEmpty(text) ? Markup.None : Markup.Of($"<p class=\"{style}\">{text}</p>");
}
