using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Http.Problems;

/// <summary>
/// How the current state of what a request changes is read. A handler sets it as a feature, for the case that somebody else saves between
/// its look at If-Match and its own save.
/// </summary>
/// <param name="ReadAsync">Reads it; null where it is gone.</param>
internal sealed record CurrentStateReader(Func<NewsroomDbContext, CancellationToken, Task<CurrentState?>> ReadAsync)
{
    /// <summary>The problem with the state; read in a scope of its own, because the request's transaction has failed.</summary>
    public static async Task<ProblemResult> TellAsync(ProblemResult problem, HttpContext context)
    {
        if (problem is not StaleProblem { Current: null } || context.Features.Get<CurrentStateReader>() is not { } reader)
            return problem;
        await using var scope = context.RequestServices.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDbContext>();
        return await reader.ReadAsync(db, context.RequestAborted) is { } current ? new StaleProblem(current) : problem;
    }
}
