using System.Security.Claims;
using System.Text.Json;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Articles;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HeadlessCms.Api.Http.Access;

/// <summary>
/// The caller that a JWT names. Its identity has only the claims that are made here, so that no other claim of a token has an effect.
/// </summary>
internal static class TokenCaller
{
    private const int MaxLength = 200;

    /// <summary>Refuses a token that does not identify its caller, or has critical extensions (RFC 7515): none is supported.</summary>
    public static void Identify(TokenValidatedContext context, OidcOptions options)
    {
        var claims = context.Principal!;
        if (HasCriticalExtensions((JsonWebToken)context.SecurityToken))
        {
            Refuse(context, "The token has critical extensions.");
        }
        else if (
            Text(claims, JwtRegisteredClaimNames.Iss) is not { } issuer
            || Text(claims, JwtRegisteredClaimNames.Sub) is not { } subject
        )
        {
            Refuse(context, $"The token must have an issuer and a subject of 1 to {MaxLength} characters without control characters.");
        }
        else
        {
            context.Principal = new ClaimsPrincipal(
                new ClaimsIdentity(
                    [
                        new(CallerClaims.Id, $"{issuer} {subject}"),
                        new(ClaimTypes.Name, Signed(Text(claims, options.NameClaim) ?? subject, issuer)),
                        .. TierOf(claims, options) is { } tier ? [new Claim(CallerClaims.Access, tier.ToString())] : Array.Empty<Claim>(),
                        .. RolesOf(claims.FindAll(options.RoleClaim)).Select(role => new Claim(ClaimTypes.Role, Policies.Of(role))),
                    ],
                    context.Scheme.Name
                )
            );
            context.HttpContext.CredentialOutcomes().Accept(SentCredentials.Bearer(context.Request)!);
        }
    }

    private static void Refuse(TokenValidatedContext context, string message)
    {
        context.HttpContext.CredentialOutcomes().Refuse(SentCredentials.Bearer(context.Request)!, CredentialRefusal.InvalidToken);
        context.Fail(message);
    }

    private static bool HasCriticalExtensions(JsonWebToken token)
    {
        using var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedHeader));
        return header.RootElement.TryGetProperty("crit", out _);
    }

    private static string? Text(ClaimsPrincipal claims, string type) =>
        claims.FindAll(type).Select(claim => claim.Value).ToList() is [var text]
        && TextLength.Of(text) <= MaxLength
        && !string.IsNullOrWhiteSpace(text)
        && !text.Any(char.IsControl)
            ? text
            : null;

    // Names of keys are slugs. A name that reads like one is followed by its issuer, so that nobody signs as a key does.
    private static string Signed(string name, string issuer)
    {
        if (!Slug.IsValid(name.Trim().ToLowerInvariant()))
            return name;
        var qualified = $"{name}@{(Uri.TryCreate(issuer, UriKind.Absolute, out var url) ? url.Host : issuer)}";
        return qualified.Length <= MaxLength ? qualified : qualified[..MaxLength];
    }

    // A role reads anything; who has none and has signed in is at least registered, unless the issuer says otherwise.
    private static AccessTier? TierOf(ClaimsPrincipal claims, OidcOptions options) =>
        RolesOf(claims.FindAll(options.RoleClaim)).Any()
            ? null
            : Enum.GetValues<AccessTier>()
                .Cast<AccessTier?>()
                .FirstOrDefault(tier => EnumNames.Of(tier!.Value) == Text(claims, options.AccessClaim))
                ?? AccessTier.Registered;

    private static IEnumerable<Role> RolesOf(IEnumerable<Claim> claims) =>
        Enum.GetValues<Role>().Where(role => claims.Any(claim => claim.Value == Policies.Of(role)));
}
