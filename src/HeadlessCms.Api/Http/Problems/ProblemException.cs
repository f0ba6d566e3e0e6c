namespace HeadlessCms.Api.Http.Problems;

/// <summary>Ends a request with a problem, from where no result can be returned.</summary>
internal sealed class ProblemException(ProblemResult problem) : Exception(problem.GetType().Name)
{
    public ProblemResult Problem { get; } = problem;
}
