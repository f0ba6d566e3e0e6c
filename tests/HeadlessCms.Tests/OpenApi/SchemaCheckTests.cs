using System.Text.Json;

namespace HeadlessCms.Tests.OpenApi;

public class SchemaCheckTests
{
    private const string Components = """
        {"components":{"schemas":{
          "Person":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"boss":{"oneOf":[{"type":"null"},
            {"$ref":"#/components/schemas/Person"}]}}},
          "Loop":{"$ref":"#/components/schemas/Loop"}}}}
        """;

    [Theory]
    [InlineData("""{"type":"integer"}""", "1.0")]
    [InlineData("""{"type":["string","null"]}""", "null")]
    [InlineData("""{"type":"string","maxLength":1}""", "\"😀\"")]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1.0]}""")]
    [InlineData("""{"enum":["draft",null]}""", "null")]
    [InlineData("""{"minimum":1,"exclusiveMaximum":2}""", "1.99")]
    [InlineData("""{"minimum":1}""", "\"a bound says nothing of a string\"")]
    [InlineData("""{"required":["a"],"minItems":1,"pattern":"^x$"}""", "5")]
    [InlineData("""{"uniqueItems":true}""", """[1,"1",{"a":1},{"a":2}]""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}}}""", """{"b":1}""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", """{"a":1,"b":2}""")]
    [InlineData(
        """{"$ref":"#/components/schemas/Person","description":"said beside it"}""",
        """{"name":"A","boss":{"name":"B","boss":null}}"""
    )]
    [InlineData("""{"oneOf":[{"type":"null"},{"$ref":"#/components/schemas/Person"}]}""", "null")]
    [InlineData("""{"anyOf":[{"type":"string"},{"minLength":1}]}""", "\"both may match\"")]
    [InlineData("""{"type":"string","x-extensible-enum":["a"],"discriminator":{"propertyName":"type"}}""", "\"b\"")]
    [InlineData("true", "[1]")]
    public void A_value_that_keeps_its_schema_has_no_errors(string schema, string value) => Assert.Empty(Errors(schema, value));

    [Theory]
    [InlineData("""{"type":"integer"}""", "1.5", "(root): is the number 1.5, not \"integer\"")]
    [InlineData("""{"type":"string"}""", "null", "(root): is null, not \"string\"")]
    [InlineData("""{"items":{"type":"string"}}""", """["a",true]""", "/1: is a boolean, not \"string\"")]
    [InlineData("""{"required":["a","b","c"]}""", """{"b":1}""", "(root): lacks a, c")]
    [InlineData("""{"properties":{"a/b":{"const":1}}}""", """{"a/b":2}""", "/a~1b: is 2, not 1")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"a":1,"b":2}""", "/b: is not declared")]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """{"a":"x"}""", "/a: is the string \"x\", not \"integer\"")]
    [InlineData("""{"minItems":2}""", "[1]", "(root): has 1 items, fewer than 2")]
    [InlineData("""{"maxItems":0}""", "[1]", "(root): has 1 items, more than 0")]
    [InlineData("""{"uniqueItems":true}""", "[1,2,1.0]", "(root): has two equal items")]
    [InlineData("""{"minLength":2}""", "\"😀\"", "(root): has 1 characters, fewer than 2")]
    [InlineData("""{"maximum":2}""", "3", "(root): 3 is above 2")]
    [InlineData("""{"exclusiveMinimum":2}""", "2", "(root): 2 is not above 2")]
    [InlineData("""{"oneOf":[{"type":"string"},{"minLength":1}]}""", "\"x\"", "(root): matches 2 of oneOf")]
    [InlineData(
        """{"anyOf":[{"type":"null"},{"maximum":1}]}""",
        "2",
        "(root): matches none of anyOf ([0] (root): is the number 2, not \"null\"; [1] (root): 2 is above 1)"
    )]
    [InlineData("""{"properties":{"p":{"$ref":"#/components/schemas/Person"}}}""", """{"p":{"name":"A","boss":null,"x":1}}""")]
    [InlineData("""{"$ref":"#/components/schemas/Person","required":["boss"]}""", """{}""", "(root): lacks name", "(root): lacks boss")]
    [InlineData("""{"properties":{"no":false}}""", """{"no":1}""", "/no: no value is allowed here")]
    public void Each_breach_is_told_with_its_place(string schema, string value, params string[] expected) =>
        Assert.Equal(expected, Errors(schema, value));

    [Theory]
    [InlineData("uuid", "01981f2e-7c00-7000-8000-000000000001", true)]
    [InlineData("uuid", "{01981f2e-7c00-7000-8000-000000000001}", false)]
    [InlineData("uuid", "01981f2e7c0070008000000000000001", false)]
    [InlineData("date-time", "2026-11-23T19:58:00Z", true)]
    [InlineData("date-time", "2026-11-23T19:58:00.1234567+05:30", true)]
    [InlineData("date-time", "2026-11-23T19:58:00", false)]
    [InlineData("date-time", "2026-11-23 19:58:00Z", false)]
    [InlineData("date-time", "2026-02-29T19:58:00Z", false)]
    [InlineData("date-time", "2026-11-23T24:00:00Z", false)]
    [InlineData("date-time", "2026-11-23T19:58Z", false)]
    [InlineData("date-time", "2026-11-23T19:58:00Z\n", false)]
    [InlineData("date", "2024-02-29", true)]
    [InlineData("date", "2026-02-29", false)]
    [InlineData("date", "2026-2-9", false)]
    [InlineData("uri", "https://cms.test/a?b=c#d", true)]
    [InlineData("uri", "tag:cms.test,2026:a", true)]
    [InlineData("uri", "/a", false)]
    [InlineData("uri", "https://cms.test/a b", false)]
    [InlineData("uri", "https://cms.test/é", false)]
    [InlineData("uri", "https://cms.test/%zz", false)]
    [InlineData("uri", "https://", false)]
    [InlineData("uri-reference", "/a?b", true)]
    [InlineData("uri-reference", "#a#b", false)]
    [InlineData("uri-reference", "a b", false)]
    [InlineData("email", "a@cms.test", true)]
    [InlineData("email", "a", false)]
    [InlineData("byte", "AQID", true)]
    [InlineData("byte", "A", false)]
    public void Formats_are_strict(string format, string text, bool holds) =>
        Assert.Equal(holds, Errors($$"""{"format":"{{format}}"}""", JsonSerializer.Serialize(text)).Count == 0);

    [Theory]
    [InlineData("int32", "2147483647", true)]
    [InlineData("int32", "2147483648", false)]
    [InlineData("int64", "9223372036854775808", false)]
    [InlineData("int64", "1e400", false)]
    public void A_number_has_to_fit_its_format(string format, string number, bool fits) =>
        Assert.Equal(fits, Errors($$"""{"format":"{{format}}"}""", number).Count == 0);

    [Theory]
    [InlineData("^a$", "a", true)]
    [InlineData("^a$", "a\n", false)]
    [InlineData(@"^\d+$", "٣", false)]
    [InlineData(@"^[\d\-]+$", "1-2", true)]
    [InlineData(@"^\w$", "é", false)]
    [InlineData(@"^\p{L}$", "é", true)]
    [InlineData(@"^[a-z-[aeiou]$", "[", true)]
    [InlineData(@"^[$.]$", "$", true)]
    [InlineData(@"^.$", "\r", false)]
    [InlineData(@"\$", "$5", true)]
    public void A_pattern_is_read_as_clients_read_it(string pattern, string text, bool matches) =>
        Assert.Equal(matches, Errors($$"""{"pattern":{{JsonSerializer.Serialize(pattern)}}}""", JsonSerializer.Serialize(text)).Count == 0);

    [Theory]
    [InlineData("""{"not":{}}""")]
    [InlineData("""{"if":{}}""")]
    [InlineData("""{"unevaluatedProperties":false}""")]
    [InlineData("""{"dependentRequired":{}}""")]
    [InlineData("""{"patternProperties":{}}""")]
    [InlineData("""{"prefixItems":[]}""")]
    [InlineData("""{"nullable":true}""")]
    [InlineData("""{"exclusiveMinimum":true}""")]
    [InlineData("""{"format":"hostname"}""")]
    [InlineData("""{"type":"text"}""")]
    public void A_rule_that_is_not_known_is_never_passed_over(string schema) =>
        Assert.Throws<NotSupportedException>(() => Errors(schema, "1"));

    [Theory]
    [InlineData("""{"$ref":"#/components/schemas/Nobody"}""")]
    [InlineData("""{"$ref":"#/components/schemas/Loop"}""")]
    public void A_reference_that_leads_nowhere_is_the_documents_fault(string schema) =>
        Assert.Throws<InvalidOperationException>(() => Errors(schema, "1"));

    private static IReadOnlyList<string> Errors(string schema, string value) =>
        new SchemaCheck(Parse(Components)).Validate(Parse(schema), Parse(value));

    private static JsonElement Parse(string json)
    {
        using var parsed = JsonDocument.Parse(json);
        return parsed.RootElement.Clone();
    }
}
