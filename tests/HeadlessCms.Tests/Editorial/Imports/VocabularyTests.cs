using System.Diagnostics;
using System.Globalization;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial.Imports;

/// <summary>The command <c>load</c>, run as a separate process.</summary>
[Collection(LargeImportTests.Imports)]
public sealed class VocabularyTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Topics = """
        <?xml version="1.0" encoding="UTF-8"?>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#"
          xmlns:iptc="http://iptc.org/std/nar/2006-10-01/" xmlns:dcterms="http://purl.org/dc/terms/">
        <skos:Concept rdf:about="http://cv.iptc.org/newscodes/mediatopic/20009002">
          <skos:prefLabel xml:lang="en-GB">test rowing</skos:prefLabel><skos:prefLabel xml:lang="de">Testrudern</skos:prefLabel>
          <skos:definition xml:lang="en-GB">Boats in a test.</skos:definition>
          <skos:broader rdf:resource="http://cv.iptc.org/newscodes/mediatopic/20009001"/>
          <skos:exactMatch rdf:resource="http://www.wikidata.org/entity/Q900900"/>
        </skos:Concept>
        <skos:Concept rdf:about="http://cv.iptc.org/newscodes/mediatopic/20009001">
          <skos:prefLabel xml:lang="en-GB">test sport</skos:prefLabel>
        </skos:Concept>
        <skos:Concept rdf:about="http://cv.iptc.org/newscodes/mediatopic/20009003">
          <skos:prefLabel xml:lang="en-GB">test old rowing</skos:prefLabel><iptc:retired>2019-01-01T00:00:00+00:00</iptc:retired>
          <dcterms:isReplacedBy rdf:resource="http://cv.iptc.org/newscodes/mediatopic/20009002"/>
        </skos:Concept>
        <skos:Concept rdf:about="http://cv.iptc.org/newscodes/mediatopic/20009004">
          <skos:prefLabel xml:lang="en-GB">test telegraphy</skos:prefLabel><iptc:retired>2018-05-05T00:00:00+00:00</iptc:retired>
        </skos:Concept>
        </rdf:RDF>
        """;

    [Fact]
    public async Task Media_topics_are_loaded_with_languages_hierarchy_and_retired_codes_and_none_is_made_twice()
    {
        using var data = new TemporaryDirectory();
        await newsroom.Admin.PostAsync(
            "/editorial/v1/topics",
            new
            {
                name = "Test Sport",
                slug = "our-sport",
                description = "Ours.",
            }
        );

        var (dryExit, dry) = await LoadAsync(data, "media-topics", "topics.rdf", Topics, "--dryRun=true");
        Assert.True(dryExit == 0, dry);
        Assert.Contains("Dry run, nothing is saved: 3 concepts", dry, StringComparison.Ordinal);
        Assert.Equal(0L, await newsroom.SqlAsync("select count(*) from concepts where code like 'medtop:2000900%'"));

        var (exit, output) = await LoadAsync(data, "media-topics", "topics.rdf", Topics);
        Assert.True(exit == 0, output);
        Assert.Contains("3 concepts: 2 created, 1 updated, 0 unchanged, 0 refused; 1 entries skipped", output, StringComparison.Ordinal);
        Assert.Equal(
            "our-sport|Test Sport|Ours.|test-rowing|Testrudern|Boats in a test.",
            await newsroom.SqlAsync(
                """
                select p.slug || '|' || p.name || '|' || p.description || '|' || c.slug
                  || '|' || (c.labels ->> 'de') || '|' || c.description
                from concepts c join concepts p on p.id = c.parent_id where c.code = 'medtop:20009002'
                """
            )
        );
        Assert.Equal(
            "https://cv.iptc.org/newscodes/mediatopic/20009002,https://cv.iptc.org/newscodes/mediatopic/20009003,"
                + "https://www.wikidata.org/entity/Q900900",
            await newsroom.SqlAsync(
                "select string_agg(uri, ',' order by uri) from concepts, unnest(same_as) uri where code = 'medtop:20009002'"
            )
        );
        Assert.Equal("(Retired 2018-05-05.)", await newsroom.SqlAsync("select description from concepts where code = 'medtop:20009004'"));

        var (_, again) = await LoadAsync(data, "media-topics", "topics.rdf", Topics, "--restart=true");
        Assert.Contains("3 concepts: 0 created, 0 updated, 3 unchanged", again, StringComparison.Ordinal);
        var (_, resumed) = await LoadAsync(data, "media-topics", "topics.rdf", Topics);
        Assert.Contains("0 concepts: 0 created", resumed, StringComparison.Ordinal);

        const string Json = """
            {"@context":"x","conceptSet":[{"uri":"http://cv.iptc.org/newscodes/mediatopic/20009002","qcode":"medtop:20009002",
              "prefLabel":{"en-GB":"test rowing","fr":"aviron d'essai"},"broader":["http://cv.iptc.org/newscodes/mediatopic/20009001"]}]}
            """;
        var (_, json) = await LoadAsync(data, "media-topics", "topics.json", Json);
        Assert.Contains("1 concepts: 0 created, 1 updated", json, StringComparison.Ordinal);
        Assert.Equal("aviron d'essai", await newsroom.SqlAsync("select labels ->> 'fr' from concepts where code = 'medtop:20009002'"));
    }

    [Fact]
    public async Task A_gazetteer_is_loaded_from_a_table_and_from_lines_and_the_same_place_is_one()
    {
        using var data = new TemporaryDirectory();
        const string Table =
            "990001\tGazetteria City\tGazetteria City\tGaz,Gazville\t10.5\t20.25\tP\tPPLC\tQZ"
            + "\t\t01\t\t\t\t50000\t\t10\tEurope/X\t2024-01-01\n"
            + "990000\tGazetteria\tGazetteria\t\t10\t20\tA\tPCLI\tQZ\t\t00\t\t\t\t90000\t\t10\tEurope/X\t2024-01-01\nbroken\n";
        const string Lines = """
            {"kind":"country","name":"Gazetteria","aliases":["Republic of Gazetteria"],"labels":{"deu":"Gazetterien"},"iso2":"QZ"}
            {"kind":"city","name":"Gazetteria City","geonamesId":990001,"countryIso2":"QZ","latitude":10.5,"longitude":20.25}
            """;

        var (exit, table) = await LoadAsync(data, "gazetteer", "places.txt", Table);
        Assert.True(exit == 0, table);
        Assert.Contains("2 concepts: 2 created", table, StringComparison.Ordinal);
        Assert.Contains("line 3: It has not the 19 columns", table, StringComparison.Ordinal);
        var (_, lines) = await LoadAsync(data, "gazetteer", "places.ndjson", Lines);
        Assert.Contains("2 concepts: 0 created, 1 updated, 1 unchanged", lines, StringComparison.Ordinal);
        Assert.Equal(
            "gazetteria-city city QZ 10.5 gazetteria Gazetterien",
            await newsroom.SqlAsync(
                """
                select c.slug || ' ' || c.place_kind || ' ' || c.country_code || ' ' || c.latitude
                  || ' ' || p.slug || ' ' || (p.labels ->> 'de')
                from concepts c join concepts p on p.id = c.parent_id where 'https://sws.geonames.org/990001/' = any (c.same_as)
                """
            )
        );
    }

    [Fact]
    public async Task Nine_thousand_places_are_loaded_in_a_minute_and_loaded_again_without_a_change()
    {
        using var data = new TemporaryDirectory();
        var file = await File.ReadAllTextAsync(SharedData.Require("places.ndjson"), TestContext.Current.CancellationToken);

        var watch = Stopwatch.StartNew();
        var (exit, output) = await LoadAsync(data, "gazetteer", "all.ndjson", file);
        Assert.True(exit == 0, output);
        TestContext.Current.SendDiagnosticMessage(
            string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:F0} s: {output}")
        );
        var (_, again) = await LoadAsync(data, "gazetteer", "all.ndjson", file, "--restart=true");
        Assert.Contains(" 0 created, 0 updated, ", again, StringComparison.Ordinal);
        Assert.Equal(
            0L,
            await newsroom.SqlAsync(
                "select count(*) from (select uri from concepts, unnest(same_as) uri group by uri having count(*) > 1) as twice"
            )
        );
    }

    [Fact]
    public async Task People_and_organisations_of_Wikidata_are_loaded_and_other_entities_are_skipped()
    {
        using var data = new TemporaryDirectory();
        const string Person = """
            {"type":"item","id":"Q990010",
            "labels":{"en":{"language":"en","value":"Wiki Person"},"ja":{"language":"ja","value":"ウィキ"}},
            "descriptions":{"en":{"language":"en","value":"a test"}},
            "aliases":{"en":[{"language":"en","value":"W. Person"}]},
            "claims":{"P31":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q5"}}}}],
            "P569":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"time":"+1950-02-03T00:00:00Z","precision":11}}}}]}}
            """;
        const string Works = """
            {"type":"item","id":"Q990011","labels":{"en":{"language":"en","value":"Wiki Works"}},
            "claims":{"P31":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q4830453"}}}}],
            "P856":[{"rank":"normal","mainsnak":{"datavalue":{"value":"https://works.example/"}}}]}}
            """;
        const string River = """
            {"type":"item","id":"Q990012","labels":{"en":{"language":"en","value":"Wiki River"}},
            "claims":{"P31":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q4022"}}}}]}}
            """;
        // A dump has an entity a line.
        var dump = $"[\n{string.Join(",\n", new[] { Person, Works, River }.Select(entity => entity.ReplaceLineEndings("")))}\n]\n";

        var (exit, output) = await LoadAsync(data, "wikidata", "dump.json", dump);

        Assert.True(exit == 0, output);
        Assert.Contains("2 concepts: 2 created", output, StringComparison.Ordinal);
        Assert.Contains("Q990012: It is no person", output, StringComparison.Ordinal);
        Assert.Equal(
            "person 1950-02-03 ウィキ https://www.wikidata.org/entity/Q990010",
            await newsroom.SqlAsync(
                "select kind || ' ' || birth_date || ' ' || (labels ->> 'ja') || ' ' || same_as[1] from concepts where name = 'Wiki Person'"
            )
        );
        Assert.Equal("https://works.example/", await newsroom.SqlAsync("select website from concepts where name = 'Wiki Works'"));
    }

    [Fact]
    public async Task An_unknown_vocabulary_and_a_missing_file_end_with_2()
    {
        using var data = new TemporaryDirectory();
        Assert.Equal(2, (await LoadAsync(data, "planets", "x", "x")).ExitCode);
        Assert.Equal(2, await AppProcess.RunToEndAsync(data.Path, Load("gazetteer", Path.Combine(data.Path, "none"))));
        Assert.Equal(2, (await LoadAsync(data, "media-topics", "dtd.rdf", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")).ExitCode);
    }

    private async Task<(int ExitCode, string Output)> LoadAsync(
        TemporaryDirectory data,
        string vocabulary,
        string name,
        string text,
        params string[] settings
    )
    {
        var path = Path.Combine(data.Path, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return await AppProcess.ReadToEndAsync(data.Path, Load(vocabulary, path, settings));
    }

    private string[] Load(string vocabulary, string path, params string[] settings) =>
        [
            "load",
            vocabulary,
            path,
            $"--ConnectionStrings:Cms={newsroom.ConnectionString}",
            $"--Cms:AdminKey={Newsroom.AdminKey}",
            .. settings,
        ];
}
