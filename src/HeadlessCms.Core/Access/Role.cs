namespace HeadlessCms.Core.Access;

/// <summary>What a caller may do; each role may do all that the ones before it may.</summary>
public enum Role
{
    /// <summary>Reads Editorial, drafts too.</summary>
    Reader,

    /// <summary>Also writes working copies and concepts.</summary>
    Author,

    /// <summary>Also publishes, withdraws, merges and deletes.</summary>
    Editor,

    /// <summary>Also manages keys and webhooks.</summary>
    Admin,
}
