namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>The parameters of moving an article to the trash.</summary>
public sealed class TrashQuery
{
    /// <summary>Whether its slug is freed for other articles. Default false.</summary>
    public bool? ReleaseSlug { get; init; }
}
