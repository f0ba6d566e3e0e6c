using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HeadlessCms.Core.Webhooks;

/// <summary>
/// The secret that a webhook's events are signed with (Standard Webhooks 1.0): a symmetric key, written <c>whsec_</c> and its Base64. It is
/// shown once.
/// </summary>
public static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    /// <summary>A new random secret.</summary>
    public static byte[] New() => RandomNumberGenerator.GetBytes(Bytes);

    /// <summary>A secret as its holder reads it.</summary>
    public static string Write(byte[] secret) => Prefix + Convert.ToBase64String(secret);

    /// <summary>
    /// The header <c>webhook-signature</c>: one signature by each of <paramref name="secrets"/>, so that a receiver may know any of them.
    /// </summary>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>.</param>
    /// <param name="body">The body, to the byte.</param>
    /// <param name="secrets">The secrets, the newest first.</param>
    public static string Sign(string id, long timestamp, ReadOnlySpan<byte> body, IEnumerable<byte[]> secrets)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}"));
    }
}
