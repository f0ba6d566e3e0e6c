using System.Text.Json;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Previews;
using HeadlessCms.Api.Outbox.Changes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>
/// The articles that this node keeps as JSON, each until the change log reports it or one of the concepts that it names. Who takes one asks
/// the database first which publication holds. See decision 0026.
/// </summary>
internal sealed class KeptArticles : IDisposable
{
    // For what went past the app and is in no log.
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly ChangeWatcher _watcher;
    private readonly JsonSerializerOptions _json;
    private readonly int _teaserWords;

    // As lists show them by the id of the publication, whole ones by the id or slug that was asked for.
    private readonly TaggedCache<object, KeptArticle>? _kept;

    public KeptArticles(ChangeWatcher watcher, CmsOptions options, Site site, IOptions<JsonOptions> json)
    {
        (_watcher, _json, _teaserWords) = (watcher, json.Value.SerializerOptions, site.TeaserWords);
        if (options.Cache.MaxArticleBytes > 0)
            _kept = new(watcher, options.Cache.MaxArticleBytes);
    }

    /// <summary>What is to be read before an article that is kept is.</summary>
    public long Look => _kept?.Look ?? 0;

    /// <summary>Whether a request may take them: not by setting, for a preview, or while the change log is not followed.</summary>
    public bool AreFor(HttpContext context) => _kept is not null && _watcher.IsCurrent && context.Features.Get<Preview>() is null;

    /// <summary>An article as lists show it; null where it is not kept.</summary>
    public KeptArticle? FindListed(Guid publication) => _kept?.Find(publication);

    /// <summary>Keeps an article as lists show it, unless others than its publication and its concepts are part of it.</summary>
    public KeptArticle KeepListed(ArticleItem item, long look) => Keep(item.PublicationId, item, look, item.Part is null);

    /// <summary>A whole article; null where it is not kept.</summary>
    public KeptArticle? FindWhole(string idOrSlug) => _kept?.Find(idOrSlug);

    /// <summary>Keeps a whole article, unless others than its publication and its concepts are part of it.</summary>
    public void KeepWhole(string idOrSlug, ArticleResponse article, long look)
    {
        if (article.Part is null && article.Story is null)
            Keep(idOrSlug, article, look, isOfItself: true);
    }

    public void Dispose() => _kept?.Dispose();

    private KeptArticle Keep(object key, ArticleItem item, long look, bool isOfItself)
    {
        var article = new KeptArticle(item, _teaserWords, _json);
        if (isOfItself)
            _kept!.Keep(key, article, article.Tags, article.Size, MaxAge, look);
        return article;
    }
}
