namespace HeadlessCms.Api.Http.Access;

/// <summary>Records refused credentials and operations. It runs around all that refuses: policies, filters and exceptions.</summary>
internal sealed class SecurityLogMiddleware(RequestDelegate next, SecurityLog log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        finally
        {
            foreach (var reason in context.Features.Get<CredentialOutcomes>()?.Refused.Values ?? [])
                log.AuthenticationFailed(context, reason);
            if (context.Response.StatusCode == StatusCodes.Status403Forbidden)
                RecordForbidden(context);
        }
    }

    private void RecordForbidden(HttpContext context)
    {
        if (context.User.IsInRole(Policies.Partner))
            log.ScopeRefused(context);
        else
            log.AuthorisationFailed(context);
    }
}
