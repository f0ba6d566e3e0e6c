using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace HeadlessCms.Api.Http.Access;

/// <summary>Authentication by API key and, if an OIDC issuer is configured, by JWT (RFC 9068).</summary>
internal static class AccessSetup
{
    private const string DefaultScheme = "Bearer";

    public static void AddAccess(this WebApplicationBuilder builder, CmsOptions options)
    {
        builder.Services.AddSingleton<AdminKey>();
        var authority = options.Oidc.Authority;
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
            authentication.AddJwtBearer(JwtBearerDefaults.AuthenticationScheme + "Token", jwt =>
                Configure(jwt, options.Oidc, builder.Environment)
            );
        Policies.Add(builder.Services.AddAuthorizationBuilder(), options.PrivateSite);
    }

    /// <summary>Sees to it that the first admin key opens the newsroom.</summary>
    public static async Task EnsureAdminKeyAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var key = app.Services.GetRequiredService<AdminKey>();
        await key.EnsureAsync(scope.ServiceProvider.GetRequiredService<NewsroomDbContext>());
        if (key.ForDevelopment is { } shown)
            app.Logger.LogInformation("The development key: {Key}", shown);
    }

    private static void Configure(JwtBearerOptions jwt, OidcOptions options, IHostEnvironment environment)
    {
        jwt.Authority = options.Authority;
        jwt.Audience = options.Audience;
        jwt.RequireHttpsMetadata = !environment.IsDevelopment();
        jwt.MapInboundClaims = false;
        var checks = jwt.TokenValidationParameters;
        checks.ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
        checks.ValidTypes = options.TokenTypes;
        checks.ClockSkew = TimeSpan.FromSeconds(30);
        checks.RequireExpirationTime = true;
        checks.NameClaimType = options.NameClaim;
        checks.RoleClaimType = options.RoleClaim;
    }
}
