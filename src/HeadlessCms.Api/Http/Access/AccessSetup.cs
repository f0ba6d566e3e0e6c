using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace HeadlessCms.Api.Http.Access;

/// <summary>Who gets in: API keys, and JWTs of an OIDC issuer where one is configured (RFC 9068).</summary>
internal static class AccessSetup
{
    private const string Either = "Bearer";

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var authority = builder.Configuration["Cms:Oidc:Authority"];
        var authentication = builder
            .Services.AddAuthentication(Either)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, null)
            .AddPolicyScheme(Either, null, either =>
                either.ForwardDefaultSelector = context =>
                    authority is null
                    || context.Request.Headers.Authorization.ToString() is "" or ['B' or 'b', _, _, _, _, _, ' ', 'c', 'm', 's', '_', ..]
                        ? ApiKeyHandler.Name
                        : JwtBearerDefaults.AuthenticationScheme + "Token"
            );
        if (authority is not null)
            authentication.AddJwtBearer(JwtBearerDefaults.AuthenticationScheme + "Token", jwt => Configure(jwt, builder, authority));
        Policies.Add(builder.Services.AddAuthorizationBuilder(), builder.Configuration.GetValue("Cms:PrivateSite", false));
    }

    private static void Configure(JwtBearerOptions jwt, WebApplicationBuilder builder, string authority)
    {
        var settings = builder.Configuration.GetSection("Cms:Oidc");
        jwt.Authority = authority;
        jwt.Audience = settings["Audience"]
            ?? throw new InvalidOperationException("Cms:Oidc:Audience is required beside Cms:Oidc:Authority.");
        jwt.RequireHttpsMetadata = !builder.Environment.IsDevelopment();
        jwt.MapInboundClaims = false;
        var checks = jwt.TokenValidationParameters;
        checks.ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
        checks.ValidTypes = settings.GetSection("TokenTypes").Get<string[]>() ?? ["at+jwt", "application/at+jwt", "JWT"];
        checks.ClockSkew = TimeSpan.FromSeconds(30);
        checks.RequireExpirationTime = true;
        checks.NameClaimType = settings["NameClaim"] ?? "sub";
        checks.RoleClaimType = settings["RoleClaim"] ?? "roles";
    }
}
