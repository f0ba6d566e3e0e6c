namespace HeadlessCms.Core.Access;

/// <summary>A secret that all nodes share, made by the database, to sign what only they may have made.</summary>
public sealed class SigningKey
{
    /// <summary>The key that previews are signed with.</summary>
    public const string Previews = "previews";

    /// <summary>What is signed with it.</summary>
    public string Purpose { get; private set; } = "";

    /// <summary>The secret: 32 random bytes.</summary>
    public byte[] Secret { get; private set; } = [];

    private SigningKey() { }
}
