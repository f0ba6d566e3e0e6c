using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace HeadlessCms.Api.Hosting.Secrets;

/// <summary>
/// Encrypts secrets that must be stored as they are, because they sign. A stored secret begins with <c>protected:</c> or, where no key ring
/// is configured, with <c>plain:</c>; both are read.
/// </summary>
internal sealed class SecretProtection(IDataProtector? protector)
{
    private const string Plain = "plain:";
    private const string Protected = "protected:";

    /// <summary>Whether secrets are encrypted.</summary>
    public bool IsConfigured => protector is not null;

    /// <summary>A secret in its stored form.</summary>
    public string Protect(byte[] secret) =>
        protector is null ? Plain + Convert.ToBase64String(secret) : Protected + Convert.ToBase64String(protector.Protect(secret));

    /// <summary>The secret; null if it cannot be read, for example because the key ring lacks the key that encrypted it.</summary>
    public byte[]? Unprotect(string stored)
    {
        try
        {
            return stored.StartsWith(Plain, StringComparison.Ordinal)
                ? Convert.FromBase64String(stored[Plain.Length..])
                : protector?.Unprotect(Convert.FromBase64String(stored[Protected.Length..]));
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The stored form as it is written today: one that was stored before a key ring was configured gets encrypted.</summary>
    public string Renew(string stored) =>
        protector is not null && stored.StartsWith(Plain, StringComparison.Ordinal) && Unprotect(stored) is { } secret
            ? Protect(secret)
            : stored;
}
