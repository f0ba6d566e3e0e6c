using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace HeadlessCms.Api.Http.Access;

/// <summary>Authentication by API key and, if an OIDC issuer is configured, by JWT (RFC 9068).</summary>
internal static class AccessSetup
{
    private const string DefaultScheme = "Bearer";

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var authority = builder.Configuration["Cms:Oidc:Authority"];
        var authentication = builder
            .Services.AddAuthentication(DefaultScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, null)
            .AddPolicyScheme(DefaultScheme, null, scheme =>
                scheme.ForwardDefaultSelector = context =>
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
            ?? throw new InvalidOperationException("Cms:Oidc:Audience is required when Cms:Oidc:Authority is set.");
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
