using Microsoft.AspNetCore.Diagnostics;

namespace HeadlessCms.Api.Http.Problems;

/// <summary>Problem details for responses to which middleware gave only a status.</summary>
internal static class StatusProblems
{
    public static Task WriteAsync(StatusCodeContext context) =>
        Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext);

    public static ProblemResult Of(int status) =>
        status switch
        {
            400 => new ProblemResult(400, "unreadable", "Bad request"),
            401 => new ProblemResult(
                401,
                "unauthenticated",
                "Authentication required",
                "Send an API key or a token: Authorization: Bearer …"
            ),
            403 => new ProblemResult(403, "forbidden", "Forbidden", "The role of the caller does not allow this operation."),
            404 => new NotFoundProblem(),
            405 => new ProblemResult(405, "methodNotAllowed", "Method not allowed", "The Allow header lists the supported methods."),
            408 => new ProblemResult(408, "timeout", "Request timeout"),
            413 => new ProblemResult(413, "tooLarge", "Content too large", "The limit of a JSON body is 1 MiB."),
            415 => new ProblemResult(
                415,
                "unsupportedMediaType",
                "Unsupported media type",
                "The Accept-Post or Accept-Patch header lists the supported media types."
            ),
            503 => new ProblemResult(503, "unavailable", "Service unavailable") { RetryAfter = TimeSpan.FromSeconds(2) },
            >= 500 => new ProblemResult(
                status,
                "internal",
                "Internal error",
                "The server failed to process the request. The trace id identifies the request in the server's logs."
            ),
            _ => new ProblemResult(status, ProblemTypes.Blank, Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status)),
        };
}
