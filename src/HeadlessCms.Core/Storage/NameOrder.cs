namespace HeadlessCms.Core.Storage;

/// <summary>The order of names, as people sort them.</summary>
public static class NameOrder
{
    /// <summary>
    /// ICU's root collation: accents, then case, tell apart only what is equal without them. Columns keep theirs, so that equality and
    /// patterns need no ICU.
    /// </summary>
    public const string Collation = "und-x-icu";
}
