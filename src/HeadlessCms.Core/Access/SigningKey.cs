namespace HeadlessCms.Core.Access;

/// <summary>A secret for signatures that all nodes share. The first node that needs it creates it.</summary>
public sealed class SigningKey
{
    /// <summary>The purpose of the key for preview tokens.</summary>
    public const string Previews = "previews";

    /// <summary>What is signed with it.</summary>
    public string Purpose { get; private set; } = "";

    /// <summary>The secret, encrypted if the app has a key ring.</summary>
    public string Secret { get; private set; } = "";

    private SigningKey() { }

    /// <summary>Creates the key for a purpose, with its secret in the stored form.</summary>
    public SigningKey(string purpose, string secret) => (Purpose, Secret) = (purpose, secret);
}
