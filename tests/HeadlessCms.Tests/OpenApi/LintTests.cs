namespace HeadlessCms.Tests.OpenApi;

public class LintTests
{
    [Fact]
    public async Task A_clean_document_has_no_findings() => Assert.Equal("", await Lint.RunAsync(SampleDocument.Json, "sample"));

    [Theory]
    [InlineData("\"license\": { \"name\": \"MIT\", \"identifier\": \"MIT\" }, ", "", "redocly warn info-license")]
    [InlineData("application/problem+json", "application/json", "redocly error operation-4xx-problem-details-rfc7807")]
    [InlineData("{ \"text\": \"Hello\" }", "{ \"text\": \"\" }", "redocly error no-invalid-media-type-examples")]
    [InlineData("\"description\": \"Makes a note.\", ", "", "spectral warning operation-description")]
    [InlineData("\"value\": { \"text\": \"Hello\" }", "\"value\": {}", "spectral error oas3-valid-media-example")]
    public async Task A_flaw_is_found_be_it_an_error_or_a_warning(string sound, string flawed, string finding)
    {
        var findings = await Lint.RunAsync(SampleDocument.Json.Replace(sound, flawed, StringComparison.Ordinal), "sample");

        Assert.Contains("sample: " + finding, findings, StringComparison.Ordinal);
    }
}
