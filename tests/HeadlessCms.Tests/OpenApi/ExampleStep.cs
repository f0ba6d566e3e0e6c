namespace HeadlessCms.Tests.OpenApi;

/// <summary>One example request and its response; <paramref name="Body"/> explains a failed test.</summary>
internal sealed record ExampleStep(string Method, string Path, int Status, string Body)
{
    public bool Succeeded => Status is >= 200 and < 300;
}
