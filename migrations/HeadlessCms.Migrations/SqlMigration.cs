using Microsoft.EntityFrameworkCore.Migrations;

namespace HeadlessCms.Migrations;

/// <summary>A migration of what EF Core has no words for alone: it runs the script of its name, and the model is that of the migration before.</summary>
public abstract class SqlMigration : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Run(GetType().Name);

    /// <summary>Migrations go forward alone.</summary>
    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("Migrations go forward alone; restore a backup instead.");
}
