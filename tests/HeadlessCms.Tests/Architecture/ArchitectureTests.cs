using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Core;
using HeadlessCms.Core.Storage.Live;
using HeadlessCms.Postgres;
using HeadlessCms.Suggestions;

namespace HeadlessCms.Tests.Architecture;

/// <summary>The house stands as it was drawn: dependencies point one way, and the rules of the house hold.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Assembly Core = typeof(Slug).Assembly;
    private static readonly Assembly Api = typeof(Program).Assembly;
    private static readonly Assembly Suggestions = typeof(SuggestionEngine).Assembly;

    [Fact]
    public void Core_depends_on_ef_core_and_npgsql_alone() =>
        Assert.All(Core.GetReferencedAssemblies().Select(reference => reference.Name!), name =>
            Assert.True(
                name.StartsWith("System.", StringComparison.Ordinal)
                    || name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
                    || name.StartsWith("Npgsql", StringComparison.Ordinal)
                    || name is "EFCore.NamingConventions" or "Microsoft.Extensions.Logging.Abstractions", // of EF Core
                name
            )
        );

    [Fact]
    public void Dependencies_point_one_way()
    {
        Assert.Empty(Ours(Core));
        Assert.Empty(Ours(typeof(PrivatePostgres).Assembly));
        Assert.Equal(["HeadlessCms.Core"], Ours(Assembly.Load("HeadlessCms.Migrations")));
        Assert.Equal(["HeadlessCms.Core"], Ours(Suggestions));
        Assert.Subset(
            new HashSet<string> { "HeadlessCms.Core", "HeadlessCms.Migrations", "HeadlessCms.Postgres", "HeadlessCms.Suggestions" },
            Ours(Api).ToHashSet()
        );
    }

    [Fact]
    public void Content_and_feeds_can_not_reach_the_newsroom()
    {
        var doors = Sources("src/HeadlessCms.Api")
            .Where(file =>
                file.Path.Contains("/Content/", StringComparison.Ordinal) || file.Path.Contains("/Feeds/", StringComparison.Ordinal)
            )
            .ToList();
        Assert.NotEmpty(doors);
        Assert.All(doors, file =>
        {
            Assert.DoesNotContain("NewsroomDbContext", file.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("HeadlessCms.Api.Editorial", file.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(nameof(Database), file.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_live_context_maps_to_views_and_functions_of_schema_live_alone()
    {
        var options = new Microsoft.EntityFrameworkCore.DbContextOptionsBuilder<LiveDbContext>();
        HeadlessCms.Core.Storage.StorageOptions.UseLive(options, Npgsql.NpgsqlDataSource.Create("Host=localhost"));
        using var live = new LiveDbContext(options.Options);
        var functions = Microsoft
            .EntityFrameworkCore.RelationalModelExtensions.GetDbFunctions(live.Model)
            .Where(function => !function.IsScalar)
            .ToList();
        Assert.All(functions, function => Assert.Equal("live", function.Schema));
        Assert.All(live.Model.GetEntityTypes(), entity =>
        {
            Assert.Null(Microsoft.EntityFrameworkCore.RelationalEntityTypeExtensions.GetTableName(entity));
            if (functions.Any(function => function.ReturnType.GenericTypeArguments[0] == entity.ClrType))
                return;
            Assert.Equal("live", Microsoft.EntityFrameworkCore.RelationalEntityTypeExtensions.GetViewSchema(entity));
        });
    }

    [Fact]
    public void Names_say_what_things_are()
    {
        string[] banned = ["Helper", "Util", "Manager", "Common", "Repository", "Mediator", "Mapper"];
        Assert.All(
            new[] { Core, Api, Suggestions, typeof(PrivatePostgres).Assembly }
                .SelectMany(assembly => assembly.GetTypes())
                .Where(type => !type.Name.Contains('<', StringComparison.Ordinal)),
            type =>
                Assert.DoesNotContain(banned, word =>
                    type.Name.Contains(word, StringComparison.Ordinal) || type.Namespace?.Contains(word, StringComparison.Ordinal) == true
                )
        );
    }

    [Fact]
    public void An_interface_has_more_than_one_implementation()
    {
        var types = new[] { Core, Api, Suggestions, typeof(PrivatePostgres).Assembly }.SelectMany(assembly => assembly.GetTypes()).ToList();
        foreach (var contract in types.Where(type => type.IsInterface))
        {
            var count = types.Count(type =>
                !type.IsInterface
                && type.GetInterfaces()
                    .Any(implemented => (implemented.IsGenericType ? implemented.GetGenericTypeDefinition() : implemented) == contract)
            );
            Assert.True(count > 1, contract.Name);
        }
    }

    [Fact]
    public void Most_files_fit_on_two_screens_and_none_is_longer_than_five()
    {
        var lengths = Sources("src")
            .Where(file => !file.Text.StartsWith("// <auto-generated />", StringComparison.Ordinal))
            .Select(file => (file.Path, Lines: file.Text.Split('\n').Length))
            .ToList();
        Assert.All(lengths, file => Assert.True(file.Lines <= 300, $"{file.Path}: {file.Lines}"));
        Assert.True(lengths.Count(file => file.Lines <= 120) > lengths.Count * 3 / 4);
    }

    // Two subjects with one key wait for each other, and nodes that start at once deadlock.
    [Fact]
    public void Each_advisory_lock_has_a_key_of_its_own()
    {
        var keys = Sources("src").SelectMany(file => LockKey().Matches(file.Text)).Select(key => key.Groups[1].Value).ToList();
        Assert.True(keys.Count >= 3);
        Assert.Equal(keys.Distinct(), keys);
    }

    [Fact]
    public void No_line_is_longer_than_140_characters()
    {
        var written = Sources("src").Concat(Sources("tests")).Concat(Sources("migrations/HeadlessCms.Migrations/Definitions", "*.sql"));
        var lines = written.SelectMany(file => file.Text.Split('\n').Select((text, index) => (file.Path, Number: index + 1, text.Length)));
        Assert.DoesNotContain(lines, line => line.Length > 140 && !line.Path.Contains("/Storage/Compiled/", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_left_for_later() => Assert.All(Sources("src").Concat(Sources("migrations")), file =>
        {
            foreach (var word in new[] { "TODO", "FIXME", "HACK", "NotImplementedException" })
                Assert.DoesNotContain(word, file.Text, StringComparison.Ordinal);
        });

    private static IEnumerable<string> Ours(Assembly assembly) =>
        assembly
            .GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("HeadlessCms.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<(string Path, string Text)> Sources(
        string folder,
        string pattern = "*.cs",
        [CallerFilePath] string here = ""
    )
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
        return Directory
            .EnumerateFiles(Path.Combine(root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => path.Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Select(path => (path, File.ReadAllText(path)));
    }

    [GeneratedRegex(@"const long \w*Lock = ([\d_]+);")]
    private static partial Regex LockKey();
}
