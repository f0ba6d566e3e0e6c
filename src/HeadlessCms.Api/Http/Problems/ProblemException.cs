namespace HeadlessCms.Api.Http.Problems;

/// <summary>Ends a request with a problem where the code cannot return a result.</summary>
internal sealed class ProblemException(ProblemResult problem) : Exception(problem.GetType().Name)
{
    public ProblemResult Problem { get; } = problem;
}
