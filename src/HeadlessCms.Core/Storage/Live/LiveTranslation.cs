namespace HeadlessCms.Core.Storage.Live;

/// <summary>A live article and the same story in other languages.</summary>
/// <param name="Language">BCP 47 tag of the article itself.</param>
/// <param name="IsOriginal">Whether it is no translation itself.</param>
/// <param name="Live">The other live articles of the story, in no order.</param>
/// <param name="ChangedAt">When one of the others last went live, was updated or ended.</param>
/// <param name="Until">When the next of that happens, as things stand.</param>
public sealed record LiveTranslations(
    string Language,
    bool IsOriginal,
    IReadOnlyList<LiveTranslation> Live,
    DateTimeOffset? ChangedAt,
    DateTimeOffset? Until
);

/// <summary>A live article of a story.</summary>
/// <param name="Id">The article.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Headline">The headline.</param>
/// <param name="IsOriginal">Whether the other articles of the story are translations of it.</param>
/// <param name="NoIndex">Whether search engines must leave it out.</param>
public sealed record LiveTranslation(Guid Id, string Slug, string Language, string Headline, bool IsOriginal, bool NoIndex);

/// <summary>A live article as one version of its story. View <c>live.versions</c>.</summary>
/// <param name="StoryId">The id of the original, also where that is not live.</param>
/// <param name="ArticleId">The article.</param>
/// <param name="Language">BCP 47 tag.</param>
public sealed record LiveVersion(Guid StoryId, Guid ArticleId, string Language);
