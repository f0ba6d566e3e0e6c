namespace HeadlessCms.Tests.OpenApi;

/// <summary>A response that violates its document; the message lists all violations.</summary>
internal sealed class ConformanceException : Exception
{
    public ConformanceException(string method, string path, int status, IReadOnlyList<string> errors)
        : base($"{method} {path} answered {status} against its document:{string.Concat(errors.Select(e => "\n  " + e))}") =>
        Errors = errors;

    public IReadOnlyList<string> Errors { get; }
}
