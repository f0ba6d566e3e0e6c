namespace HeadlessCms.Core.Access;

/// <summary>What a caller may do; each role includes those before it. This enum is the one list of roles.</summary>
public enum Role
{
    /// <summary>Reads Editorial, including drafts.</summary>
    Reader,

    /// <summary>Also writes working copies and concepts.</summary>
    Author,

    /// <summary>Also publishes, withdraws, merges and deletes.</summary>
    Editor,

    /// <summary>Also manages keys and webhooks.</summary>
    Admin,
}
