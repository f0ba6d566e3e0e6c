using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace HeadlessCms.Tests.Migrations;

/// <summary>The models that EF Core compiled ahead, in <c>Storage/Compiled</c>, are those of the code.</summary>
public sealed class CompiledModelTests
{
    private const string Remedy =
        "The compiled models are older than the code. Delete src/HeadlessCms.Core/Storage/Compiled, then for Newsroom and for Live: "
        + "dotnet ef dbcontext optimize --context <Live>DbContext --project src/HeadlessCms.Core --startup-project migrations/HeadlessCms.Migrations "
        + "-o Storage/Compiled/<Live> -n HeadlessCms.Core.Storage.Compiled.<Live>";

    [Fact]
    public void That_of_the_newsroom_is_as_the_code_has_it()
    {
        var options = new DbContextOptionsBuilder<NewsroomDbContext>();
        options.UseNewsroom(NpgsqlDataSource.Create("Host=localhost"));
        using var db = new NewsroomDbContext(options.Options);
        IsCurrent(db);
    }

    [Fact]
    public void That_of_what_is_live_is_as_the_code_has_it()
    {
        var options = new DbContextOptionsBuilder<LiveDbContext>();
        options.UseLive(NpgsqlDataSource.Create("Host=localhost"));
        using var db = new LiveDbContext(options.Options);
        IsCurrent(db);
    }

    private static void IsCurrent(DbContext db)
    {
        var (coded, compiled) = (Lines(db.GetService<IDesignTimeModel>().Model), Lines(db.Model));

        Assert.Equal($"{db.GetType().Name}Model", db.Model.GetType().Name);
        Assert.True(
            coded.SequenceEqual(compiled),
            $"{Remedy}\n{string.Join('\n', coded.Except(compiled).Concat(compiled.Except(coded)).Take(20))}"
        );
    }

    private static List<string> Lines(IReadOnlyModel model) =>
        [
            .. model
                .GetEntityTypes()
                .OrderBy(type => type.Name, StringComparer.Ordinal)
                .SelectMany(type =>
                    (IEnumerable<string>)
                        [
                            $"{type.Name} {Of(type.GetSchema(), type.GetTableName())} {Of(type.GetViewSchema(), type.GetViewName())} {type.GetDiscriminatorValue()} {type.BaseType?.Name}",
                            .. type.GetDeclaredProperties()
                                .Select(property =>
                                    $"{type.Name}.{property.Name} {property.ClrType} {property.GetColumnName()} {property.GetColumnType()} {property.IsNullable} {property.GetMaxLength()} "
                                    + $"{property.IsConcurrencyToken} {property.ValueGenerated} {property.FindTypeMapping()?.Converter?.GetType()} {property.FindTypeMapping()?.Comparer.GetType()}"
                                ),
                            .. type.GetDeclaredKeys().Select(key => $"{type.Name} key {Names(key.Properties)}"),
                            .. type.GetDeclaredForeignKeys()
                                .Select(key =>
                                    $"{type.Name} {Names(key.Properties)} to {key.PrincipalEntityType.Name} {Names(key.PrincipalKey.Properties)} {key.DeleteBehavior} {key.IsUnique}"
                                ),
                            .. type.GetDeclaredNavigations()
                                .Select(navigation =>
                                    $"{type.Name}.{navigation.Name} to {navigation.TargetEntityType.Name} {navigation.FieldInfo?.Name} {navigation.IsEagerLoaded}"
                                ),
                        ]
                ),
            .. model
                .GetDbFunctions()
                .OrderBy(function => function.ModelName, StringComparer.Ordinal)
                .Select(function =>
                    $"{function.ModelName} {function.Schema} {function.Name} {string.Join(", ", function.Parameters.Select(parameter => $"{parameter.Name} {parameter.StoreType}"))}"
                ),
        ];

    // What is read of functions has a schema in one model and none in the other, and no name in either.
    private static string? Of(string? schema, string? name) => name is null ? null : $"{schema}.{name}";

    private static string Names(IEnumerable<IReadOnlyProperty> properties) =>
        string.Join(", ", properties.Select(property => property.Name));
}
