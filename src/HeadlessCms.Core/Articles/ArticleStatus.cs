namespace HeadlessCms.Core.Articles;

/// <summary>The status of an article now.</summary>
public enum ArticleStatus
{
    /// <summary>Never live, and not scheduled.</summary>
    Draft,

    /// <summary>Not live; will go live.</summary>
    Scheduled,

    /// <summary>Readers see a revision of it.</summary>
    Live,

    /// <summary>No longer live.</summary>
    Expired,

    /// <summary>Taken down for cause.</summary>
    Withdrawn,

    /// <summary>In the trash.</summary>
    Trashed,
}
