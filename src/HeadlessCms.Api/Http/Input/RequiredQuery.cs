namespace HeadlessCms.Api.Http.Input;

/// <summary>A query parameter without which an endpoint has nothing to answer.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Example">A value that succeeds on the sample newsroom.</param>
internal sealed record RequiredQuery(string Name, string Example);
