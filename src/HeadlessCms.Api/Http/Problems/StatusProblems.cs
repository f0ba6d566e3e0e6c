using Microsoft.AspNetCore.Diagnostics;

namespace HeadlessCms.Api.Http.Problems;

/// <summary>The problem of an answer that some middleware left with a bare status.</summary>
internal static class StatusProblems
{
    public static Task WriteAsync(StatusCodeContext context) =>
        Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext);

    public static ProblemResult Of(int status) =>
        status switch
        {
            400 => new ProblemResult(400, "unreadable", "The request can't be read"),
            401 => new ProblemResult(401, "unauthenticated", "Who are you?", "Send a key or a token: Authorization: Bearer …"),
            403 => new ProblemResult(403, "forbidden", "Not allowed", "Your role may not do this."),
            404 => new NotFoundProblem(),
            405 => new ProblemResult(405, "methodNotAllowed", "Method not allowed", "The Allow header names the methods that are."),
            408 => new ProblemResult(408, "timeout", "The request took too long"),
            413 => new ProblemResult(413, "tooLarge", "Too large", "A JSON body is at most 1 MiB."),
            415 => new ProblemResult(
                415,
                "unsupportedMediaType",
                "Unsupported media type",
                "The Accept-Post or Accept-Patch header names the types that are."
            ),
            503 => new ProblemResult(503, "unavailable", "Not available now") { RetryAfter = TimeSpan.FromSeconds(2) },
            >= 500 => new ProblemResult(
                status,
                "internal",
                "Something went wrong here",
                "It is not your fault. The trace id names this request in our logs."
            ),
            _ => new ProblemResult(status, $"status{status}", Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status)),
        };
}
