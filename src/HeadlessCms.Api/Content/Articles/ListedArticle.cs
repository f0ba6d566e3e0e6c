using System.Text.Json;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Articles;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>A live article as lists show it, in JSON, and what a page must know of it.</summary>
internal sealed class ListedArticle
{
    private readonly AccessTier _access;
    private readonly byte[] _json;
    private readonly byte[]? _truncated;

    public ListedArticle(ArticleItem item, JsonSerializerOptions options)
    {
        (Id, PublishedAt, UpdatedAt, _access) = (item.Id, item.PublishedAt, item.UpdatedAt, item.Access);
        ConceptIds = [.. item.ConceptIds.Distinct()];
        _json = JsonSerializer.SerializeToUtf8Bytes(item with { Reader = new(_access, 0) }, options);
        if (_access != AccessTier.Free)
            _truncated = JsonSerializer.SerializeToUtf8Bytes(item with { Reader = default }, options);
    }

    /// <summary>The article.</summary>
    public Guid Id { get; }

    /// <summary>The instant of the first publication.</summary>
    public DateTimeOffset PublishedAt { get; }

    /// <summary>The instant of the latest publication.</summary>
    public DateTimeOffset UpdatedAt { get; }

    /// <summary>The concepts that it shows.</summary>
    public Guid[] ConceptIds { get; }

    /// <summary>The tags of the changes after which it may be another.</summary>
    public string[] Tags => [CacheTags.Article(Id), .. ConceptIds.Select(CacheTags.Concept)];

    /// <summary>About how many bytes it takes, without the tags.</summary>
    public long Size => 400 + _json.Length + (_truncated?.Length ?? 0) + ConceptIds.Length * 16;

    /// <summary>The article as the caller may read it.</summary>
    public WrittenJson JsonFor(ReaderAccess reader) => new(reader.Opens(_access) ? _json : _truncated!);
}
