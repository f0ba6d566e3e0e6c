using System.Security.Claims;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Audit;

namespace HeadlessCms.Api.Http.Access;

/// <summary>The claims that the app makes about a caller. It keeps no other claims of a token (<see cref="TokenCaller"/>).</summary>
internal static class CallerClaims
{
    /// <summary>The claim of <see cref="CallerId"/>.</summary>
    public const string Id = "caller";

    /// <summary>The claim of <see cref="KeyId"/>.</summary>
    public const string Key = "key_id";

    /// <summary>The tier of a reader, where a key or token has one.</summary>
    public const string Access = "access";

    /// <summary>The requests a minute of a key that has a limit of its own.</summary>
    public const string RequestsPerMinute = "requests_per_minute";

    /// <summary>
    /// Identifies the caller: <c>key:</c> and the name of an API key, which rotation does not change, or the issuer and the subject of a
    /// token, separated by a space.
    /// </summary>
    public static string CallerId(this ClaimsPrincipal caller) => caller.FindFirstValue(Id)!;

    /// <summary>The id of the caller's API key; null for a token.</summary>
    public static Guid? KeyId(this ClaimsPrincipal caller) => Guid.TryParse(caller.FindFirstValue(Key), out var id) ? id : null;

    /// <summary>The name of the caller, as saves record it. It need not be unique among the callers with tokens.</summary>
    public static string SignedName(this ClaimsPrincipal caller) => caller.FindFirstValue(ClaimTypes.Name)!;

    /// <summary>Whether the caller's role is at least <paramref name="role"/>.</summary>
    public static bool MayAct(this ClaimsPrincipal caller, Role role) => Policies.AtLeast(role).Any(caller.IsInRole);

    public static Actor Actor(this HttpContext context) =>
        new(context.User.SignedName(), context.Address(), context.User.MayAct(Role.Editor));

    /// <summary>
    /// What the caller may read: an editor anything, a key or token what it says, and anyone else what is free.
    /// </summary>
    public static AccessTier AccessTier(this ClaimsPrincipal caller) =>
        Enum.TryParse<AccessTier>(caller.FindFirstValue(Access), out var tier) ? tier
        : caller.MayAct(Role.Reader) ? Core.Articles.AccessTier.Subscriber
        : Core.Articles.AccessTier.Free;

    /// <summary>The address that the request came from.</summary>
    public static string? Address(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;
}
