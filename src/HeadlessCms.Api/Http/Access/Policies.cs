using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Access;
using Microsoft.AspNetCore.Authorization;

namespace HeadlessCms.Api.Http.Access;

/// <summary>One policy per role, which higher roles satisfy too, and the policies of readers.</summary>
internal static class Policies
{
    /// <summary>Content: anyone or, on a private site, any role. A partner key is refused, because it is valid for Feeds only.</summary>
    public const string Reading = "reading";

    /// <summary>Feeds: anyone or, on a private site, any role and partner keys.</summary>
    public const string Pulling = "pulling";

    /// <summary>The role of a key that is valid for Feeds only. It is not a <see cref="Role"/>, so no other policy accepts it.</summary>
    public const string Partner = "partner";

    public static string Of(Role role) => EnumNames.Of(role);

    public static void Add(AuthorizationBuilder authorization, bool privateSite)
    {
        foreach (var role in Enum.GetValues<Role>())
            authorization.AddPolicy(Of(role), policy => policy.RequireAuthenticatedUser().RequireRole(AtLeast(role)));
        authorization.AddPolicy(Reading, policy =>
        {
            if (privateSite)
                policy.RequireAuthenticatedUser().RequireRole(AtLeast(Role.Reader));
            else
                policy.RequireAssertion(caller => !caller.User.IsInRole(Partner));
        });
        authorization.AddPolicy(Pulling, policy =>
        {
            if (privateSite)
                policy.RequireAuthenticatedUser().RequireRole(AtLeast(Role.Reader).Append(Partner));
            else
                policy.RequireAssertion(_ => true);
        });
        authorization.SetFallbackPolicy(
            new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(AtLeast(Role.Admin)).Build()
        );
    }

    /// <summary>The names of <paramref name="role"/> and of those that include it.</summary>
    public static IEnumerable<string> AtLeast(Role role) => Enum.GetValues<Role>().Where(other => other >= role).Select(Of);
}
