using System.Globalization;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial.Imports;

/// <summary>The command <c>import</c>, with batches that are saved at the same time.</summary>
[Collection(LargeImportTests.Imports)]
public sealed class ImportVerbTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_file_of_another_system_is_imported_once_with_a_map_and_a_report()
    {
        using var data = new TemporaryDirectory();
        var (file, map, report) = (
            Path.Combine(data.Path, "s.csv"),
            Path.Combine(data.Path, "map.json"),
            Path.Combine(data.Path, "r.ndjson")
        );
        var rows = Enumerable
            .Range(1, 250)
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"verb-{row},Verb story {row},Verb Tag {row % 7},2019-01-01,x"));
        await File.WriteAllLinesAsync(file, rows.Prepend("id,headline,tags,published,mood"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(map, """{"tags":{"verb tag 3":null}}""", TestContext.Current.CancellationToken);
        string[] options = ["--format=csv", "--publish=true", $"--map={map}", $"--report={report}"];

        var (exit, dry) = await AppProcess.ReadToEndAsync(data.Path, Import(file, [.. options, "--dryRun=true"]));
        Assert.True(exit == 0, dry);
        Assert.Contains("Dry run, nothing is saved: 250 items: 250 created", dry, StringComparison.Ordinal);
        Assert.Equal(0L, await newsroom.SqlAsync("select count(*) from articles where external_id like 'verb-%'"));

        var (_, output) = await AppProcess.ReadToEndAsync(data.Path, Import(file, options));
        Assert.Contains(
            "250 items: 250 created, 0 updated, 0 unchanged, 0 refused, 0 skipped; 6 concepts created",
            Joined(output),
            StringComparison.Ordinal
        );
        Assert.Equal(250, (await File.ReadAllLinesAsync(report, TestContext.Current.CancellationToken)).Length);
        Assert.Equal(
            250L,
            await newsroom.SqlAsync(
                "select count(*) from articles a join publications p on p.article_id = a.id where a.external_id like 'verb-%'"
            )
        );
        Assert.Equal(6L, await newsroom.SqlAsync("select count(*) from concepts where name like 'Verb Tag %'"));

        var (_, again) = await AppProcess.ReadToEndAsync(data.Path, Import(file, options));
        Assert.Contains("Going on after item 250", again, StringComparison.Ordinal);
        Assert.Contains("0 items: 0 created", again, StringComparison.Ordinal);
        Assert.Equal(2, await AppProcess.RunToEndAsync(data.Path, Import(file, "--format=doc")));
        Assert.Equal(2, await AppProcess.RunToEndAsync(data.Path, Import(Path.Combine(data.Path, "none"), "--format=csv")));
    }

    [Fact]
    public async Task Batches_that_want_the_same_slugs_wait_for_each_other_and_the_log_has_the_order_of_the_file()
    {
        using var data = new TemporaryDirectory();
        var file = Path.Combine(data.Path, "same.ndjson");
        var lines = Enumerable
            .Range(1, 450)
            .Select(line =>
                line % 150 == 77 ? """{"headline":""}""" : $$"""{"headline":"The same headline","externalId":"same-{{line:D3}}"}"""
            );
        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);

        var (exit, output) = await AppProcess.ReadToEndAsync(data.Path, Import(file, "--publish=true"));

        Assert.Equal(1, exit);
        Assert.Contains("450 lines: 447 created, 0 updated, 0 unchanged, 3 refused", Joined(output), StringComparison.Ordinal);
        Assert.Equal(447L, await newsroom.SqlAsync("select count(distinct slug) from articles where external_id like 'same-%'"));
        Assert.Equal(
            0L,
            await newsroom.SqlAsync(
                """
                select count(*) from (
                  select a.external_id, lag(a.external_id) over (order by c.position) as before
                  from changes c join articles a on a.id = c.article_id where a.external_id like 'same-%') as log
                where log.external_id < log.before
                """
            )
        );
    }

    // The console breaks long lines.
    private static string Joined(string output) =>
        output.Replace("\r", "", StringComparison.Ordinal).Replace(" \n", " ", StringComparison.Ordinal).Replace('\n', ' ');

    private string[] Import(string file, params string[] settings) =>
        ["import", file, $"--ConnectionStrings:Cms={newsroom.ConnectionString}", $"--Cms:AdminKey={Newsroom.AdminKey}", .. settings];
}
