namespace HeadlessCms.Core.Articles;

/// <summary>Where an article stands, as the clock has it now.</summary>
public enum ArticleStatus
{
    /// <summary>Never live, and nothing planned.</summary>
    Draft,

    /// <summary>Not live; goes live at an instant to come.</summary>
    Scheduled,

    /// <summary>Readers see a revision of it.</summary>
    Live,

    /// <summary>Was live and is no more.</summary>
    Expired,

    /// <summary>Taken down for cause.</summary>
    Withdrawn,

    /// <summary>In the trash.</summary>
    Trashed,
}
