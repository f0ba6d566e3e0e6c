namespace HeadlessCms.Api.Http.Input;

/// <summary>A required query parameter, with an example that succeeds on the sample newsroom.</summary>
internal sealed record RequiredQuery(string Name, string Example);
