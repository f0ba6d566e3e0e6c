using System.Text.Json;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Articles;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>
/// A live article that a node keeps as JSON, as lists show it or whole, and what a response must know of it. It depends on its publication
/// and on the concepts that it names alone.
/// </summary>
internal sealed class KeptArticle
{
    private readonly AccessTier _access;
    private readonly byte[] _json;
    private readonly byte[]? _truncated;

    /// <param name="item">The article.</param>
    /// <param name="teaserWords">How many words of its body those get who may not read it.</param>
    /// <param name="options">How it is written.</param>
    public KeptArticle(ArticleItem item, int teaserWords, JsonSerializerOptions options)
    {
        (Id, PublicationId, _access) = (item.Id, item.PublicationId, item.Access);
        (PublishedAt, UpdatedAt) = (item.PublishedAt, item.UpdatedAt);
        ConceptIds = [.. item.ConceptIds.Distinct()];
        _json = Written(_access);
        if (_access != AccessTier.Free)
            _truncated = Written(AccessTier.Free);

        byte[] Written(AccessTier tier) =>
            JsonSerializer.SerializeToUtf8Bytes(item with { Reader = new(tier, teaserWords) }, item.GetType(), options);
    }

    /// <summary>The article.</summary>
    public Guid Id { get; }

    /// <summary>The publication that holds.</summary>
    public Guid PublicationId { get; }

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
