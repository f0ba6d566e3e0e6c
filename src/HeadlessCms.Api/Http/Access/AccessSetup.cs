using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace HeadlessCms.Api.Http.Access;

/// <summary>Authentication by API key and, if an OIDC issuer is configured, by JWT (RFC 9068).</summary>
internal static class AccessSetup
{
    private const string DefaultScheme = "Bearer";
    private const string JwtScheme = "BearerToken";

    public static void AddAccess(this WebApplicationBuilder builder, CmsOptions options)
    {
        builder.Services.AddSingleton<AdminKey>();
        builder.Services.AddSingleton<SecurityLog>();
        var authority = options.Oidc.Authority;
        var authentication = builder
            .Services.AddAuthentication(DefaultScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, null)
            .AddPolicyScheme(DefaultScheme, null, scheme =>
                scheme.ForwardDefaultSelector = context =>
                    authority is not null && SentCredentials.IsJwt(SentCredentials.Bearer(context.Request)) ? JwtScheme : ApiKeyHandler.Name
            );
        if (authority is not null)
            authentication.AddJwtBearer(JwtScheme, jwt => Configure(jwt, options.Oidc, builder.Environment));
        Policies.Add(builder.Services.AddAuthorizationBuilder(), options.PrivateSite);
    }

    /// <summary>Sees to it that the first admin key opens the newsroom.</summary>
    public static async Task EnsureAdminKeyAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var key = app.Services.GetRequiredService<AdminKey>();
        await key.EnsureAsync(scope.ServiceProvider.GetRequiredService<NewsroomDbContext>());
        if (key.ForDevelopment is { } shown)
            await Console.Out.WriteLineAsync($"The development key: {shown}"); // no log line: logs may be exported
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
        jwt.Events = new JwtBearerEvents
        {
            OnAuthenticationFailed = context =>
            {
                // Thrown where the issuer's keys cannot be read: that is no fault of the token.
                if (context.Exception is not InvalidOperationException)
                    context
                        .HttpContext.CredentialOutcomes()
                        .Refuse(SentCredentials.Bearer(context.Request)!, CredentialRefusal.InvalidToken);
                return Task.CompletedTask;
            },
            OnTokenValidated = context =>
            {
                TokenCaller.Identify(context, options);
                return Task.CompletedTask;
            },
        };
    }
}
