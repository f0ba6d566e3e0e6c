namespace HeadlessCms.Core.Access;

/// <summary>A secret for signatures that all nodes share; the database creates it.</summary>
public sealed class SigningKey
{
    /// <summary>The purpose of the key for preview tokens.</summary>
    public const string Previews = "previews";

    /// <summary>What is signed with it.</summary>
    public string Purpose { get; private set; } = "";

    /// <summary>The secret: 32 random bytes.</summary>
    public byte[] Secret { get; private set; } = [];

    private SigningKey() { }
}
