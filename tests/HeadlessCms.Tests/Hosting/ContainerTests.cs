using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using HeadlessCms.Postgres;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Hosting;

/// <summary>What docker-compose.yml and the Dockerfile promise, as far as it can be tested without containers.</summary>
public sealed partial class ContainerTests
{
    [Theory]
    [InlineData("docker-compose.yml", 5)]
    [InlineData("docs/compose/pgbouncer/Dockerfile", 1)]
    [InlineData("src/HeadlessCms.Api/Dockerfile", 2)]
    public void Images_have_exact_tags(string file, int count)
    {
        var images = Image().Matches(File.ReadAllText(At(file))).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(count, images.Count);
        Assert.All(images, image => Assert.Matches(@":(\d+\.\d+\.\d+|\d{2}\.\d+)(-[a-z-]+)?$", image));
    }

    [Fact]
    public void No_secret_is_an_environment_variable()
    {
        var compose = File.ReadAllText(At("docker-compose.yml"));

        Assert.DoesNotMatch("(?i)(password|key): ?[$]", compose);
        Assert.DoesNotContain("Password=", compose, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_app_runs_as_the_owner_that_the_script_creates_with_its_secrets_in_files()
    {
        using var data = new TemporaryDirectory();
        using var secrets = new TemporaryDirectory();
        await using var postgres = await PrivatePostgres.StartAsync(
            new()
            {
                DataDirectory = data.Path,
                Durable = false,
                Search = PostgresVersions.Search,
            },
            TestContext.Current.CancellationToken
        );
        await WriteAsync(secrets, "database_password", "owner's \"secret\" $1");
        await WriteAsync(secrets, "reader_password", "reader");
        await WriteAsync(secrets, "Cms__DatabasePassword", "owner's \"secret\" $1");
        await WriteAsync(secrets, "Cms__AdminKey", Newsroom.AdminKey);
        var superuser = await AsInTheImageAsync(postgres);
        await RunScriptAsync(superuser, secrets.Path);
        var owner = new NpgsqlConnectionStringBuilder
        {
            Host = superuser.Host,
            Port = superuser.Port,
            Database = "cms",
            Username = "cms",
        };
        await WriteAsync(secrets, "ConnectionStrings__Cms", owner.ConnectionString);
        File.Delete(Path.Combine(secrets.Path, "database_password"));
        File.Delete(Path.Combine(secrets.Path, "reader_password"));

        using (var app = await AppProcess.StartAsync(data.Path, $"--CMS_SECRETS_DIRECTORY={secrets.Path}"))
        {
            using var editor = Patience.Client(app.Address);
            editor.DefaultRequestHeaders.Authorization = new("Bearer", Newsroom.AdminKey);
            await editor.ArticleAsync(new { headline = "From a container" }, publish: true);
            (await editor.ReadAsync("/content/v1/articles/from-a-container")).Expect(HttpStatusCode.OK);
            Assert.DoesNotContain("cms_live", app.Output, StringComparison.Ordinal); // no warning that the role is not in force
            await app.StopAsync();
        }

        Assert.Equal(
            "f t",
            await ReadAsync(superuser, "select concat_ws(' ', rolsuper, rolcreaterole) from pg_roles where rolname = 'cms'")
        );
        var reader = new NpgsqlConnectionStringBuilder(owner.ConnectionString) { Username = "cms_reader", Password = "reader" };
        Assert.Equal("1", await ReadAsync(reader, "select count(*)::text from live.articles"));
        foreach (var forbidden in new[] { "select count(*)::text from public.articles", "create table live.mine (id int)" })
            await Assert.ThrowsAsync<PostgresException>(() => ReadAsync(reader, forbidden));
    }

    [Fact]
    public async Task A_directory_of_secrets_that_is_missing_ends_the_start()
    {
        using var data = new TemporaryDirectory();

        Assert.Equal(1, await AppProcess.RunToEndAsync(data.Path, "migrate", $"--CMS_SECRETS_DIRECTORY={data.Path}/none"));
    }

    private static Task WriteAsync(TemporaryDirectory directory, string name, string value) =>
        File.WriteAllTextAsync(Path.Combine(directory.Path, name), value + "\n", TestContext.Current.CancellationToken);

    // The image's superuser is postgres; the private PostgreSQL's has the name that the script gives to the owner.
    private static async Task<NpgsqlConnectionStringBuilder> AsInTheImageAsync(PrivatePostgres postgres)
    {
        var first = new NpgsqlConnectionStringBuilder(postgres.ConnectionString("postgres"));
        await ReadAsync(first, "create role postgres superuser login password 'postgres'");
        var superuser = new NpgsqlConnectionStringBuilder(first.ConnectionString) { Username = "postgres", Password = "postgres" };
        await ReadAsync(superuser, $"alter role {first.Username} rename to private");
        return superuser;
    }

    // The image's entry point runs it so, over its socket.
    private static async Task RunScriptAsync(NpgsqlConnectionStringBuilder settings, string secrets)
    {
        var start = new ProcessStartInfo(At("docs/compose/create-database.sh"))
        {
            Environment =
            {
                ["SECRETS"] = secrets,
                ["POSTGRES_USER"] = settings.Username,
                ["PGHOST"] = settings.Host,
                ["PGPORT"] = $"{settings.Port}",
                ["PGPASSWORD"] = settings.Password,
                ["PATH"] = $"{PostgresVersions.RequireDump(15, 18)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
            },
        };
        using var script = Process.Start(start)!;
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, script.ExitCode);
    }

    private static async Task<string?> ReadAsync(NpgsqlConnectionStringBuilder settings, string sql)
    {
        await using var source = NpgsqlDataSource.Create(settings);
        await using var command = source.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static string At(string path) => Path.Combine(Root(), path);

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex(@"^(?:    image: |FROM )(\S+)", RegexOptions.Multiline)]
    private static partial Regex Image();
}
