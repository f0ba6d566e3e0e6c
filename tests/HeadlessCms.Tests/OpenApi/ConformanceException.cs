namespace HeadlessCms.Tests.OpenApi;

/// <summary>An answer that the served document does not promise. The message says which, and all that is wrong with it.</summary>
internal sealed class ConformanceException : Exception
{
    public ConformanceException(string method, string path, int status, IReadOnlyList<string> errors)
        : base($"{method} {path} answered {status} against its document:{string.Concat(errors.Select(e => "\n  " + e))}") =>
        Errors = errors;

    public IReadOnlyList<string> Errors { get; }
}
