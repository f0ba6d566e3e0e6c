using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using HeadlessCms.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace HeadlessCms.Tests.Migrations;

/// <summary>The models that EF Core generates for a published app are those of the code.</summary>
public sealed class CompiledModelTests(CompiledModelTests.PublishedCore core) : IClassFixture<CompiledModelTests.PublishedCore>
{
    [Theory]
    [InlineData(typeof(NewsroomDbContext), nameof(StorageOptions.UseNewsroom))]
    [InlineData(typeof(LiveDbContext), nameof(StorageOptions.UseLive))]
    public void The_compiled_model_is_as_the_code_has_it(Type context, string use)
    {
        using var db = core.Open(context.FullName!, use);

        var (coded, compiled) = (Lines(db.GetService<IDesignTimeModel>().Model), Lines(db.Model));

        Assert.Equal($"{context.Name}Model", db.Model.GetType().Name);
        Assert.NotEmpty(coded);
        Assert.True(coded.SequenceEqual(compiled), string.Join('\n', coded.Except(compiled).Concat(compiled.Except(coded)).Take(20)));
    }

    private static List<string> Lines(IReadOnlyModel model) =>
        [
            .. model
                .GetEntityTypes()
                .OrderBy(type => type.Name, StringComparer.Ordinal)
                .SelectMany(type =>
                    (IEnumerable<string>)
                        [
                            $"{type.Name} {Of(type.GetSchema(), type.GetTableName())} "
                                + $"{Of(type.GetViewSchema(), type.GetViewName())} {type.GetDiscriminatorValue()} "
                                + $"{type.BaseType?.Name}",
                            .. type.GetDeclaredProperties()
                                .Select(property =>
                                    $"{type.Name}.{property.Name} {property.ClrType} {property.GetColumnName()} "
                                    + $"{property.GetColumnType()} {property.IsNullable} {property.GetMaxLength()} "
                                    + $"{property.IsConcurrencyToken} {property.ValueGenerated} "
                                    + $"{property.FindTypeMapping()?.Converter?.GetType()} "
                                    + $"{property.FindTypeMapping()?.Comparer.GetType()}"
                                ),
                            .. type.GetDeclaredKeys().Select(key => $"{type.Name} key {Names(key.Properties)}"),
                            .. type.GetDeclaredForeignKeys()
                                .Select(key =>
                                    $"{type.Name} {Names(key.Properties)} to {key.PrincipalEntityType.Name} "
                                    + $"{Names(key.PrincipalKey.Properties)} {key.DeleteBehavior} {key.IsUnique}"
                                ),
                            .. type.GetDeclaredNavigations()
                                .Select(navigation =>
                                    $"{type.Name}.{navigation.Name} to {navigation.TargetEntityType.Name} "
                                    + $"{navigation.FieldInfo?.Name} {navigation.IsEagerLoaded}"
                                ),
                        ]
                ),
            .. model
                .GetDbFunctions()
                .OrderBy(function => function.ModelName, StringComparer.Ordinal)
                .Select(function =>
                    $"{function.ModelName} {function.Schema} {function.Name} "
                    + string.Join(", ", function.Parameters.Select(parameter => $"{parameter.Name} {parameter.StoreType}"))
                ),
        ];

    // What is read of functions has a schema in one model and none in the other, and no name in either.
    private static string? Of(string? schema, string? name) => name is null ? null : $"{schema}.{name}";

    private static string Names(IEnumerable<IReadOnlyProperty> properties) =>
        string.Join(", ", properties.Select(property => property.Name));

    /// <summary>HeadlessCms.Core as publishing builds it, beside the one that the tests use.</summary>
    public sealed class PublishedCore : IAsyncLifetime
    {
        private readonly TemporaryDirectory _output = new();
        private readonly AssemblyLoadContext _loaded = new(nameof(PublishedCore), isCollectible: false);
        private Assembly? _core;

        public async ValueTask InitializeAsync()
        {
            var start = new ProcessStartInfo(
                "dotnet",
                ["build", Project(), "--configuration", "Release", "--output", _output.Path, "--disable-build-servers"]
            )
            {
                RedirectStandardOutput = true,
            };
            using var limit = new CancellationTokenSource(Patience.WholeTest);
            using var build = Process.Start(start)!;
            var log = await build.StandardOutput.ReadToEndAsync(limit.Token);
            await build.WaitForExitAsync(limit.Token);
            Assert.True(build.ExitCode == 0, log);
            _core = _loaded.LoadFromAssemblyPath(Path.Combine(_output.Path, "HeadlessCms.Core.dll"));
        }

        /// <summary>A context of the published assembly, with the options that the app gives it.</summary>
        public DbContext Open(string context, string use)
        {
            var type = _core!.GetType(context, throwOnError: true)!;
            var options = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(type))!;
            _core
                .GetType(typeof(StorageOptions).FullName!)!
                .GetMethod(use)!
                .Invoke(null, [options, NpgsqlDataSource.Create("Host=localhost")]);
            return (DbContext)Activator.CreateInstance(type, options.Options)!;
        }

        public ValueTask DisposeAsync()
        {
            _output.Dispose();
            return ValueTask.CompletedTask;
        }

        private static string Project([CallerFilePath] string here = "") =>
            Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "HeadlessCms.Core"));
    }
}
