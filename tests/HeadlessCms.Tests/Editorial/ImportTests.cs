using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>The command <c>import</c>, run as a separate process.</summary>
[Collection(LargeImportTests.Imports)]
public sealed class ImportTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Nine_thousand_places_are_saved_in_one_request()
    {
        var taken = new HashSet<string>();
        var countries = new Dictionary<string, string>();
        var lines = new List<object>();
        foreach (var place in File.ReadLines(SharedData.Require("places.ndjson")).Select(line => JsonNode.Parse(line)!))
        {
            var name = place["name"]!.GetValue<string>();
            var code = (place["iso2"] ?? place["countryIso2"])!.GetValue<string>();
            var isCountry = place["kind"]!.GetValue<string>() == "country";
            var slug = isCountry ? $"country-{code}".ToLowerInvariant() : $"city-{place["geonamesId"]}";
            if (!taken.Add(slug))
                continue;
            if (isCountry)
                countries[code] = slug;
            lines.Add(
                new
                {
                    name,
                    slug,
                    kind = isCountry ? "country" : "city",
                    countryCode = code,
                    within = isCountry ? null : countries.GetValueOrDefault(code),
                    latitude = place["latitude"]!.GetValue<double>(),
                    longitude = place["longitude"]!.GetValue<double>(),
                    @public = true,
                }
            );
        }

        var results = await newsroom.Admin.BulkAsync("/editorial/v1/places/bulk", lines);

        Assert.Equal(lines.Count, results.Count);
        Assert.True(lines.Count > 9_000);
        Assert.All(results, result => Assert.Equal("created", result["status"]!.GetValue<string>()));
        var tokyo = (await newsroom.Anyone.ReadAsync("/content/v1/places/city-1850147")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ("Tokyo", "JP", "country-jp"),
            (tokyo["name"]!.GetValue<string>(), tokyo["countryCode"]!.GetValue<string>(), tokyo["within"]!["slug"]!.GetValue<string>())
        );
        Assert.Equal(
            (long)lines.Count,
            await newsroom.SqlAsync("select count(*) from concepts where kind = 'place' and (slug like 'country-%' or slug like 'city-%')")
        );
    }

    [Fact]
    public async Task Each_kind_is_imported_from_a_plain_file_and_the_exit_code_says_how_it_went()
    {
        using var data = new TemporaryDirectory();
        foreach (var kind in new[] { "people", "places", "topics" })
            Assert.Equal(
                0,
                await AppProcess.RunToEndAsync(
                    data.Path,
                    Import(Write($"{kind}.ndjson", $$"""{"name":"Imported {{kind}}"}"""), $"--kind={kind}")
                )
            );
        Assert.Equal(
            "person,place,topic",
            await newsroom.SqlAsync("select string_agg(kind, ',' order by kind) from concepts where name like 'Imported %'")
        );

        var mixed = Write("mixed.ndjson", """{"headline":"Imported draft"}""", """{"headline":""}""", "nonsense");
        var (exitCode, output) = await AppProcess.ReadToEndAsync(data.Path, Import(mixed));
        Assert.Equal(1, exitCode);
        Assert.Contains("3 lines: 1 created, 0 updated, 0 unchanged, 2 refused", output, StringComparison.Ordinal);
        Assert.Contains("\"/headline\"", output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.Anyone.LiveStatusAsync("imported-draft"));

        Assert.Equal(2, await AppProcess.RunToEndAsync(data.Path, Import(Path.Combine(data.Path, "no-such-file.ndjson"))));
        Assert.Equal(2, await AppProcess.RunToEndAsync(data.Path, Import(mixed, "--kind=planets")));
        var broken = Write("broken.ndjson.gz", "This is no gzip.");
        (exitCode, output) = await AppProcess.ReadToEndAsync(data.Path, Import(broken));
        Assert.Equal(2, exitCode);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);

        string Write(string name, params string[] lines)
        {
            var path = Path.Combine(data.Path, name);
            File.WriteAllLines(path, lines);
            return path;
        }
    }

    private string[] Import(string file, params string[] settings) =>
        [
            "import",
            file,
            $"--ConnectionStrings:Cms={newsroom.ConnectionString};Application Name=import",
            $"--Cms:AdminKey={Newsroom.AdminKey}",
            .. settings,
        ];
}
