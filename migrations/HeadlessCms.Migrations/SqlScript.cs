using Microsoft.EntityFrameworkCore.Migrations;

namespace HeadlessCms.Migrations;

/// <summary>What EF Core has no words for is written in SQL, one script an idea, beside the migrations.</summary>
internal static class SqlScript
{
    public static void Run(this MigrationBuilder migration, string name)
    {
        using var stream = typeof(SqlScript).Assembly.GetManifestResourceStream($"HeadlessCms.Migrations.Sql.{name}.sql")
            ?? throw new InvalidOperationException($"There is no script {name}.");
        using var reader = new StreamReader(stream);
        migration.Sql(reader.ReadToEnd());
    }
}
