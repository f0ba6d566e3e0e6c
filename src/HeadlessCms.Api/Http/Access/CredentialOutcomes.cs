namespace HeadlessCms.Api.Http.Access;

/// <summary>Why a credential was refused. The security log says it; the response does not.</summary>
internal enum CredentialRefusal
{
    Malformed,
    UnknownKey,
    WrongSecret,
    RevokedKey,
    ExpiredKey,
    InvalidToken,
    PreviewRefused,
}

/// <summary>What became of the credentials of a request; it may have sent a key and a preview token.</summary>
internal sealed class CredentialOutcomes
{
    private readonly Dictionary<string, CredentialRefusal> _refused = [];
    private readonly HashSet<string> _accepted = [];

    public IReadOnlyDictionary<string, CredentialRefusal> Refused => _refused;

    /// <summary>A credential that nothing examined is neither refused nor accepted.</summary>
    public IReadOnlyCollection<string> Accepted => _accepted;

    public void Refuse(string credential, CredentialRefusal reason) => _refused[credential] = reason;

    /// <summary>Also undoes a refusal: what authentication refused may turn out to be a preview token.</summary>
    public void Accept(string credential)
    {
        _refused.Remove(credential);
        _accepted.Add(credential);
    }
}

internal static class CredentialOutcomesExtensions
{
    public static CredentialOutcomes CredentialOutcomes(this HttpContext context)
    {
        if (context.Features.Get<CredentialOutcomes>() is { } existing)
            return existing;
        var outcomes = new CredentialOutcomes();
        context.Features.Set(outcomes);
        return outcomes;
    }
}
