using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

public sealed class MergePatchTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    /// <summary>RFC 7396, Appendix A.</summary>
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", """{}""")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("""{"a":"foo"}""", "null", "null")]
    [InlineData("""{"a":"foo"}""", "\"bar\"", "\"bar\"")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("[1,2]", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void A_merge_patch_does_as_the_standard_says(string target, string patch, string result) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(result), MergePatches.Apply(JsonNode.Parse(target), JsonNode.Parse(patch))));

    [Fact]
    public async Task A_patch_with_one_bad_member_changes_nothing()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Atomic", standfirst = "As it was" });

        var refused = await newsroom.Admin.PatchAsync(
            $"/editorial/v1/articles/{slug}",
            new { standfirst = "Changed", language = "no language" },
            "\"r1\""
        );

        Assert.Equal(["/language: invalidForm"], refused.Errors(HttpStatusCode.UnprocessableEntity));
        var article = await newsroom.Admin.ReadAsync($"/editorial/v1/articles/{slug}");
        Assert.Equal(("\"r1\"", "As it was"), (article.Tag, article.Json["standfirst"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_patch_that_is_no_object_is_refused()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Not an object" });

        foreach (var patch in new[] { "[]", "null", "\"x\"", "7" })
            Assert.Equal(
                ": wrongType",
                (await newsroom.Admin.PatchAsync($"/editorial/v1/articles/{slug}", patch, "\"r1\""))
                    .Errors(HttpStatusCode.BadRequest)
                    .Single()
            );
    }

    [Theory]
    [InlineData("""{"headline":"a","headline":"b"}""", "/headline: duplicateMember")]
    [InlineData("""{"leadImage":{"url":"a","url":"b"}}""", "/url: duplicateMember")] // the parser does not say where
    public async Task A_patch_that_has_a_member_twice_is_refused(string patch, string error)
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Twice" });

        var refused = await newsroom.Admin.PatchAsync($"/editorial/v1/articles/{slug}", patch, "\"r1\"");

        Assert.EndsWith(error, refused.Errors(HttpStatusCode.BadRequest).Single(), StringComparison.Ordinal);
    }
}
