namespace HeadlessCms.Tests.OpenApi;

/// <summary>One example as it was sent, and what came back; <paramref name="Body"/> tells a failed test why.</summary>
internal sealed record ExampleStep(string Method, string Path, int Status, string Body)
{
    public bool Succeeded => Status is >= 200 and < 300;
}
